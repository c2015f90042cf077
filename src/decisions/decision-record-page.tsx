import type { ComponentChildren } from 'preact';
import { Card } from '../web/components/card.js';
import { DayText, InstantText } from '../web/components/dates.js';
import { KeyValue } from '../web/components/key-value.js';
import { PageHeader } from '../web/components/page-links.js';
import { Table } from '../web/components/table.js';
import type { PageContext } from '../web/page-context.js';
import { Shell } from '../web/shell.js';
import { weightText } from './decision.dto.js';
import { referenceOf, stateWords } from './decision.rules.js';
import { choiceText, type RollRow } from './decision-record.js';
import { type DecisionView, localeOf } from './decision-view.js';
import { groundWords, ruleChoices, subjectWords } from './decision-words.js';

interface Props {
  page: PageContext;
  view: DecisionView;
}

/** The record of a decision on one sheet, to be printed and signed: nothing folded, nothing left out. */
export function DecisionRecordPage({ page, view }: Props) {
  const { decision, dissents, minutes } = view.record;
  const at = (instant: Date) => <InstantText at={instant} timeZone={view.timeZone} locale={localeOf(page)} />;
  return (
    <Shell page={page}>
      <PageHeader
        title={`${referenceOf(decision.number)}: ${decision.title}`}
        facts={`Record of ${page.coalition?.name ?? ''}`}
      />
      <Card title="The motion">
        <p class="tb-prose">{decision.motion}</p>
        <Facts page={page} view={view} />
      </Card>
      <Votes page={page} view={view} />
      <Words title="Dissent" none="Nobody had dissent written down.">
        {dissents.map(({ person, words, at: when }) => (
          <figure class="tb-dissent">
            <blockquote class="tb-prose">{words}</blockquote>
            <figcaption class="tb-quiet">
              {person}, {at(when)}
            </figcaption>
          </figure>
        ))}
      </Words>
      <Words title="Minutes" none="No minutes were written.">
        {minutes.map(({ text, writtenBy, writtenAt }) => (
          <figure>
            <p class="tb-prose">{text}</p>
            <figcaption class="tb-quiet">
              {writtenBy}, {at(writtenAt)}
            </figcaption>
          </figure>
        ))}
      </Words>
    </Shell>
  );
}

function Facts({ page, view }: Props) {
  const { decision, subject, amendedBy } = view.record;
  const locale = localeOf(page);
  const instant = (at: Date | null) => at && <InstantText at={at} timeZone={view.timeZone} locale={locale} />;
  return (
    <KeyValue
      pairs={[
        ['State', stateWords[decision.state]],
        ['Outcome', decision.result?.reason ?? decision.withdrawnReason],
        ['About', subject?.title ?? subjectWords[decision.subjectKind]],
        ['Concerns', decision.concerns],
        ['Carried by', ruleChoices[decision.rule].label],
        ['Quorum', `${decision.quorumPercent} % of the weight that may vote`],
        [
          'Weights',
          decision.weightPool === null
            ? 'One person, one vote'
            : `By contributions to ${decision.weightPool}`,
        ],
        ['Opened', instant(decision.openedAt)],
        ['Last day', <DayText day={decision.closesOn} today={view.today} locale={locale} />],
        ['Closed', instant(decision.closedAt)],
        [
          decision.amendsHow === 'supersedes' ? 'In the place of' : 'Amends',
          decision.amendsNumber && `${referenceOf(decision.amendsNumber)}: ${decision.amendsTitle ?? ''}`,
        ],
        ['Amended by', amendedBy.length > 0 && amendedBy.map(({ number }) => referenceOf(number)).join(', ')],
        ['Used for', decision.usedFor],
      ]}
    />
  );
}

function Votes({ page, view }: Props) {
  const { decision, roll, recusals, standing } = view.record;
  const weight = (line: RollRow) => weightText(line.weight, decision.weightCurrency);
  const totals = standing?.options.map(
    (share, index) =>
      `${decision.options[index]!} ${share.people}${decision.weightCurrency === null ? '' : ` (${weightText(share.weight, decision.weightCurrency)} ${decision.weightCurrency})`}`,
  );
  return (
    <Card
      title="Votes"
      note={
        standing && totals
          ? `${totals.join(', ')}, abstained ${standing.abstained.people}; ${standing.voted.people} of ${standing.entitled.people} voted`
          : undefined
      }
      flush
    >
      <Table
        caption="The roll, and how everybody voted"
        rows={roll}
        empty={{ title: 'The roll is drawn when the vote opens' }}
        columns={[
          { heading: 'Person', cell: ({ person }) => person },
          { heading: 'Seat', cell: ({ seat }) => seat },
          { heading: 'Weight', kind: 'number', cell: weight },
          {
            heading: 'Vote',
            cell: (line) =>
              line.recused !== null
                ? `Recused. ${groundWords[line.recused]}: ${line.recusalReason ?? ''}`
                : (choiceText(decision.options, line.choice) ??
                  (line.ballotId === null ? 'Did not vote' : 'Voted')),
          },
          {
            heading: 'When',
            cell: ({ votedAt }) =>
              votedAt && <InstantText at={votedAt} timeZone={view.timeZone} locale={localeOf(page)} />,
          },
        ]}
      />
      {recusals.some(({ personId }) => !roll.some((line) => line.personId === personId)) && (
        <p class="tb-quiet px-3">
          Also stepped aside, without a vote:{' '}
          {recusals
            .filter(({ personId }) => !roll.some((line) => line.personId === personId))
            .map(({ person }) => person)
            .join(', ')}
        </p>
      )}
    </Card>
  );
}

function Words({ title, none, children }: { title: string; none: string; children: ComponentChildren[] }) {
  return <Card title={title}>{children.length === 0 ? <p class="mb-0">{none}</p> : children}</Card>;
}
