import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { listPage, type Page } from '../../platform/http/list.js';
import type { ConditionQuery } from './condition.dto.js';
import { type ConditionState, conditionText, type ConditionTerms } from './condition.rules.js';

/** A condition of a grant. Money in minor units of the grant's currency. */
export interface Condition extends ConditionTerms {
  id: string;
  coalitionId: string;
  poolId: string;
  grantId: string;
  grantReference: string;
  organisationId: string;
  organisation: string;
  currency: string;
  /** Null: it holds nothing by itself; instalments fall due after it. */
  appliesFrom: Day | null;
  state: ConditionState;
  metOn: Day | null;
  note: string;
  addedBy: string | null;
  addedAt: Date;
  waiverApprovalId: string | null;
  waiverReason: string | null;
  /** The motion that must pass. */
  decisionId: string | null;
  waiverDecisionId: string | null;
  /** Whether somebody has asked to waive it, and nobody has decided yet. */
  isWaiverAsked: boolean;
}

const conditions = `
  SELECT c.id, c.coalition_id AS "coalitionId", g.pool_id AS "poolId", c.grant_id AS "grantId",
    g.reference AS "grantReference", g.organisation_id AS "organisationId", o.name AS organisation, g.currency,
    c.kind, c.applies_from AS "appliesFrom", c.subject, c.on_day AS "onDay",
    c.match_amount AS "matchAmount", c.match_raised AS "matchRaised", c.state, c.met_on AS "metOn", c.note,
    p.name AS "addedBy", c.added_at AS "addedAt", c.waiver_approval_id AS "waiverApprovalId",
    c.waiver_reason AS "waiverReason", c.decision_id AS "decisionId", c.waiver_decision_id AS "waiverDecisionId",
    coalesce(a.state = 'open', false) AS "isWaiverAsked"
  FROM conditions c JOIN grants g ON g.id = c.grant_id JOIN organisations o ON o.id = g.organisation_id
  LEFT JOIN persons p ON p.id = c.added_by LEFT JOIN approvals a ON a.id = c.waiver_approval_id`;

/** @throws notFound */
export async function readCondition(tx: Tx, conditionId: string): Promise<Condition> {
  const condition = await tx.row<Condition>(`${conditions} WHERE c.id = $1`, [conditionId]);
  if (!condition) throw notFound('condition');
  return condition;
}

/** The conditions of a grant, in the order in which they bite. */
export const conditionsOfGrant = (tx: Tx, grantId: string): Promise<Condition[]> =>
  tx.rows<Condition>(`${conditions} WHERE c.grant_id = $1 ORDER BY c.applies_from, c.added_at, c.id`, [
    grantId,
  ]);

/** Conditions of a grant, or of all grants of a coalition; `organisationIds` narrows them to a partner's own. */
export interface ConditionScope {
  coalitionId: string;
  grantId?: string;
  organisationIds: string[] | null;
}

/** In the order in which they bite. */
export const listConditions = (
  tx: Tx,
  scope: ConditionScope,
  query: ConditionQuery,
): Promise<Page<Condition>> =>
  listPage<Condition>(
    tx,
    {
      sql: `${conditions} WHERE c.coalition_id = $1 AND ($2::uuid IS NULL OR c.grant_id = $2)
        AND ($3::uuid[] IS NULL OR g.organisation_id = ANY ($3)) AND ($4::text IS NULL OR c.state = $4)
        AND ($5::text IS NULL OR c.kind = $5) AND ($6::uuid IS NULL OR g.organisation_id = $6)
        AND ($7::date IS NULL OR c.applies_from >= $7) AND ($8::date IS NULL OR c.applies_from <= $8)`,
      parameters: [
        scope.coalitionId,
        scope.grantId ?? null,
        scope.organisationIds,
        query.state ?? null,
        query.kind ?? null,
        query.organisationId ?? null,
        query['appliesFrom.gte'] ?? null,
        query['appliesFrom.lte'] ?? null,
      ],
      sorts: {
        // Those that hold nothing by themselves come last.
        appliesFrom: { column: `coalesce("appliesFrom", 'infinity'::date)`, type: 'date' },
        organisation: { column: 'organisation', type: 'text' },
        state: { column: 'state', type: 'text' },
        addedAt: { column: '"addedAt"', type: 'timestamptz' },
      },
      defaultSort: 'appliesFrom',
    },
    query,
  );

/** What each of these instalments waits for, in words; those that wait for nothing are not named. */
export async function openConditionsOf(tx: Tx, instalmentIds: string[]): Promise<Map<string, string[]>> {
  const rows = await tx.rows<ConditionTerms & { instalmentId: string; currency: string }>(
    `SELECT i.id AS "instalmentId", g.currency, c.kind, c.subject, c.on_day AS "onDay", c.match_amount AS "matchAmount",
       c.match_raised AS "matchRaised"
     FROM instalments i JOIN grants g ON g.id = i.grant_id JOIN conditions c ON c.grant_id = i.grant_id
     WHERE i.id = ANY ($1::uuid[]) AND c.state = 'open' AND c.applies_from <= i.nominal_on
     ORDER BY c.applies_from, c.added_at, c.id`,
    [instalmentIds],
  );
  const texts = new Map<string, string[]>();
  for (const { instalmentId, currency, ...terms } of rows) {
    texts.set(instalmentId, [...(texts.get(instalmentId) ?? []), conditionText(terms, currency)]);
  }
  return texts;
}
