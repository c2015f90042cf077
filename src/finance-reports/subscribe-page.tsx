import { recurrencePeriods, weekdays } from '../maths/recurrence.js';
import { Card } from '../web/components/card.js';
import { PageHeader } from '../web/components/page-links.js';
import { MultiChoiceField } from '../web/forms/choices.js';
import { ChoiceField, HiddenField, NumberField, TextField } from '../web/forms/fields.js';
import { Form } from '../web/forms/form.js';
import type { PageContext } from '../web/page-context.js';
import type { Refusal } from '../web/pages.js';
import { Shell } from '../web/shell.js';
import type { Candidate } from './subscriptions.service.js';

export interface SubscribeView {
  poolId: string;
  pool: string;
  candidates: Candidate[];
  timeZone: string;
}

interface Props {
  page: PageContext;
  view: SubscribeView;
  refusal?: Refusal;
}

const periods: Record<(typeof recurrencePeriods)[number], string> = {
  week: 'Every week',
  month: 'Every month',
  quarter: 'Every quarter',
  halfYear: 'Every half-year',
  year: 'Every year',
};

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Subscribing people to a report: which, when, and who. */
export function SubscribePage({ page, view, refusal }: Props) {
  const { poolId, pool, candidates, timeZone } = view;
  const usual = { recurrence: { every: 'month', on: 'businessDay', day: '3', time: '08:00', timeZone } };
  return (
    <Shell page={page}>
      <PageHeader title="Subscribe people to the pool position" facts={`${pool}, by mail with a CSV file`} />
      <Card>
        <Form
          action={`/pools/${poolId}/subscriptions`}
          csrf={page.csrf}
          locale={page.person?.locale ?? 'en-GB'}
          values={refusal?.values ?? usual}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit="Subscribe them"
          cancelHref={`/pools/${poolId}/finance-reports`}
        >
          <HiddenField name="kind" value="poolPosition" />
          <HiddenField name="formats[]" value="csv" />
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
          <TextField name="recurrence.time" label="At" maxLength={5} help={`Like 08:00, in ${timeZone}.`} />
          <HiddenField name="recurrence.timeZone" value={timeZone} />
          <MultiChoiceField
            name="recipientIds"
            label="Who gets it"
            help="People who may see the pool’s money. It is checked again each time."
            options={candidates.map(({ id, name, roles }) => ({ value: id, label: name, note: roles }))}
          />
        </Form>
      </Card>
    </Shell>
  );
}
