import { Card } from '../web/components/card.js';
import { PageHeader } from '../web/components/page-links.js';
import { DayField, HiddenField, LongTextField, TextField } from '../web/forms/fields.js';
import { Form } from '../web/forms/form.js';
import type { PageContext } from '../web/page-context.js';
import type { Refusal } from '../web/pages.js';
import { Shell } from '../web/shell.js';
import type { GoalAnswer } from './goal.dto.js';

interface Props {
  page: PageContext;
  action: string;
  cancelHref: string;
  /** The goal that is changed; without it a new one is added. */
  goal?: GoalAnswer;
  refusal?: Refusal;
}

/** Adding a goal, or changing what it says. */
export function GoalFormPage({ page, action, cancelHref, goal, refusal }: Props) {
  const values = refusal?.values ?? { ...goal };
  return (
    <Shell page={page}>
      <PageHeader
        title={goal ? `Change ${goal.name}` : 'Add a goal'}
        facts="A long-term result: what will be different, for whom, by when"
      />
      <Card>
        <Form
          action={action}
          csrf={page.csrf}
          locale={page.person?.locale ?? 'en-GB'}
          values={values}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit={goal ? 'Save the changes' : 'Add the goal'}
          cancelHref={cancelHref}
        >
          {goal && (
            // Drawn again, it keeps the version that was looked at first: nobody's change is overwritten unseen.
            <HiddenField
              name="version"
              value={typeof values.version === 'string' ? values.version : String(goal.version)}
            />
          )}
          <TextField
            name="name"
            label="Name"
            maxLength={200}
            help="A few words, such as “Ready for school”."
          />
          <LongTextField
            name="description"
            label="Description"
            optional
            maxLength={4000}
            help="The result, not the activity: activities change, the goal stays."
          />
          <DayField name="horizonOn" label="Horizon" help="The day by which the result should be seen." />
          {goal && (
            <TextField
              name="reason"
              label="Why it is changed"
              maxLength={500}
              optional
              help="Kept with what the goal said before: nothing of it is lost."
            />
          )}
        </Form>
      </Card>
    </Shell>
  );
}
