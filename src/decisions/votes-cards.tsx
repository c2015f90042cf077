import { Card } from '../web/components/card.js';
import { InstantText } from '../web/components/dates.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { Table } from '../web/components/table.js';
import { RadioField } from '../web/forms/choices.js';
import { LongTextField } from '../web/forms/fields.js';
import { Form } from '../web/forms/form.js';
import { moneyText, plural, shareText } from '../web/format.js';
import { type DecisionPageProps, localeOf } from './decision-view.js';
import { abstention, type Share } from './decision.rules.js';
import { choiceText, type RollRow } from './decision-record.js';
import { weightText } from './decision.dto.js';

/** The ballot of who looks, while the vote is open and they may. */
export function BallotCard({ page, view: { record }, refusal }: DecisionPageProps) {
  const { decision, own } = record;
  if (decision.state !== 'open' || !own || own.recused !== null) return null;
  const refused = refusal?.of === 'vote' ? refusal : undefined;
  const options = decision.options.map((label, index) => ({ value: String(index + 1), label }));
  const isFirst = own.ballotId === null;
  const weight =
    decision.weightCurrency === null
      ? ''
      : ` It weighs ${moneyText(own.weight, decision.weightCurrency, localeOf(page))}.`;
  return (
    <Card
      title="Your vote"
      note={
        isFirst
          ? `Others see it by your name once they have voted.${weight}`
          : `You may change it until the vote closes.${weight}`
      }
    >
      <Form
        action={`/decisions/${decision.id}/votes`}
        csrf={page.csrf}
        locale={localeOf(page)}
        values={refused?.values ?? { choice: own.choice === null ? undefined : String(own.choice) }}
        errors={refused?.errors}
        detail={refused?.detail}
        submit={isFirst ? 'Vote' : 'Change your vote'}
      >
        <RadioField
          name="choice"
          label="I vote"
          options={[
            ...options,
            {
              value: String(abstention),
              label: 'I abstain',
              note: 'It counts to the quorum, and for nothing.',
            },
          ]}
        />
        <LongTextField
          name="dissent"
          label="Dissent, in your own words"
          rows={3}
          maxLength={5_000}
          optional
          help="It stays with the decision for good, in just these words."
        />
      </Form>
    </Card>
  );
}

/** The count as it stands: bars with figures beside them. */
export function StandingCard({ page, view: { record } }: DecisionPageProps) {
  const { decision, standing } = record;
  const locale = localeOf(page);
  if (standing === null) {
    return (
      <Card title="Votes as they stand">
        <p class="mb-0">
          {decision.voted} of {plural(decision.entitled, 'person', 'people')} have voted. How is shown to
          those who have, and to everybody once the vote is closed.
        </p>
      </Card>
    );
  }
  const cast = standing.options.reduce((total, { weight }) => total + weight, 0n);
  const money = (weight: bigint) =>
    decision.weightCurrency === null ? '' : `, ${moneyText(weight, decision.weightCurrency, locale)}`;
  const line = (label: string, share: Share, isCast: boolean) => (
    <li class="tb-tally">
      <span class="tb-tally-label">{label}</span>
      <meter min={0} max={1} value={isCast && cast > 0n ? Number((share.weight * 1000n) / cast) / 1000 : 0} />
      <span class="tb-tally-figure">
        {share.people}
        {money(share.weight)}
        {isCast && cast > 0n && ` · ${shareText(share.weight, cast, locale)}`}
      </span>
    </li>
  );
  const turnout = shareText(standing.voted.weight, standing.entitled.weight, locale);
  return (
    <Card
      title={decision.state === 'open' ? 'Votes as they stand' : 'The count'}
      note={`${standing.voted.people} of ${plural(standing.entitled.people, 'person', 'people')} voted, ${turnout} of the weight; the quorum is ${decision.quorumPercent} %${standing.isQuorate ? ', and reached' : ''}`}
    >
      <ol class="tb-tallies">
        {standing.options.map((share, index) => line(decision.options[index]!, share, true))}
        {line('Abstained', standing.abstained, false)}
      </ol>
    </Card>
  );
}

