import type { Tx } from '../platform/database/tx.js';
import type { RecusalGround } from './conflict.rules.js';
import { type DecisionRecordAnswer, toStandingAnswer, type VoteAnswer, weightText } from './decision.dto.js';
import { abstention, count, referenceOf, type Standing, type Vote } from './decision.rules.js';
import type { DecisionRooms, DecisionSubject } from './decision-subjects.js';
import { type DecisionRow, readDecision, toDecisionAnswer } from './decisions.read.js';

/** A line of the roll with the ballot that counts of it. */
export interface RollRow {
  id: string;
  personId: string;
  person: string;
  seat: string;
  weight: bigint;
  recused: RecusalGround | null;
  recusalReason: string | null;
  ballotId: string | null;
  choice: number | null;
  votedAt: Date | null;
  changes: number;
  dissent: string | null;
}

export interface Dissent {
  id: string;
  personId: string;
  person: string;
  words: string;
  at: Date;
}

export interface Minutes {
  id: string;
  text: string;
  writtenBy: string;
  writtenAt: Date;
}

export interface Recusal {
  personId: string;
  person: string;
  ground: RecusalGround;
  reason: string;
  recordedBy: string | null;
  at: Date;
}

export interface LinkedDecision {
  id: string;
  number: number;
  title: string;
  how: 'amends' | 'supersedes';
}

/** A decision with all that was written down about it, as one person may see it. */
export interface DecisionRecord {
  decision: DecisionRow;
  subject: DecisionSubject | undefined;
  roll: RollRow[];
  recusals: Recusal[];
  /** The count; null while the viewer may not see it. */
  standing: Standing | null;
  /** Empty while the viewer may not see how others voted. */
  dissents: Dissent[];
  minutes: Minutes[];
  amendedBy: LinkedDecision[];
  /** The viewer's own line of the roll. */
  own: RollRow | undefined;
  seesVotes: boolean;
}

/** Everything about a decision. How others vote is seen by those who have voted, and by all once it is over. */
export async function readRecord(
  tx: Tx,
  rooms: DecisionRooms,
  decisionId: string,
  personId: string | undefined,
): Promise<DecisionRecord> {
  const decision = await readDecision(tx, decisionId);
  const roll = await readRoll(tx, decisionId);
  const own = roll.find((line) => line.personId === personId);
  const seesVotes = !['draft', 'open'].includes(decision.state) || (own?.ballotId ?? null) !== null;
  const { subjectKind, subjectId } = decision;
  return {
    decision,
    subject:
      subjectKind === 'general' || subjectId === null
        ? undefined
        : await rooms.naming(subjectKind).describe(tx, subjectId),
    roll: seesVotes ? roll : roll.map((line) => (line === own ? line : withoutVote(line))),
    recusals: await readRecusals(tx, decisionId),
    standing: seesVotes && roll.length > 0 ? count(voteOf(decision, roll)) : null,
    dissents: seesVotes ? await readDissents(tx, decisionId) : [],
    minutes: await readMinutes(tx, decisionId),
    amendedBy: await tx.rows<LinkedDecision>(
      `SELECT id, number, title, amends_how AS how FROM decisions WHERE amends_id = $1 ORDER BY number`,
      [decisionId],
    ),
    own,
    seesVotes,
  };
}

const withoutVote = (line: RollRow): RollRow => ({
  ...line,
  ...{ choice: null, votedAt: null, changes: 0, dissent: null },
});

/** What a count is made of: the roll as it was drawn, less who is recused. */
export const voteOf = (decision: DecisionRow, roll: readonly RollRow[]): Vote => ({
  ...decision,
  voters: roll,
  recused: new Set(roll.filter(({ recused }) => recused !== null).map(({ personId }) => personId)),
  ballots: new Map(
    roll.flatMap(({ personId, choice }): [string, number][] => (choice === null ? [] : [[personId, choice]])),
  ),
});

