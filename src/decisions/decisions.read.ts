import type { Day } from '../maths/day.js';
import type { Tx } from '../platform/database/tx.js';
import { notFound } from '../platform/errors/domain-error.js';
import { listPage, type Page } from '../platform/http/list.js';
import { type DecisionAnswer, type DecisionsQuery } from './decision.dto.js';
import {
  type DecisionMethod,
  type DecisionState,
  referenceOf,
  type Verdict,
  type VotingRule,
  type Weighting,
} from './decision.rules.js';
import type { DecisionSubjectKind } from './decision-subjects.js';

/** What the close wrote down: weights as digits, since JSON keeps no large numbers. */
export interface KeptResult extends Verdict {
  entitled: { people: number; weight: string };
  voted: { people: number; weight: string };
  abstained: { people: number; weight: string };
  options: { people: number; weight: string }[];
}

/** A motion, without who voted how. */
export interface DecisionRow {
  id: string;
  coalitionId: string;
  number: number;
  title: string;
  motion: string;
  method: DecisionMethod;
  options: string[];
  rule: VotingRule;
  weighting: Weighting;
  weightPoolId: string | null;
  weightPool: string | null;
  weightCurrency: string | null;
  quorumPercent: number;
  closesOn: Day;
  subjectKind: DecisionSubjectKind;
  subjectId: string | null;
  concernsId: string | null;
  concerns: string | null;
  amendsId: string | null;
  amendsHow: 'amends' | 'supersedes' | null;
  amendsNumber: number | null;
  amendsTitle: string | null;
  state: DecisionState;
  draftedBy: string | null;
  draftedAt: Date;
  openedAt: Date | null;
  closesAt: Date | null;
  closedAt: Date | null;
  withdrawnReason: string | null;
  result: KeptResult | null;
  entitled: number;
  voted: number;
  usedFor: string | null;
  version: number;
}

const counts = (isVoted: string): string => `
  (SELECT count(*)::int FROM decision_voters v WHERE v.decision_id = d.id ${isVoted}
     AND NOT EXISTS (SELECT 1 FROM decision_recusals r WHERE r.decision_id = d.id AND r.person_id = v.person_id))`;

const decisions = `
  SELECT d.id, d.coalition_id AS "coalitionId", d.number, d.title, d.motion, d.method, d.options, d.rule, d.weighting,
    d.weight_pool_id AS "weightPoolId", l.name AS "weightPool", l.currency AS "weightCurrency",
    d.quorum_percent AS "quorumPercent", d.closes_on AS "closesOn", d.subject_kind AS "subjectKind",
    d.subject_id AS "subjectId", d.concerns_id AS "concernsId", o.name AS concerns, d.amends_id AS "amendsId",
    d.amends_how AS "amendsHow", a.number AS "amendsNumber", a.title AS "amendsTitle", d.state, p.name AS "draftedBy",
    d.drafted_at AS "draftedAt", d.opened_at AS "openedAt", d.closes_at AS "closesAt", d.closed_at AS "closedAt",
    d.withdrawn_reason AS "withdrawnReason", d.result, d.version, u.used_for AS "usedFor",
    ${counts('')} AS entitled,
    ${counts('AND EXISTS (SELECT 1 FROM decision_ballots b WHERE b.decision_id = d.id AND b.person_id = v.person_id)')} AS voted
  FROM decisions d LEFT JOIN organisations o ON o.id = d.concerns_id LEFT JOIN pools l ON l.id = d.weight_pool_id
  LEFT JOIN decisions a ON a.id = d.amends_id LEFT JOIN persons p ON p.id = d.drafted_by
  LEFT JOIN decision_uses u ON u.decision_id = d.id`;

/** @throws notFound */
export async function readDecision(tx: Tx, decisionId: string): Promise<DecisionRow> {
  const decision = await tx.row<DecisionRow>(`${decisions} WHERE d.id = $1`, [decisionId]);
  if (!decision) throw notFound('decision');
  return decision;
}

