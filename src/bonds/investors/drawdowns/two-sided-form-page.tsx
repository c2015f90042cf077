import type { Day } from '../../../maths/day.js';
import { sum } from '../../../maths/money.js';
import { Card, Columns, Stack } from '../../../web/components/card.js';
import { EmptyState } from '../../../web/components/empty-state.js';
import { MoneyCell } from '../../../web/components/money.js';
import { PageHeader } from '../../../web/components/page-links.js';
import { Table } from '../../../web/components/table.js';
import { DayField } from '../../../web/forms/fields.js';
import { Form } from '../../../web/forms/form.js';
import { moneyText } from '../../../web/format.js';
import type { PageContext } from '../../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../../web/pages.js';
import { Shell } from '../../../web/shell.js';
import { localeOf } from '../../contracts/bond-frame.js';
import type { Bond } from '../../contracts/bonds.read.js';
import { percentText } from '../distributions/distribution.rules.js';
import type { TwoSidedOwed } from './two-sided.service.js';

/** What the form replaces as one types. */
const previewId = 'preview';

/** What outcomes mean for investors as of the day in the form; or why that cannot be said. */
export type TriedTwoSided = TwoSidedOwed | { problem: string };

interface Props {
  page: PageContext;
  view: { bond: Bond; tried: TriedTwoSided; today: Day };
  values: Readonly<Record<string, unknown>>;
  refusal?: Refusal;
}

/** Calls what investors owe for poor outcomes; what that is for each of them stands beside, and changes with the day. */
export function TwoSidedFormPage({ page, view, values, refusal }: Props) {
  const { bond, tried, today } = view;
  const home = `/bonds/${bond.id}/two-sided-calls`;
  return (
    <Shell page={page}>
      <PageHeader
        title="Call for poor outcomes"
        facts={<a href={`/bonds/${bond.id}/investors`}>{bond.title}</a>}
      />
      <Columns>
        <Card title="The calls" note="One to each investor that owes something; it is no capital">
          <Form
            action={home}
            csrf={page.csrf}
            locale={localeOf(page)}
            idempotencyKey={newIdempotencyKey()}
            values={values}
            errors={refusal?.errors}
            detail={refusal?.detail}
            submit="Call it"
            live={{ action: `${home}/preview`, id: previewId }}
            cancelHref={`/bonds/${bond.id}/investors`}
          >
            <DayField
              name="asOf"
              label="Outcomes by"
              max={today}
              help="What payers were invoiced for the periods that ended by this day, beside what the plan expected of them."
            />
            <DayField name="dueOn" label="Due on" min={today} />
            <noscript>
              <button class="btn" type="submit" formAction={`${home}/preview`} formNoValidate>
                Work it out
              </button>
            </noscript>
          </Form>
        </Card>
        <div id={previewId} aria-live="polite">
          <Preview bond={bond} tried={tried} locale={localeOf(page)} />
        </div>
      </Columns>
    </Shell>
  );
}

function Preview({ bond, tried, locale }: { bond: Bond; tried: TriedTwoSided; locale: string }) {
  if ('problem' in tried)
    return (
      <Card title="What outcomes mean">
        <EmptyState icon="target" title="Not yet" text={tried.problem} />
      </Card>
    );
  const { outcomes, owed } = tried;
  const money = (minor: bigint) => <MoneyCell minor={minor} currency={bond.currency} locale={locale} />;
  const open = sum(owed.map((one) => one.open));
  const words = (minor: bigint) => moneyText(minor, bond.currency, locale);
  return (
    <Stack>
      <p class="tb-lead">
        Outcomes came to <strong>{percentText(outcomes)} %</strong> of the plan: {words(outcomes.reached)} of{' '}
        {words(outcomes.expected)}.{' '}
        {open === 0n
          ? 'Investors owe nothing more for it.'
          : `${words(open)} would be called. Nothing is saved.`}
      </p>
      <Card title="For each investor" note={`In ${bond.currency}`} flush>
        <Table
          caption={`What each investor of ${bond.reference} owes for poor outcomes, in ${bond.currency}`}
          rows={owed}
          rowHref={({ investor }) => `/bonds/${bond.id}/investors/${investor.partyId}/statement`}
          columns={[
            { heading: 'Investor', cell: ({ investor }) => investor.investor, foot: 'Total' },
            {
              ...{ heading: 'Drawn', kind: 'number', wideOnly: true },
              cell: ({ investor }) => money(investor.drawn),
              foot: money(sum(owed.map(({ investor }) => investor.drawn))),
            },
            {
              ...{ heading: 'Owes', kind: 'number' },
              cell: ({ whole }) => money(whole),
              foot: money(sum(owed.map(({ whole }) => whole))),
            },
            {
              ...{ heading: 'Called before', kind: 'number', wideOnly: true },
              cell: ({ investor }) => money(investor.twoSidedCalled),
              foot: money(sum(owed.map(({ investor }) => investor.twoSidedCalled))),
            },
            {
              ...{ heading: 'To call', kind: 'number' },
              cell: (one) => money(one.open),
              foot: money(open),
            },
          ]}
        />
      </Card>
    </Stack>
  );
}
