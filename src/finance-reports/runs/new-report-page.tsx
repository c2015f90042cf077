import { Card } from '../../web/components/card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { ChoiceField, DayField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import type { ReportKind } from '../definitions/report-definitions.js';
import { periodWords } from '../subscriptions/period-words.js';
import { formPeriods } from './new-report.dto.js';
import { type TermsChoices, TermsFields } from './terms-fields.js';

export interface NewReportView {
  poolId: string;
  kind: ReportKind;
  choices: TermsChoices;
  timeZone: string;
}

interface Props {
  page: PageContext;
  view: NewReportView;
  refusal?: Refusal;
}

/** Asking for a report: which, about whose money, of when, as which files. */
export function NewReportPage({ page, view, refusal }: Props) {
  const { poolId, kind, choices, timeZone } = view;
  const locale = page.person?.locale ?? 'en-GB';
  const usual = { kind, scope: 'pool', period: 'untilThen', basis: 'occurred', formats: ['pdf', 'xlsx'] };
  return (
    <Shell page={page}>
      <PageHeader
        title="Make a report"
        facts="Held to the ledger before anybody gets it, and sent to nobody"
      />
      <Card>
        <Form
          action={`/pools/${poolId}/finance-reports`}
          csrf={page.csrf}
          locale={locale}
          values={refusal?.values ?? usual}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit="Make the report"
          cancelHref={`/pools/${poolId}/finance-reports`}
        >
          <TermsFields choices={choices} locale={locale} when={<When timeZone={timeZone} />} />
        </Form>
      </Card>
    </Shell>
  );
}

function When({ timeZone }: { timeZone: string }) {
  return (
    <fieldset class="tb-field tb-report-when">
      <ChoiceField
        name="period"
        label="Of which time"
        options={formPeriods.map((value) => ({ value, label: periodWords[value] }))}
      />
      <DayField name="from" label="From" optional help="Days of your own: empty is since the beginning." />
      <DayField name="to" label="To" optional help="Empty is up to today." />
      <DayField
        name="asOfOn"
        label="As known at the end of"
        optional
        help={`A day in ${timeZone}: what was recorded later is not in it. Empty is as of now.`}
      />
    </fieldset>
  );
}
