import type { Day } from '../maths/day.js';
import { Card } from '../web/components/card.js';
import { PageHeader } from '../web/components/page-links.js';
import { RadioField } from '../web/forms/choices.js';
import { ChoiceField, DayField, type Option, TextField } from '../web/forms/fields.js';
import { Form } from '../web/forms/form.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import type { Refusal } from '../web/pages.js';
import { Shell } from '../web/shell.js';

interface Props {
  page: PageContext;
  coalitionId: string;
  person: { id: string; name: string };
  organisations: readonly Option[];
  /** Where they work now. */
  employer: string | null;
  today: Day;
  refusal?: Refusal;
}

/** A person changes employer. Their seats, votes and history stay with them. */
export function EmployerPage({ page, coalitionId, person, organisations, employer, today, refusal }: Props) {
  const home = `${coalitionPath(coalitionId, 'people')}/${person.id}`;
  const isBackbone = page.coalition?.roles.includes('backbone') ?? false;
  return (
    <Shell page={page}>
      <PageHeader
        title={employer === null ? `Where ${person.name} works` : `${person.name} changes employer`}
        facts={employer === null ? 'No employer is recorded yet' : `Works for ${employer} now`}
      />
      <Card>
        <Form
          action={`${home}/employer`}
          csrf={page.csrf}
          locale={page.person?.locale ?? 'en-GB'}
          values={refusal?.values ?? { sinceOn: today, seats: 'keep' }}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit="Save it"
          cancelHref={home}
        >
          <ChoiceField
            name="organisationId"
            label="Employer"
            placeholder="None"
            options={organisations}
            optional
            help="Of those whom the coalition knows."
          />
          <TextField name="position" label="Position" maxLength={120} optional />
          <DayField name="sinceOn" label="First day" help="The one before ends the day before." />
          {isBackbone && employer !== null && (
            <RadioField
              name="seats"
              label={`Seats held for ${employer}`}
              options={[
                {
                  value: 'keep',
                  label: 'Stay as they are',
                  note: 'Seats belong to people, whoever employs them.',
                },
                {
                  value: 'carry',
                  label: 'Go on for the new employer',
                  note: 'Each ends the day before, and goes on for the other organisation.',
                },
                { value: 'end', label: 'End', note: 'On the day before. What happened stays on record.' },
              ]}
            />
          )}
        </Form>
      </Card>
    </Shell>
  );
}
