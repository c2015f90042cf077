import type { KeyChoice } from '../../decisions/decision-key-field.js';
import { DecisionKeyField } from '../../decisions/decision-key-field.js';
import type { Day } from '../../maths/day.js';
import { Card, Columns, Stack } from '../../web/components/card.js';
import { DayText } from '../../web/components/dates.js';
import { KeyValue } from '../../web/components/key-value.js';
import { Money } from '../../web/components/money.js';
import { PageHeader } from '../../web/components/page-links.js';
import { Notice } from '../../web/components/problem.js';
import { RadioField } from '../../web/forms/choices.js';
import { AmountField, DayField, HiddenField, LongTextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { RowsField } from '../../web/forms/rows.js';
import type { PageContext } from '../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import { conditionText } from '../conditions/condition.rules.js';
import type { Condition } from '../conditions/conditions.read.js';
import type { GrantRow } from '../grants.read.js';
import { triggerUnits } from '../triggers/trigger.rules.js';
import { unitNames } from '../triggers/trigger-words.js';
import { isWritten } from './amendment-form.dto.js';
import { type AmendmentKind, amendmentKinds, type GrantTerms, type Replay } from './amendment.rules.js';
import { kindNames, kindNotes } from './amendment-words.js';
import { PlansCompared } from './plans-compared.js';

export interface AmendView {
  grant: GrantRow;
  terms: GrantTerms;
  /** Those that an instalment can wait for still. */
  conditions: readonly Condition[];
  keys: KeyChoice;
  today: Day;
}

interface Props {
  page: PageContext;
  view: AmendView;
  kind: AmendmentKind;
  /** What stands in the fields. */
  values: Readonly<Record<string, unknown>>;
  /** Why it was not sent, or cannot be worked out yet. */
  refusal?: Refusal;
  /** What it would come to, where it can be worked out. */
  result?: Replay;
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';
const previewId = 'amendment-preview';

/** Which kind of amendment: each promises something, and is refused where it does something else. */
export function AmendKindsPage({ page, view: { grant } }: Pick<Props, 'page' | 'view'>) {
  const home = `/grants/${grant.id}`;
  return (
    <Shell page={page}>
      <PageHeader title={`Amend ${grant.reference}`} facts={`${grant.title}, ${grant.organisation}`} />
      <Card
        title="What is to change"
        note="What is paid, on its way or asked for stays as it is. Nothing changes until others have approved it."
      >
        <ul class="list-unstyled mb-0 tb-stack">
          {amendmentKinds.map((kind) => (
            <li>
              <a href={`${home}/amend?kind=${kind}`}>{kindNames[kind]}</a>
              <span class="tb-under">{kindNotes[kind]}</span>
            </li>
          ))}
          <li>
            <a href={`${home}/suspend`}>Suspension</a>
            <span class="tb-under">Nothing is paid for a time; what is promised stays promised.</span>
          </li>
        </ul>
      </Card>
    </Shell>
  );
}

/** Asking for an amendment: what is to change, beside the plan before and after, which changes as one types. */
export function AmendPage({ page, view, kind, values, refusal, result }: Props) {
  const { grant, keys } = view;
  const address = `/grants/${grant.id}/amend`;
  return (
    <Shell page={page}>
      <PageHeader
        title={`${kindNames[kind]} of ${grant.reference}`}
        facts={`${grant.title}, ${grant.organisation}. ${kindNotes[kind]}`}
      />
      <Columns>
        <Card title="What is to change">
          <Form
            action={address}
            csrf={page.csrf}
            locale={localeOf(page)}
            idempotencyKey={newIdempotencyKey()}
            values={values}
            errors={refusal?.errors}
            detail={refusal?.detail}
            submit="Ask others to approve it"
            live={{ action: `${address}/preview`, id: previewId }}
            cancelHref={`/grants/${grant.id}`}
          >
            <HiddenField name="kind" value={kind} />
            <TermFields kind={kind} view={view} />
            <PlanFields kind={kind} view={view} />
            <DecisionKeyField choice={keys} />
            <LongTextField
              name="reason"
              label="Why"
              rows={3}
              maxLength={500}
              help="It stays with the grant, for everybody who sees it, the partner too."
            />
            <noscript>
              <button class="btn" type="submit" formAction={`${address}/preview`}>
                Show before and after
              </button>
            </noscript>
          </Form>
        </Card>
        <div class="tb-beside" id={previewId}>
          <Stack>
            <Preview page={page} view={view} refusal={refusal} result={result} />
          </Stack>
        </div>
      </Columns>
    </Shell>
  );
}

function TermFields({ kind, view: { grant, terms } }: Pick<Props, 'kind' | 'view'>) {
  const isLonger = kind === 'extension' || kind === 'noCostExtension';
  const hasMoney = kind === 'extension' || kind === 'topUp' || kind === 'cut';
  return (
    <>
      {kind !== 'topUp' && (
        <DayField
          name="endOn"
          label="Term ends"
          min={terms.startOn}
          help={isLonger ? 'Later than it ends now.' : 'It may stay as it is.'}
        />
      )}
      {hasMoney && (
        <AmountField
          name="award"
          label="The whole award then"
          currency={grant.currency}
          help="With all that is paid already."
        />
      )}
    </>
  );
}

function PlanFields({ kind, view }: Pick<Props, 'kind' | 'view'>) {
  const { currency } = view.grant;
  const hasUplift = view.terms.lines.some(({ uplift }) => uplift !== 0n);
  return (
    <>
      {isWritten(kind) ? (
        <HiddenField name="plan" value="written" />
      ) : (
        <RadioField
          name="plan"
          label="What is unpaid"
          options={[
            {
              value: 'kept',
              label: 'Keeps its days',
              note: 'A new award is shared over them in the same proportions, to the cent.',
            },
            {
              value: 'written',
              label: 'Is paid as written below',
              note: 'All rows come to what is unpaid then.',
            },
          ]}
        />
      )}
      <RowsField
        name="instalments"
        legend={isWritten(kind) ? 'What is unpaid' : 'If it is paid as written'}
        help="One row for each instalment that is to be paid from now on, on the day agreed; it is paid on a business day."
        most={240}
        columns={[
          { name: 'dueOn', label: 'Agreed for', kind: 'day', optional: true },
          { name: 'amount', label: 'Amount', kind: 'amount', currency },
          ...(hasUplift
            ? [{ name: 'uplift', label: 'Of it uplift', kind: 'amount' as const, currency, optional: true }]
            : []),
          ...afterColumn(view),
        ]}
      />
    </>
  );
}

/** An instalment may wait for a condition that the grant has, and that is open. */
function afterColumn({ conditions, grant }: AmendView) {
  if (conditions.length === 0) return [];
  const options = conditions.map((condition) => ({
    value: condition.id,
    label: conditionText(condition, grant.currency),
  }));
  return [
    {
      ...{ name: 'after', label: 'Or after a condition', kind: 'more' as const },
      summary: 'Due after a condition of the grant',
      columns: [
        { name: 'count', label: 'So many', kind: 'text' as const },
        {
          ...{ name: 'unit', label: 'days or months', kind: 'choice' as const },
          options: triggerUnits.map((value) => ({ value, label: unitNames[value] })),
        },
        { name: 'conditionId', label: 'after', kind: 'choice' as const, options },
        { name: 'expectedOn', label: 'Expected by', kind: 'day' as const },
      ],
    },
  ];
}

function Preview({ page, view, refusal, result }: Omit<Props, 'kind' | 'values'>) {
  const { grant, terms, today } = view;
  const locale = localeOf(page);
  const { currency } = grant;
  const money = (minor: bigint) => <Money minor={minor} currency={currency} locale={locale} />;
  const day = (on: Day) => <DayText day={on} today={today} locale={locale} />;
  const problem = refusal?.errors[0]?.message ?? refusal?.detail;
  return (
    <Card
      title={result ? 'Before and after' : 'The plan as it is'}
      note={
        result
          ? 'Nothing is sent yet. What is paid, on its way or asked for stays as it is.'
          : 'What it would come to stands here as soon as something is to change.'
      }
      flush
    >
      <div class="tb-card-body">
        {!result && problem && <Notice kind="warning" text={problem} />}
        <KeyValue
          pairs={[
            [
              'Award',
              result && result.award !== terms.award ? (
                <>
                  {money(terms.award)} → <strong>{money(result.award)}</strong>
                </>
              ) : (
                money(terms.award)
              ),
            ],
            [
              'Term ends',
              result && result.endOn !== terms.endOn ? (
                <>
                  {day(terms.endOn)} → <strong>{day(result.endOn)}</strong>
                </>
              ) : (
                day(terms.endOn)
              ),
            ],
          ]}
        />
      </div>
      <PlansCompared
        before={terms.lines}
        after={result?.lines ?? terms.lines}
        currency={currency}
        today={today}
        locale={locale}
      />
    </Card>
  );
}