/** Who may vote, by name: how they did, or why they do not. */
export function RollCard({ page, view: { record, timeZone } }: DecisionPageProps) {
  const { decision, roll, seesVotes } = record;
  const locale = localeOf(page);
  const own = record.own?.personId;
  return (
    <Card
      title="The roll"
      note="As it was drawn when the vote opened"
      actions={<Export id={decision.id} />}
      flush
    >
      <Table
        caption="Who may vote, and how they did"
        rows={roll}
        rowTone={({ recused }) => (recused === null ? undefined : 'muted')}
        columns={[
          {
            heading: 'Person',
            cell: ({ person, personId, seat }) => (
              <>
                <a href={`/coalitions/${decision.coalitionId}/people/${personId}`}>{person}</a>
                <br />
                <span class="tb-quiet">{seat}</span>
              </>
            ),
          },
          {
            heading: 'Vote',
            cell: (line) => (
              <Vote line={line} options={decision.options} isShown={seesVotes || line.personId === own} />
            ),
          },
          ...(decision.weightCurrency === null
            ? []
            : [
                {
                  heading: `Weight (${decision.weightCurrency})`,
                  kind: 'number' as const,
                  cell: ({ weight }: RollRow) => weightText(weight, decision.weightCurrency),
                },
              ]),
          {
            heading: 'When',
            wideOnly: true,
            cell: ({ votedAt, changes }) =>
              votedAt && (
                <>
                  <InstantText at={votedAt} timeZone={timeZone} locale={locale} />
                  {changes > 0 && <span class="tb-quiet"> · changed {plural(changes, 'time')}</span>}
                </>
              ),
          },
        ]}
      />
    </Card>
  );
}

const Export = ({ id }: { id: string }) => (
  <a href={`/api/v1/decisions/${id}/votes?format=csv`}>Export CSV</a>
);

function Vote({ line, options, isShown }: { line: RollRow; options: readonly string[]; isShown: boolean }) {
  if (line.recused !== null) return <StatusBadge of="ballot" state="recused" />;
  if (line.ballotId === null) return <StatusBadge of="ballot" state="missing" />;
  return isShown ? <>{choiceText(options, line.choice)}</> : <StatusBadge of="ballot" state="cast" />;
}

/** Dissent in full, in the dissenters' words; and the place to add one's own after voting. */
export function DissentCard({ page, view: { record, timeZone }, refusal }: DecisionPageProps) {
  const { decision, dissents, own, seesVotes } = record;
  const refused = refusal?.of === 'dissent' ? refusal : undefined;
  const mayAdd = own?.recused === null && seesVotes && decision.state !== 'withdrawn';
  if (dissents.length === 0 && !mayAdd) return null;
  return (
    <Card title="Dissent" note="In the words of those who dissent">
      {dissents.map(({ id, person, words, at }) => (
        <figure class="tb-dissent" id={`dissent-${id}`}>
          <blockquote class="tb-prose">{words}</blockquote>
          <figcaption class="tb-quiet">
            {person}, <InstantText at={at} timeZone={timeZone} locale={localeOf(page)} />
            {decision.closedAt !== null && at > decision.closedAt && ', after the vote was closed'}
          </figcaption>
        </figure>
      ))}
      {mayAdd && (
        <details class="tb-more" open={refused !== undefined}>
          <summary>Add your dissent</summary>
          <Form
            action={`/decisions/${decision.id}/dissents`}
            csrf={page.csrf}
            locale={localeOf(page)}
            values={refused?.values}
            errors={refused?.errors}
            detail={refused?.detail}
            submit="Have it written down"
            plain
          >
            <LongTextField name="words" label="In your own words" rows={4} maxLength={5_000} />
          </Form>
        </details>
      )}
    </Card>
  );
}
