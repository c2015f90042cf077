import type { Day } from '../maths/day.js';
import { Card } from '../web/components/card.js';
import { PageHeader } from '../web/components/page-links.js';
import { MultiChoiceField } from '../web/forms/choices.js';
import { DayField, HiddenField, LongTextField, type Option, TextField } from '../web/forms/fields.js';
import { Form } from '../web/forms/form.js';
import type { PageContext } from '../web/page-context.js';
import type { Refusal } from '../web/pages.js';
import { Shell } from '../web/shell.js';
import type { ActivityAnswer, TheoryAnswer } from './activity.dto.js';

interface ActivityFormProps {
  page: PageContext;
  organisationId: string;
  organisation: string;
  goals: readonly Option[];
  /** The one that is changed; without it a new one is added. */
  activity?: ActivityAnswer;
  today: Day;
  refusal?: Refusal;
}

/** An activity, what it brings about, and the goals that it leads towards. */
export function ActivityFormPage({
  page,
  organisationId,
  organisation,
  goals,
  activity,
  ...more
}: ActivityFormProps) {
  const { today, refusal } = more;
  return (
    <Shell page={page}>
      <PageHeader title={activity ? `Change ${activity.name}` : `What ${organisation} does`} />
      <Card>
        <Form
          action={activity ? `/activities/${activity.id}` : `/organisations/${organisationId}/activities`}
          csrf={page.csrf}
          locale={page.person?.locale ?? 'en-GB'}
          values={refusal?.values ?? (activity ? valuesOf(activity) : { sinceOn: today })}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit={activity ? 'Save it' : 'Add the activity'}
          cancelHref={`/organisations/${organisationId}/theory-of-change`}
        >
          {activity && <HiddenField name="version" value={versionOf(activity, refusal)} />}
          <TextField name="name" label="What is done" maxLength={200} />
          <LongTextField
            name="description"
            label="Where, for whom, how often"
            rows={3}
            maxLength={4_000}
            optional
          />
          <LongTextField
            name="outcome"
            label="What it brings about"
            rows={3}
            maxLength={2_000}
            help="What is different then, for whom: not how much is done."
          />
          <MultiChoiceField
            name="goalIds"
            label="Goals that this leads towards"
            options={goals}
            optional
            help="None is fine: it is listed as not aligned, and nothing is held back for it."
          />
          <DayField name="sinceOn" label="First day" />
          <DayField name="untilOn" label="Last day" optional help="Leave it empty while it goes on." />
        </Form>
      </Card>
    </Shell>
  );
}

const valuesOf = ({ goals, ...activity }: ActivityAnswer) => ({
  ...activity,
  goalIds: goals.map(({ id }) => id),
});

interface TheoryFormProps {
  page: PageContext;
  theory: TheoryAnswer;
  refusal?: Refusal;
}

/** An organisation's theory of change, in its own words. */
export function TheoryFormPage({ page, theory, refusal }: TheoryFormProps) {
  const home = `/organisations/${theory.organisationId}/theory-of-change`;
  return (
    <Shell page={page}>
      <PageHeader
        title={`How ${theory.organisation} works`}
        facts={`The common agenda: ${theory.commonAgenda}`}
      />
      <Card>
        <Form
          action={home}
          csrf={page.csrf}
          locale={page.person?.locale ?? 'en-GB'}
          values={refusal?.values ?? { statement: theory.statement }}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit="Save it"
          cancelHref={home}
        >
          <HiddenField name="version" value={String(theory.version)} />
          <LongTextField
            name="statement"
            label="Why what you do leads to the common agenda"
            rows={10}
            maxLength={10_000}
            help="In your own words. What was written before is kept."
          />
        </Form>
      </Card>
    </Shell>
  );
}

/** The version that the form was drawn from first: one that was refused is not made newer by being drawn again. */
function versionOf(activity: { version: number }, refusal?: Refusal): string {
  const typed = refusal?.values.version;
  return typeof typed === 'string' ? typed : String(activity.version);
}
