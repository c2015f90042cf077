import { Card } from '../../web/components/card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { ChoiceField, HiddenField, TextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { monthText } from '../../web/format.js';
import { coalitionPath } from '../../web/navigation.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import type { FunderReportSettingsAnswer } from './funder-report.dto.js';
import { reportHeadings, reportLanguages } from './headings.js';

interface Props {
  page: PageContext;
  view: { coalitionId: string; funder: string; settings: FunderReportSettingsAnswer };
  refusal?: Refusal;
}

const months = Array.from({ length: 12 }, (_, index) => index + 1);
/** "April": of any year. */
const monthName = (month: number, locale: string): string =>
  monthText(`2026-${String(month).padStart(2, '0')}`, locale).replace(/\s*2026\s*/, '');

/** How a funder reads what partners report: the same report, in its year, currency and language. */
export function FunderSettingsPage({ page, view, refusal }: Props) {
  const { coalitionId, funder, settings } = view;
  const locale = page.person?.locale ?? 'en-GB';
  const home = `${coalitionPath(coalitionId, 'reports')}/for-funders/${settings.organisationId}`;
  return (
    <Shell page={page}>
      <PageHeader
        title={`How ${funder} reads reports`}
        facts="Partners report once; each funder reads it in its own way"
      />
      <Card>
        <Form
          action={`${home}/settings`}
          csrf={page.csrf}
          locale={locale}
          values={
            refusal?.values ?? {
              startMonth: String(settings.startMonth),
              currency: settings.currency ?? '',
              language: settings.language,
            }
          }
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit="Save"
          cancelHref={home}
        >
          <HiddenField name="version" value={String(settings.version)} />
          <ChoiceField
            name="startMonth"
            label="Its fiscal year begins in"
            options={months.map((month) => ({ value: String(month), label: monthName(month, locale) }))}
          />
          <TextField
            name="currency"
            label="Currency"
            maxLength={3}
            optional
            placeholder="EUR"
            help="Left empty, each grant in its own. Amounts are converted at the rates that are stated."
          />
          <ChoiceField
            name="language"
            label="Language of the headings"
            options={reportLanguages.map((value) => ({ value, label: reportHeadings[value].language }))}
          />
        </Form>
      </Card>
    </Shell>
  );
}
