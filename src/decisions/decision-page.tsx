import { ActionButton, ActionLink } from '../web/components/actions.js';
import { Card, Columns, Stack } from '../web/components/card.js';
import { CardsOfLaterRooms } from '../web/components/cards-of-later-rooms.js';
import { DayText, InstantText } from '../web/components/dates.js';
import { History } from '../web/components/history.js';
import { KeyValue } from '../web/components/key-value.js';
import { PageHeader } from '../web/components/page-links.js';
import { Notice } from '../web/components/problem.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { Shell } from '../web/shell.js';
import { ConflictsCard } from './conflicts-card.js';
import { referenceOf } from './decision.rules.js';
import { type DecisionPageProps, isBackbone, localeOf } from './decision-view.js';
import { ruleChoices, subjectWords } from './decision-words.js';
import { MinutesCard } from './minutes-card.js';
import { BallotCard, DissentCard, RollCard, StandingCard } from './votes-cards.js';
import { WithdrawCard } from './withdraw-card.js';

/** A decision: the motion, who may vote and who stepped aside, the votes as they stand, and dissent in full. */
export function DecisionPage(props: DecisionPageProps) {
  const { page, view } = props;
  const { decision } = view.record;
  const { state } = decision;
  return (
    <Shell page={page}>
      <PageHeader
        title={decision.title}
        facts={
          <>
            {referenceOf(decision.number)} · <StatusBadge of="decision" state={state} />
          </>
        }
      >
        <Steps {...props} />
      </PageHeader>
      {decision.result && (
        <Notice kind={state === 'passed' ? 'done' : 'notice'} text={decision.result.reason} />
      )}
      {decision.withdrawnReason && <Notice kind="warning" text={`Withdrawn: ${decision.withdrawnReason}`} />}
      {view.record.amendedBy.map(({ number, title, how }) => (
        <Notice
          text={`${referenceOf(number)} “${title}” ${how === 'amends' ? 'amends this' : 'would stand in its place, or does'}.`}
        />
      ))}
      <Columns kind="main">
        <Stack>
          <Motion {...props} />
          <BallotCard {...props} />
          {state !== 'draft' && <StandingCard {...props} />}
          {state !== 'draft' && <RollCard {...props} />}
          {state !== 'draft' && <DissentCard {...props} />}
          <MinutesCard {...props} />
        </Stack>
        <Stack>
          <HowDecided {...props} />
          <ConflictsCard {...props} />
          <CardsOfLaterRooms page={page} />
          {isBackbone(page) && (state === 'draft' || state === 'open') && <WithdrawCard {...props} />}
          <Card title="What happened">
            <History
              events={view.history}
              actions={actions}
              fields={{
                state: 'state',
                title: 'title',
                motion: 'motion',
                closesOn: 'last day',
                quorumPercent: 'quorum',
              }}
              timeZone={view.timeZone}
              locale={localeOf(page)}
            />
          </Card>
        </Stack>
      </Columns>
    </Shell>
  );
}

function Steps({ page, view }: DecisionPageProps) {
  const { decision } = view.record;
  const { id, state, entitled, voted } = decision;
  const mayAct = isBackbone(page);
  return (
    <>
      {mayAct && state === 'draft' && (
        <ActionLink label="Change" href={`/decisions/${id}/edit`} icon="pencil" />
      )}
      {mayAct && state === 'draft' && (
        <ActionButton
          label="Open the vote"
          action={`/decisions/${id}/open`}
          csrf={page.csrf}
          weight="primary"
          icon="send"
        />
      )}
      {mayAct && state === 'open' && voted === entitled && entitled > 0 && (
        <ActionButton
          label="Close it: all have voted"
          action={`/decisions/${id}/close`}
          csrf={page.csrf}
          weight="primary"
          icon="check"
        />
      )}
      {mayAct && state === 'passed' && (
        <ActionLink
          label="Amend by another"
          href={`/coalitions/${decision.coalitionId}/decisions/new?amends=${id}`}
          icon="edit"
        />
      )}
      <ActionLink label="The record" href={`/decisions/${id}/record`} icon="printer" />
    </>
  );
}

function Motion({ view: { record } }: DecisionPageProps) {
  const { decision, subject } = record;
  return (
    <Card title="The motion">
      <p class="tb-prose">{decision.motion}</p>
      {decision.method === 'choice' && (
        <ol class="mb-0">
          {decision.options.map((option) => (
            <li>{option}</li>
          ))}
        </ol>
      )}
      {subject && (
        <p class="mb-0">
          About: <a href={subject.href}>{subject.title}</a>
        </p>
      )}
    </Card>
  );
}

function HowDecided({ page, view: { record, timeZone, today } }: DecisionPageProps) {
  const { decision } = record;
  const locale = localeOf(page);
  const instant = (at: Date | null) => at && <InstantText at={at} timeZone={timeZone} locale={locale} />;
  return (
    <Card title="How it is decided">
      <KeyValue
        pairs={[
          ['About', subjectWords[decision.subjectKind]],
          ['Carried by', ruleChoices[decision.rule].label],
          ['Quorum', `${decision.quorumPercent} % of the weight that may vote`],
          [
            'Each vote counts',
            decision.weightPool === null
              ? 'The same: one person, one vote'
              : `By contributions to ${decision.weightPool} until the vote opened, shared equally by those who speak for one organisation, odd pennies by largest remainder`,
          ],
          [
            'Concerns',
            decision.concernsId && <a href={`/organisations/${decision.concernsId}`}>{decision.concerns}</a>,
          ],
          [
            decision.amendsHow === 'supersedes' ? 'In the place of' : 'Amends',
            decision.amendsId && (
              <a href={`/decisions/${decision.amendsId}`}>
                {referenceOf(decision.amendsNumber ?? 0)}: {decision.amendsTitle}
              </a>
            ),
          ],
          ['Opened', instant(decision.openedAt)],
          [
            'Last day',
            <DayText
              day={decision.closesOn}
              today={today}
              locale={locale}
              relative={decision.state === 'open'}
            />,
          ],
          ['Closed', instant(decision.closedAt)],
          ['Used for', decision.usedFor],
          ['Drafted by', decision.draftedBy],
        ]}
      />
    </Card>
  );
}

const actions = {
  'decision.drafted': 'drafted it',
  'decision.changed': 'changed the draft',
  'decision.opened': 'opened the vote',
  'decision.voted': 'voted',
  'decision.voteChanged': 'changed their vote',
  'decision.recused': 'recorded a conflict',
  'decision.dissented': 'dissented',
  'decision.minuted': 'wrote minutes',
  'decision.closed': 'closed it',
  'decision.withdrawn': 'withdrew it',
  'decision.used': 'used it',
};
