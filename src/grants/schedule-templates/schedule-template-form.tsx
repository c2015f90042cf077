import { ActionButton } from '../../web/components/actions.js';
import { Card } from '../../web/components/card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { ChoiceField, HiddenField, TextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import { ShapeFields, shapeValues } from '../schedule-fields.js';
import { templatesPath } from './schedule-template-words.js';
import type { ScheduleTemplateRow } from './schedule-templates.read.js';

export interface TemplateFormView {
  coalitionId: string;
  /** The one that is changed; without it a new one is made. */
  template: ScheduleTemplateRow | undefined;
  /** Of the coalition's pools, oldest pool first. */
  currencies: readonly string[];
  values: Readonly<Record<string, unknown>>;
}

interface Props {
  page: PageContext;
  view: TemplateFormView;
  refusal?: Refusal;
}

/** Keeping a schedule under a name, or changing one; it has neither an amount nor a first day. */
export function ScheduleTemplateFormPage({ page, view, refusal }: Props) {
  const { coalitionId, template, currencies } = view;
  const home = templatesPath(coalitionId);
  const values = refusal?.values ?? view.values;
  const currency = typeof values.currency === 'string' ? values.currency : (currencies[0] ?? 'GBP');
  return (
    <Shell page={page}>
      <PageHeader
        title={template ? `Change “${template.name}”` : 'Save a schedule'}
        facts="How a grant is paid, whatever its amount and its first day. Grants keep copies: none is changed from here."
      >
        {template && (
          <ActionButton
            label="Remove it"
            action={`/schedule-templates/${template.id}/remove`}
            csrf={page.csrf}
            icon="trash"
          />
        )}
      </PageHeader>
      <Card>
        <Form
          action={template ? `/schedule-templates/${template.id}` : home}
          csrf={page.csrf}
          locale={page.person?.locale ?? 'en-GB'}
          values={values}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit={template ? 'Save the changes' : 'Save the schedule'}
          cancelHref={home}
        >
          {typeof values.version === 'string' && <HiddenField name="version" value={values.version} />}
          <TextField name="name" label="Name" maxLength={120} help="Such as “Quarterly, five years”." />
          <ShapeFields currency={currency} />
          <ChoiceField
            name="currency"
            label="Amounts are in"
            options={currencies.map((value) => ({ value, label: value }))}
            optional
            help="Where instalments have amounts of their own. A schedule of percentages fits every pool."
          />
        </Form>
      </Card>
    </Shell>
  );
}

/** A template as its form holds it. */
export const templateValues = ({ name, currency, shape, version }: ScheduleTemplateRow) => ({
  ...{ name, currency: currency ?? undefined, version: String(version) },
  ...shapeValues(shape),
});
