import type { Day } from '../maths/day.js';
import { members } from '../platform/http/access.js';
import { Card } from '../web/components/card.js';
import { PageHeader } from '../web/components/page-links.js';
import { RadioField } from '../web/forms/choices.js';
import { ChoiceField, DayField, HiddenField, type Option, TextField } from '../web/forms/fields.js';
import { Form } from '../web/forms/form.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import type { Refusal } from '../web/pages.js';
import { roleNames } from '../web/role-names.js';
import { Shell } from '../web/shell.js';
import { roleNotes } from './words.js';

interface FormPageProps {
  page: PageContext;
  coalitionId: string;
  refusal?: Refusal;
}

interface InviteProps extends FormPageProps {
  organisations: readonly Option[];
  /** Somebody who is known already: only the seat is asked for. */
  person?: { id: string; name: string };
  organisationId?: string;
  today: Day;
}

/** Inviting a person to a seat, or giving another one to somebody who is here. */
export function InvitePage({ page, coalitionId, organisations, person, refusal, ...first }: InviteProps) {
  const people = coalitionPath(coalitionId, 'people');
  const title = person ? `Give ${person.name} a seat` : 'Invite a person';
  return (
    <Shell page={page}>
      <PageHeader
        title={title}
        facts="Seats belong to people. They stay theirs when they change employer: end one, and give another."
      />
      <Card>
        <Form
          action={people}
          csrf={page.csrf}
          locale={page.person?.locale ?? 'en-GB'}
          values={refusal?.values ?? { organisationId: first.organisationId, sinceOn: first.today }}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit={person ? 'Give the seat' : 'Send the invitation'}
          cancelHref={people}
        >
          {person ? (
            <HiddenField name="personId" value={person.id} />
          ) : (
            <>
              <TextField
                name="email"
                label="E-mail address"
                type="email"
                help="Whoever has no account gets a link to choose a password."
              />
              <TextField name="name" label="Name" maxLength={200} />
            </>
          )}
          <RadioField
            name="role"
            label="Seat"
            options={members.map((role) => ({
              value: role,
              label: roleNames[role] ?? role,
              note: roleNotes[role],
            }))}
          />
          <ChoiceField
            name="organisationId"
            label="On behalf of"
            optional
            placeholder="Nobody: for themself"
            options={organisations}
            help={
              <>
                A funder and a partner speak for an organisation. Is it missing?{' '}
                <a href={`${coalitionPath(coalitionId)}/organisations/new`}>Add it first.</a>
              </>
            }
          />
          <DayField name="sinceOn" label="First day" />
          <DayField name="untilOn" label="Last day" optional help="Leave it empty for an open-ended seat." />
        </Form>
      </Card>
    </Shell>
  );
}

interface EndProps extends FormPageProps {
  /** "Ana Duarte: Funder for Harbour Foundation". */
  what: string;
  title: string;
  action: string;
  submit: string;
  today: Day;
}

/** Ending a seat or a term after its last day. */
export function EndPage({ page, coalitionId, what, title, action, submit, today, refusal }: EndProps) {
  return (
    <Shell page={page}>
      <PageHeader title={title} facts={what} />
      <Card>
        <Form
          action={action}
          csrf={page.csrf}
          locale={page.person?.locale ?? 'en-GB'}
          values={refusal?.values ?? { untilOn: today }}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit={submit}
          cancelHref={coalitionPath(coalitionId, 'people')}
        >
          <DayField
            name="untilOn"
            label="Last day"
            help="It still counts on this day. What happened stays in the history."
          />
        </Form>
      </Card>
    </Shell>
  );
}

interface TermProps extends FormPageProps {
  organisations: readonly Option[];
  today: Day;
}

/** Naming the organisation that serves as the backbone. */
export function NameBackbonePage({ page, coalitionId, organisations, today, refusal }: TermProps) {
  return (
    <Shell page={page}>
      <PageHeader
        title="Name the backbone"
        facts="It operates everything and votes on nothing; while it serves it is neither funder nor grantee."
      />
      <Card>
        <Form
          action={`${coalitionPath(coalitionId)}/backbone-terms`}
          csrf={page.csrf}
          locale={page.person?.locale ?? 'en-GB'}
          values={refusal?.values ?? { sinceOn: today }}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit="Name the backbone"
          cancelHref={coalitionPath(coalitionId, 'people')}
        >
          <ChoiceField
            name="organisationId"
            label="Organisation"
            placeholder="Choose"
            options={organisations}
            help={
              <>
                Is it missing? <a href={`${coalitionPath(coalitionId)}/organisations/new`}>Add it first.</a>
              </>
            }
          />
          <DayField name="sinceOn" label="First day" help="Whoever serves until then ends the day before." />
          <DayField name="untilOn" label="Last day" optional help="Leave it empty for an open-ended term." />
        </Form>
      </Card>
    </Shell>
  );
}
