import { Card } from '../web/components/card.js';
import { PageHeader } from '../web/components/page-links.js';
import { MultiChoiceField } from '../web/forms/choices.js';
import { HiddenField } from '../web/forms/fields.js';
import { Form } from '../web/forms/form.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import type { Refusal } from '../web/pages.js';
import { roleNames } from '../web/role-names.js';
import { Shell } from '../web/shell.js';
import { type DecisionSettingsAnswer, mayVote } from './decision-settings.js';
import { keyedSubjectKinds } from './decision-subjects.js';
import { neededForWords } from './decision-words.js';

interface Props {
  page: PageContext;
  coalitionId: string;
  settings: DecisionSettingsAnswer;
  refusal?: Refusal;
}

/** Which seats vote, and what takes a passed decision. */
export function DecisionSettingsPage({ page, coalitionId, settings, refusal }: Props) {
  return (
    <Shell page={page}>
      <PageHeader
        title="Who votes, and on what"
        facts="The backbone and observers never vote. Votes that are open keep their roll."
      />
      <Card>
        <Form
          action={`${coalitionPath(coalitionId)}/decision-settings`}
          csrf={page.csrf}
          locale={page.person?.locale ?? 'en-GB'}
          values={refusal?.values ?? { votingRoles: settings.votingRoles, neededFor: settings.neededFor }}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit="Save"
          cancelHref={coalitionPath(coalitionId, 'decisions')}
        >
          <HiddenField name="version" value={String(settings.version)} />
          <MultiChoiceField
            name="votingRoles"
            label="Seats that vote"
            options={mayVote.map((value) => ({ value, label: roleNames[value] ?? value }))}
            help="Each person once, whatever seats they hold."
          />
          <MultiChoiceField
            name="neededFor"
            label="Takes a decision that passed"
            optional
            options={keyedSubjectKinds.map((value) => ({ value, ...neededForWords[value] }))}
            help="It is refused without one that is about just this, and was not used before."
          />
        </Form>
      </Card>
    </Shell>
  );
}