/** A decision that nobody else moves meanwhile. @throws notFound */
export async function lockDecision(tx: Tx, decisionId: string): Promise<DecisionRow> {
  await tx.row(`SELECT 1 FROM decisions WHERE id = $1 FOR UPDATE`, [decisionId]);
  return readDecision(tx, decisionId);
}

export function listDecisions(
  tx: Tx,
  coalitionId: string,
  query: DecisionsQuery,
): Promise<Page<DecisionRow>> {
  return listPage<DecisionRow>(
    tx,
    {
      sql: `${decisions} WHERE d.coalition_id = $1 AND ($2::text IS NULL OR d.state = $2)
        AND ($3::text IS NULL OR d.subject_kind = $3) AND ($4::uuid IS NULL OR d.subject_id = $4)`,
      parameters: [coalitionId, query.state ?? null, query.subjectKind ?? null, query.subjectId ?? null],
      sorts: {
        number: { column: 'number', type: 'integer' },
        title: { column: 'title', type: 'text' },
        closesOn: { column: '"closesOn"', type: 'date' },
      },
      defaultSort: '-number',
    },
    query,
  );
}

/** How many decisions of a coalition are in each state. */
export const countDecisions = (
  tx: Tx,
  coalitionId: string,
): Promise<{ state: DecisionState; count: number }[]> =>
  tx.rows(`SELECT state, count(*)::int AS count FROM decisions WHERE coalition_id = $1 GROUP BY state`, [
    coalitionId,
  ]);

/** Passed decisions that are about this and not used yet, newest first: what can be named as its key. */
export const keysFor = (
  tx: Tx,
  subject: { kind: DecisionSubjectKind; id: string },
): Promise<{ value: string; label: string }[]> =>
  tx.rows(
    `SELECT d.id AS value, 'D-' || d.number || ': ' || d.title AS label FROM decisions d
     WHERE d.subject_kind = $1 AND d.subject_id = $2 AND d.state = 'passed'
       AND NOT EXISTS (SELECT 1 FROM decision_uses u WHERE u.decision_id = d.id)
       AND NOT EXISTS (SELECT 1 FROM decisions s WHERE s.amends_id = d.id AND s.amends_how = 'supersedes' AND s.state = 'passed')
     ORDER BY d.number DESC`,
    [subject.kind, subject.id],
  );

/** Motions that are still to be decided, newest first, as the options of a field. */
export const motionsToDecide = (tx: Tx, coalitionId: string): Promise<{ value: string; label: string }[]> =>
  tx.rows(
    `SELECT id AS value, 'D-' || number || ': ' || title AS label FROM decisions
     WHERE coalition_id = $1 AND state IN ('draft', 'open') ORDER BY number DESC`,
    [coalitionId],
  );

export function toDecisionAnswer(row: DecisionRow): DecisionAnswer {
  const instant = (at: Date | null) => at?.toISOString() ?? null;
  return {
    ...{ id: row.id, coalitionId: row.coalitionId, reference: referenceOf(row.number), title: row.title },
    ...{ method: row.method, options: row.options, rule: row.rule, weighting: row.weighting },
    ...{
      weightPoolId: row.weightPoolId,
      weightCurrency: row.weightCurrency,
      quorumPercent: row.quorumPercent,
    },
    ...{ closesOn: row.closesOn, subjectKind: row.subjectKind, subjectId: row.subjectId },
    ...{
      concernsId: row.concernsId,
      concerns: row.concerns,
      amendsId: row.amendsId,
      amendsHow: row.amendsHow,
    },
    state: row.state,
    draftedAt: row.draftedAt.toISOString(),
    ...{ openedAt: instant(row.openedAt), closesAt: instant(row.closesAt), closedAt: instant(row.closedAt) },
    ...{ entitled: row.entitled, voted: row.voted, outcome: row.result?.reason ?? row.withdrawnReason },
    ...{ usedFor: row.usedFor, version: row.version },
  };
}