export const readRoll = (tx: Tx, decisionId: string): Promise<RollRow[]> =>
  tx.rows<RollRow>(
    `SELECT v.id, v.person_id AS "personId", p.name AS person, v.seat, v.weight, r.ground AS recused,
       r.reason AS "recusalReason", b.id AS "ballotId", b.choice, b.at AS "votedAt",
       (SELECT greatest(count(*) - 1, 0)::int FROM decision_ballots c WHERE c.decision_id = v.decision_id AND c.person_id = v.person_id) AS changes,
       (SELECT string_agg(w.words, E'\\n\\n' ORDER BY w.at, w.id) FROM decision_dissents w
        WHERE w.decision_id = v.decision_id AND w.person_id = v.person_id) AS dissent
     FROM decision_voters v JOIN persons p ON p.id = v.person_id
     LEFT JOIN decision_recusals r ON r.decision_id = v.decision_id AND r.person_id = v.person_id
     LEFT JOIN decision_ballots b ON b.decision_id = v.decision_id AND b.person_id = v.person_id
       AND NOT EXISTS (SELECT 1 FROM decision_ballots n WHERE n.supersedes_id = b.id)
     WHERE v.decision_id = $1 ORDER BY p.name, v.id`,
    [decisionId],
  );

const readRecusals = (tx: Tx, decisionId: string): Promise<Recusal[]> =>
  tx.rows<Recusal>(
    `SELECT r.person_id AS "personId", p.name AS person, r.ground, r.reason, b.name AS "recordedBy", r.at
     FROM decision_recusals r JOIN persons p ON p.id = r.person_id LEFT JOIN persons b ON b.id = r.recorded_by
     WHERE r.decision_id = $1 ORDER BY p.name`,
    [decisionId],
  );

const readDissents = (tx: Tx, decisionId: string): Promise<Dissent[]> =>
  tx.rows<Dissent>(
    `SELECT d.id, d.person_id AS "personId", p.name AS person, d.words, d.at
     FROM decision_dissents d JOIN persons p ON p.id = d.person_id WHERE d.decision_id = $1 ORDER BY d.at, d.id`,
    [decisionId],
  );

const readMinutes = (tx: Tx, decisionId: string): Promise<Minutes[]> =>
  tx.rows<Minutes>(
    `SELECT m.id, m.text, p.name AS "writtenBy", m.written_at AS "writtenAt"
     FROM decision_minutes m JOIN persons p ON p.id = m.written_by WHERE m.decision_id = $1 ORDER BY m.written_at, m.id`,
    [decisionId],
  );

export const choiceText = (options: readonly string[], choice: number | null): string | null =>
  choice === null ? null : choice === abstention ? 'Abstains' : (options[choice - 1] ?? null);

export const toVoteAnswer = (
  { ballotId, votedAt, ...line }: RollRow,
  { options, weightCurrency }: DecisionRow,
): VoteAnswer => ({
  ...line,
  weight: weightText(line.weight, weightCurrency),
  hasVoted: ballotId !== null,
  choiceText: choiceText(options, line.choice),
  votedAt: votedAt?.toISOString() ?? null,
});

export function toRecordAnswer(record: DecisionRecord): DecisionRecordAnswer {
  const { decision, standing } = record;
  return {
    ...toDecisionAnswer(decision),
    motion: decision.motion,
    subjectTitle: record.subject?.title ?? null,
    withdrawnReason: decision.withdrawnReason,
    standing: standing && toStandingAnswer(standing, decision.options, decision.weightCurrency),
    votes: record.roll.map((line) => toVoteAnswer(line, decision)),
    dissents: record.dissents.map(({ at, ...dissent }) => ({ ...dissent, at: at.toISOString() })),
    minutes: record.minutes.map(({ writtenAt, ...rest }) => ({
      ...rest,
      writtenAt: writtenAt.toISOString(),
    })),
    amendedBy: record.amendedBy.map(({ number, ...rest }) => ({ ...rest, reference: referenceOf(number) })),
  };
}
