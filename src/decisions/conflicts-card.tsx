import { Card } from '../web/components/card.js';
import { ChoiceField, LongTextField } from '../web/forms/fields.js';
import { Form } from '../web/forms/form.js';
import { type DecisionPageProps, isBackbone, localeOf } from './decision-view.js';
import { groundWords } from './decision-words.js';

/** Who does not vote on it, and why; and the place to say so of oneself. */
export function ConflictsCard({ page, view: { record, people }, refusal }: DecisionPageProps) {
  const { decision, recusals, own } = record;
  const isLive = decision.state === 'draft' || decision.state === 'open';
  const refused = refusal?.of === 'recuse' ? refusal : undefined;
  const records = isBackbone(page);
  const mayDeclare = isLive && (records || (own ? own.recused === null : decision.state === 'draft'));
  return (
    <Card
      title="Conflicts and recusals"
      note={isLive ? 'Counted in neither votes nor quorum' : undefined}
      actions={<a href={`/coalitions/${decision.coalitionId}/interests`}>Register</a>}
    >
      {recusals.length === 0 && (
        <p class="tb-quiet">
          {decision.state === 'draft' && decision.concernsId !== null
            ? `Those with an interest in ${decision.concerns ?? 'it'} are found when the vote opens.`
            : 'Nobody stepped aside.'}
        </p>
      )}
      <ul class="list-unstyled tb-stack">
        {recusals.map(({ person, ground, reason }) => (
          <li>
            <strong>{person}</strong>
            <br />
            {reason}
            <br />
            <span class="tb-quiet">{groundWords[ground]}</span>
          </li>
        ))}
      </ul>
      {mayDeclare && (
        <details class="tb-more" open={refused !== undefined}>
          <summary>{records ? 'Record a conflict' : 'I have an interest in it'}</summary>
          <Form
            action={`/decisions/${decision.id}/recusals`}
            csrf={page.csrf}
            locale={localeOf(page)}
            values={refused?.values}
            errors={refused?.errors}
            detail={refused?.detail}
            submit={records ? 'Record it' : 'Step aside'}
            plain
          >
            {records && <ChoiceField name="personId" label="Of" placeholder="Choose" options={people} />}
            <LongTextField
              name="reason"
              label="What the interest is"
              rows={3}
              maxLength={1_000}
              help="A vote that was cast counts no more. It cannot be taken back."
            />
          </Form>
        </details>
      )}
    </Card>
  );
}
