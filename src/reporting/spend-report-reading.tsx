import { ActionButton } from '../web/components/actions.js';
import { Card } from '../web/components/card.js';
import { MoneyCell } from '../web/components/money.js';
import { Notice } from '../web/components/problem.js';
import { Table } from '../web/components/table.js';
import { HiddenField, LongTextField } from '../web/forms/fields.js';
import { Form } from '../web/forms/form.js';
import type { PageContext } from '../web/page-context.js';
import type { Refusal } from '../web/pages.js';
import { CommentFields, CommentsAt } from './field-comments.js';
import { ReadingsSaid } from './readings/readings-said.js';
import { Balance } from './spend-balance.js';
import type { SpendReport } from './spend-reports.read.js';

interface Props {
  page: PageContext;
  report: SpendReport;
}

/** A report to read: the money by goal with its balance, the story, what was learnt. */
export function SpendReportReading({ page, report }: Props) {
  const locale = page.person?.locale ?? 'en-GB';
  const { lines, goals, currency, spent, story, learning } = report;
  const at = (pointer: string) => <CommentsAt report={report} pointer={pointer} locale={locale} />;
  const isAskedFor = (pointer: string) => report.comments.some((comment) => comment.pointer === pointer);
  const unspent = goals.filter(({ id }) => !lines.some(({ goalId }) => goalId === id));
  return (
    <>
      <Card title="Money by goal" flush>
        <Table
          caption="What was spent on each goal"
          rows={lines}
          rowHref={({ goalId }) => `/goals/${goalId}`}
          empty={{ icon: 'target', title: 'Nothing was spent' }}
          columns={[
            {
              heading: 'Goal',
              cell: ({ goal, goalId }) => (
                <>
                  {goal}
                  {at(`/lines/${goalId}`)}
                </>
              ),
              foot: 'Spent',
            },
            { heading: 'Note', wideOnly: true, cell: ({ note }) => note },
            {
              heading: currency,
              kind: 'number',
              cell: ({ amount }) => <MoneyCell minor={amount} currency={currency} locale={locale} />,
              foot: <MoneyCell minor={spent} currency={currency} locale={locale} />,
            },
          ]}
        />
        {unspent
          .filter(({ id }) => isAskedFor(`/lines/${id}`))
          .map(({ id, name }) => (
            <div class="tb-unspent">
              <p class="tb-quiet">{`Nothing was spent on ${name}.`}</p>
              {at(`/lines/${id}`)}
            </div>
          ))}
        <Balance report={report} locale={locale} />
      </Card>
      <ReadingsSaid report={report} locale={locale} />
      <Card title="Story">
        {at('/story')}
        <Prose text={story} />
      </Card>
      {(learning !== '' || isAskedFor('/learning')) && (
        <Card title="Learning">
          {at('/learning')}
          <Prose text={learning} />
        </Card>
      )}
    </>
  );
}

/** Text as it was written, in its paragraphs. */
function Prose({ text }: { text: string }) {
  return (
    <>
      {text
        .split(/\n{2,}/)
        .filter(Boolean)
        .map((paragraph) => (
          <p class="tb-prose">{paragraph}</p>
        ))}
    </>
  );
}

/** What the backbone does with a submitted report: accept it, or return it with a comment. */
export function Review({
  page,
  report,
  refusal,
  isAuthor,
}: Props & { refusal?: Refusal; isAuthor: boolean }) {
  const address = `/spend-reports/${report.id}`;
  if (isAuthor) {
    return (
      <Card title="Review">
        <Notice text="You submitted this report, so somebody else must review it." />
      </Card>
    );
  }
  return (
    <Card title="Review" note="Once accepted, its figures count and stay." id="review">
      <ActionButton
        label="Accept the report"
        action={`${address}/accept`}
        csrf={page.csrf}
        weight="primary"
        icon="check"
        fields={{ version: String(report.version) }}
      />
      <hr />
      <Form
        action={`${address}/return`}
        csrf={page.csrf}
        locale={page.person?.locale ?? 'en-GB'}
        submit="Return it with this comment"
        plain
        errors={refusal?.errors}
        detail={refusal?.detail}
        values={refusal?.values}
      >
        <HiddenField name="version" value={String(report.version)} />
        <LongTextField
          name="comment"
          label="What should be changed?"
          rows={4}
          maxLength={2_000}
          help="The partner gets this by mail, and sees it on the report."
        />
        <CommentFields report={report} isOpen={refusal !== undefined} />
      </Form>
    </Card>
  );
}
