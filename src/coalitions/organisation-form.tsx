import { Card } from '../web/components/card.js';
import { PageHeader } from '../web/components/page-links.js';
import { RadioField } from '../web/forms/choices.js';
import { HiddenField, TextField } from '../web/forms/fields.js';
import { Form } from '../web/forms/form.js';
import type { PageContext } from '../web/page-context.js';
import type { Refusal } from '../web/pages.js';
import { Shell } from '../web/shell.js';
import type { OrganisationAnswer } from './organisation.dto.js';
import { sectors } from './organisation.entity.js';
import { sectorNames } from './words.js';

interface Props {
  page: PageContext;
  action: string;
  cancelHref: string;
  /** The organisation that is changed; without it a new one is added. */
  organisation?: OrganisationAnswer;
  refusal?: Refusal;
}

/** Adding an organisation to a coalition, or changing what is known of it. */
export function OrganisationFormPage({ page, action, cancelHref, organisation, refusal }: Props) {
  const values = refusal?.values ?? (organisation ? { ...organisation } : { sector: 'third' });
  return (
    <Shell page={page}>
      <PageHeader
        title={organisation ? `Change ${organisation.name}` : 'Add an organisation'}
        facts="A funder, a partner, the backbone, or whoever else the coalition deals with"
      />
      <Card>
        <Form
          action={action}
          csrf={page.csrf}
          locale={page.person?.locale ?? 'en-GB'}
          values={values}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit={organisation ? 'Save the changes' : 'Add the organisation'}
          cancelHref={cancelHref}
        >
          {organisation && (
            // Drawn again, it keeps the version that was looked at first: nobody's change is overwritten unseen.
            <HiddenField
              name="version"
              value={typeof values.version === 'string' ? values.version : String(organisation.version)}
            />
          )}
          <TextField name="name" label="Name" maxLength={200} help="As it stands in its register." />
          <TextField
            name="orgId"
            label="Org-id"
            optional
            maxLength={100}
            help="The register and the number there, such as GB-CHC-1094112: it makes published data comparable."
          />
          <RadioField
            name="sector"
            label="Sector"
            options={sectors.map((sector) => ({ value: sector, label: sectorNames[sector] }))}
          />
          <TextField
            name="email"
            label="Contact e-mail"
            type="email"
            optional
            help="Where reminders and statements go."
          />
        </Form>
      </Card>
    </Shell>
  );
}
