import type { Day } from '../../maths/day.js';
import type { FieldError } from '../../platform/errors/domain-error.js';
import { Card } from '../../web/components/card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { ChoiceField, HiddenField, LongTextField, TextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { coalitionPath } from '../../web/navigation.js';
import type { PageContext } from '../../web/page-context.js';
import { Shell } from '../../web/shell.js';
import { localeOf } from './bond-frame.js';
import type { Bond, BondVersion } from './bonds.read.js';
import { TermsFields, type TermsFieldsProps } from './terms-form.js';

export interface BondFormView extends TermsFieldsProps {
  coalitionId: string;
  pool: { id: string; name: string; currency: string };
  /** The draft that is changed, and its version of the contract; without it a new bond is drafted. */
  draft: { bond: Bond; version: BondVersion } | undefined;
  today: Day;
}

interface Props {
  page: PageContext;
  view: BondFormView;
  /** What stands in the fields. */
  values: Readonly<Record<string, unknown>>;
  errors?: readonly FieldError[];
  detail?: string;
}

/** Drafting a bond, or changing the version of its contract that is drafted. It may be saved incomplete. */
export function BondFormPage({ page, view, values, errors, detail }: Props) {
  const { coalitionId, pool, draft } = view;
  const home = draft && `/bonds/${draft.bond.id}`;
  return (
    <Shell page={page}>
      <PageHeader title={titleOf(view)} facts={factsOf(view)} />
      <Form
        action={home ?? `/pools/${pool.id}/bonds`}
        csrf={page.csrf}
        locale={localeOf(page)}
        values={values}
        errors={errors}
        detail={detail}
        submit="Save the draft"
        cancelHref={home ?? coalitionPath(coalitionId, 'bonds')}
      >
        {typeof values.version === 'string' && <HiddenField name="version" value={values.version} />}
        <Card title="What it is">
          {isAmendment(view) ? (
            <LongTextField
              name="reason"
              label="Why it is amended"
              rows={2}
              maxLength={500}
              help="Those who sign it read this first."
            />
          ) : (
            <NameFields {...view} />
          )}
        </Card>
        <TermsFields {...view} />
      </Form>
    </Shell>
  );
}

/** What is signed keeps its name and provider. */
export const isAmendment = ({ draft }: Pick<BondFormView, 'draft'>): boolean =>
  draft !== undefined && draft.bond.signedVersion !== null;

export const titleOf = ({ draft }: Pick<BondFormView, 'draft'>): string => {
  if (draft === undefined) return 'Draft a bond';
  const { bond, version } = draft;
  return bond.signedVersion === null
    ? `Change ${bond.reference}`
    : `Version ${version.number} of ${bond.reference}`;
};

const factsOf = ({ draft, pool }: BondFormView): string =>
  isAmendment({ draft })
    ? 'The version that was signed holds until this one is'
    : `Its money lies in ${pool.name}, apart from what funders have there. Save it as often as you like: nobody is bound until others sign it.`;

function NameFields({ organisations }: TermsFieldsProps) {
  return (
    <>
      <TextField
        name="reference"
        label="Reference"
        maxLength={80}
        help="Unique in the pool, such as B-2027-01."
      />
      <TextField
        name="title"
        label="Title"
        maxLength={200}
        help="A few words, such as “A good start for 300 children”."
      />
      <ChoiceField
        name="providerId"
        label="Provider"
        options={organisations}
        placeholder="Choose an organisation"
        help="Who does the work, and claims the outcomes."
      />
    </>
  );
}
