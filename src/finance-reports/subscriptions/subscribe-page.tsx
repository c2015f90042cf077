import { recurrencePeriods, type RecurrenceRule, weekdays } from '../../maths/recurrence.js';
import { Card, Columns } from '../../web/components/card.js';
import { InstantText } from '../../web/components/dates.js';
import { PageHeader } from '../../web/components/page-links.js';
import { MultiChoiceField, RadioField } from '../../web/forms/choices.js';
import { ChoiceField, HiddenField, NumberField, TextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import type { FormObject } from '../../web/forms/read-form.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import { basisOptions, FormatsField, type TermsChoices, TermsFields } from '../runs/terms-fields.js';
import { periodWords } from './period-words.js';
import { ruleText } from './recurrence.dto.js';
import { subscriptionPeriods } from './subscription-period.js';
import type { Candidate } from './subscriptions.service.js';

export interface SubscribeView {
  /** Null where a subscription to several pools is changed. */
  poolId: string | null;
  pool: string;
  /** What a new one may be about; one that is changed stays about what it is about. */
  choices: TermsChoices | null;
  candidates: Candidate[];
  timeZone: string;
  /** The subscription that is changed, and what it says now; null for a new one. */
  changes: { id: string; version: number; values: FormObject } | null;
}

interface Props {
  page: PageContext;
  view: SubscribeView;
  refusal?: Refusal;
  /** When it would come round, as asked. */
  coming?: { rule: RecurrenceRule; next: readonly Date[] };
}

const periods: Record<(typeof recurrencePeriods)[number], string> = {
  week: 'Every week',
  month: 'Every month',
  quarter: 'Every quarter',
  halfYear: 'Every half-year',
  year: 'Every year',
};

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Subscribing people to a report, or changing that: which, when, and who; the next dates are shown before it is done. */
export function SubscribePage({ page, view, refusal, coming }: Props) {
  const { poolId, pool, choices, changes, timeZone } = view;
  const locale = page.person?.locale ?? 'en-GB';
  const usual = {
    ...{
      kind: 'poolPosition',
      scope: 'pool',
      basis: 'occurred',
      period: 'untilThen',
      formats: ['pdf', 'xlsx'],
    },
    recurrence: { every: 'month', on: 'businessDay', day: '3', time: '08:00', timeZone },
  };
  const action = changes ? `/subscriptions/${changes.id}` : `/pools/${poolId}/subscriptions`;
  return (
    <Shell page={page}>
      <PageHeader
        title={changes ? 'Change the subscription' : 'Subscribe people to a report'}
        facts={changes ? pool : 'Made when it comes round, held to the ledger, and sent by mail'}
      />
      <Columns kind="main">
        <Card>
          <Form
            action={`${action}/preview`}
            csrf={page.csrf}
            locale={locale}
            values={refusal?.values ?? changes?.values ?? usual}
            errors={refusal?.errors}
            detail={refusal?.detail}
            submit="Show the next dates"
            also={{ label: changes ? 'Change it' : 'Subscribe them', action }}
            cancelHref={changes ? action : `/pools/${poolId}/finance-reports`}
          >
            {changes && <HiddenField name="version" value={String(changes.version)} />}
            {choices ? (
              <TermsFields choices={choices} locale={locale} when={<PeriodField />} />
            ) : (
              <>
                <PeriodField />
                <RadioField name="basis" label="An entry counts on the day" options={basisOptions} />
                <FormatsField />
              </>
            )}
            <WhenAndWho view={view} />
          </Form>
        </Card>
        <Coming page={page} coming={coming} />
      </Columns>
    </Shell>
  );
}

const PeriodField = () => (
  <ChoiceField
    name="period"
    label="Of which time"
    help="Counted from the day on which it comes round."
    options={subscriptionPeriods.map((value) => ({ value, label: periodWords[value] }))}
  />
);

function WhenAndWho({ view: { candidates, timeZone } }: Pick<Props, 'view'>) {
  return (
    <>
      <ChoiceField
        name="recurrence.every"
        label="How often"
        options={recurrencePeriods.map((value) => ({ value, label: periods[value] }))}
      />
      <ChoiceField
        name="recurrence.on"
        label="On which day of it"
        options={[
          { value: 'businessDay', label: 'A working day, counted from the first' },
          { value: 'lastBusinessDay', label: 'The last working day' },
          { value: 'dayOfMonth', label: 'A day of the month' },
          { value: 'weekday', label: 'A weekday (every week)' },
        ]}
      />
      <NumberField
        name="recurrence.day"
        label="Which one"
        optional
        help="3 means the 3rd working day, or the 3rd of the month."
      />
      <ChoiceField
        name="recurrence.weekday"
        label="Weekday"
        optional
        placeholder="Not by weekday"
        options={weekdays.map((value) => ({ value, label: capital(value) }))}
      />
      <NumberField
        name="recurrence.month"
        label="Which month of the quarter, half-year or year"
        optional
        help="1 is the first, which it is if left out."
      />
      <TextField name="recurrence.time" label="At" maxLength={5} help={`Like 08:00, in ${timeZone}.`} />
      <HiddenField name="recurrence.timeZone" value={timeZone} />
      <MultiChoiceField
        name="recipientIds"
        label="Who gets it"
        help="People who may see the pool’s money. It is checked again each time."
        options={candidates.map(({ id, name, roles }) => ({ value: id, label: name, note: roles }))}
      />
    </>
  );
}

function Coming({ page, coming }: Pick<Props, 'page' | 'coming'>) {
  if (!coming) {
    return (
      <Card title="Comes round">
        <p class="tb-card-body tb-quiet">“Show the next dates” lists them here; nothing is sent for it.</p>
      </Card>
    );
  }
  const { rule, next } = coming;
  return (
    <Card title="Would come round" note={capital(ruleText(rule))}>
      <ol>
        {next.map((at) => (
          <li>
            <InstantText at={at} timeZone={rule.timeZone} locale={page.person?.locale ?? 'en-GB'} />
          </li>
        ))}
      </ol>
    </Card>
  );
}
