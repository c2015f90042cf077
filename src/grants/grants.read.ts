import type { Day } from '../maths/day.js';
import type { Tx } from '../platform/database/tx.js';
import { notFound } from '../platform/errors/domain-error.js';
import { containing, listPage, type Page } from '../platform/http/list.js';
import { lockPool } from '../pools/pool-position.js';
import type { GrantQuery } from './grant.dto.js';
import type { GrantState } from './grant.rules.js';
import type { ScheduleTemplate } from './grant-schedule.js';
import type { Trigger } from './triggers/trigger.rules.js';
import { triggerOf } from './triggers/triggers.read.js';
import type { ReportingDetails } from './reporting-terms.js';

/** A grant, and how much of it is paid. Minor units of its currency. */
export interface GrantRow {
  id: string;
  coalitionId: string;
  poolId: string;
  organisationId: string;
  organisation: string;
  reference: string;
  title: string;
  mode: string;
  currency: string;
  amount: bigint;
  /** Indirect costs = rate × direct costs; null where nothing was agreed on them. */
  overheadRate: string | null;
  paid: bigint;
  /** What the partner gave back of it. */
  returned: bigint;
  startOn: Day;
  endOn: Day;
  nextDueOn: Day | null;
  /** What the next of those without a day waits for. */
  nextAfter: Trigger | null;
  template: ScheduleTemplate;
  state: GrantState;
  decisionReference: string | null;
  /** The decision of the coalition that it was awarded by. */
  decisionId: string | null;
  reportingFrequency: string;
  reportingDueAfterDays: number;
  reportingTerms: ReportingDetails;
  proposedBy: string | null;
  awardedAt: Date | null;
  version: number;
}

const grants = `
  SELECT g.id, g.coalition_id AS "coalitionId", g.pool_id AS "poolId", g.organisation_id AS "organisationId",
    o.name AS organisation, g.reference, g.title, g.mode, g.currency, g.amount, g.overhead_rate::text AS "overheadRate", g.start_on AS "startOn",
    g.end_on AS "endOn", g.template, g.state, g.decision_reference AS "decisionReference", g.decision_id AS "decisionId",
    g.reporting_frequency AS "reportingFrequency", g.reporting_due_after_days AS "reportingDueAfterDays",
    g.reporting_terms AS "reportingTerms",
    g.proposed_by AS "proposedBy", g.awarded_at AS "awardedAt", g.version,
    (SELECT coalesce(sum(i.amount), 0)::bigint FROM instalments i WHERE i.grant_id = g.id AND i.state = 'paid') AS paid,
    (SELECT coalesce(sum(r.amount), 0)::bigint FROM grant_returns r WHERE r.grant_id = g.id AND r.reversed_at IS NULL) AS returned,
    (SELECT min(i.due_on) FROM instalments i WHERE i.grant_id = g.id AND i.state NOT IN ('paid', 'cancelled')) AS "nextDueOn",
    (SELECT ${triggerOf('i', 'c')} FROM instalments i LEFT JOIN conditions c ON c.id = i.after_condition_id
     WHERE i.grant_id = g.id AND i.state NOT IN ('paid', 'cancelled') AND i.due_on IS NULL
     ORDER BY i.nominal_on, i.number LIMIT 1) AS "nextAfter"
  FROM grants g JOIN organisations o ON o.id = g.organisation_id`;

/** @throws notFound */
export async function readGrant(tx: Tx, grantId: string): Promise<GrantRow> {
  const grant = await tx.row<GrantRow>(`${grants} WHERE g.id = $1`, [grantId]);
  if (!grant) throw notFound('grant');
  return grant;
}

/**
 * A grant with its pool, locked until the transaction ends: the pool first, as everybody who decides over its money.
 * @throws notFound
 */
export async function lockGrant(tx: Tx, grantId: string): Promise<GrantRow> {
  const { poolId } = await readGrant(tx, grantId);
  await lockPool(tx, poolId);
  await tx.row(`SELECT id FROM grants WHERE id = $1 FOR UPDATE`, [grantId]);
  return readGrant(tx, grantId);
}

/** Grants of a pool or a whole coalition; `organisationIds` narrows them to a partner's own. */
export interface GrantScope {
  poolId?: string;
  coalitionId?: string;
  organisationIds: string[] | null;
}

export function listGrants(tx: Tx, scope: GrantScope, query: GrantQuery): Promise<Page<GrantRow>> {
  return listPage<GrantRow>(
    tx,
    {
      sql: `${grants} WHERE ($1::uuid IS NULL OR g.pool_id = $1) AND ($2::uuid IS NULL OR g.coalition_id = $2)
        AND ($3::uuid[] IS NULL OR g.organisation_id = ANY ($3)) AND ($4::text IS NULL OR g.state = $4)
        AND ($5::uuid IS NULL OR g.organisation_id = $5)
        AND ($6::uuid IS NULL OR EXISTS (SELECT 1 FROM grant_goals x WHERE x.grant_id = g.id AND x.goal_id = $6))
        AND ($7::text IS NULL OR g.reference ILIKE $7 OR g.title ILIKE $7)`,
      parameters: [
        scope.poolId ?? null,
        scope.coalitionId ?? null,
        scope.organisationIds,
        query.state ?? null,
        query.organisationId ?? null,
        query.goalId ?? null,
        containing(query.text),
      ],
      sorts: {
        reference: { column: 'reference', type: 'text' },
        title: { column: 'title', type: 'text' },
        organisation: { column: 'organisation', type: 'text' },
        amount: { column: 'amount', type: 'bigint' },
        startOn: { column: '"startOn"', type: 'date' },
      },
      defaultSort: '-startOn',
    },
    query,
  );
}

/** How many grants of a scope are in each state. */
export const countGrants = (tx: Tx, scope: GrantScope): Promise<{ state: GrantState; count: number }[]> =>
  tx.rows(
    `SELECT state, count(*)::int AS count FROM grants WHERE ($1::uuid IS NULL OR pool_id = $1)
       AND ($2::uuid IS NULL OR coalition_id = $2) AND ($3::uuid[] IS NULL OR organisation_id = ANY ($3)) GROUP BY state`,
    [scope.poolId ?? null, scope.coalitionId ?? null, scope.organisationIds],
  );

/** The partners of a scope that were granted something, or asked for it, by name. */
export const partnersOf = (tx: Tx, scope: GrantScope): Promise<{ value: string; label: string }[]> =>
  tx.rows(
    `SELECT o.id AS value, o.name AS label FROM organisations o WHERE o.id IN (
       SELECT organisation_id FROM grants WHERE ($1::uuid IS NULL OR pool_id = $1)
         AND ($2::uuid IS NULL OR coalition_id = $2) AND ($3::uuid[] IS NULL OR organisation_id = ANY ($3))) ORDER BY o.name`,
    [scope.poolId ?? null, scope.coalitionId ?? null, scope.organisationIds],
  );

export const goalsOfGrant = (tx: Tx, grantId: string): Promise<{ id: string; name: string }[]> =>
  tx.rows(
    `SELECT o.id, o.name FROM goals o JOIN grant_goals g ON g.goal_id = o.id WHERE g.grant_id = $1 ORDER BY o.name`,
    [grantId],
  );

/**
 * What a grant ($1) moved on the funders' balances, account by account: its payments, and against them what the bank or
 * the partner gave back. Fees on payments are not the partner's, and not among them.
 */
export const moneyOfGrant = `
  SELECT p.account_id, p.amount
  FROM (SELECT id FROM disbursements WHERE grant_id = $1 UNION ALL SELECT id FROM grant_returns WHERE grant_id = $1) AS d
  JOIN journal_entries e ON e.document_id = d.id AND (e.kind LIKE 'disbursement.%' OR e.kind LIKE 'grantReturn.%')
  JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.account_id AND a.kind = 'fundBalance'`;

/** Whose money has paid the grant, by the postings of its payments; what was taken or given back is taken off. */
export interface FunderShare {
  funderId: string;
  funder: string;
  amount: bigint;
}

export const paidBy = (tx: Tx, grantId: string): Promise<FunderShare[]> =>
  tx.rows<FunderShare>(
    `SELECT a.subject_id AS "funderId", o.name AS funder, sum(m.amount)::bigint AS amount
     FROM (${moneyOfGrant}) AS m JOIN accounts a ON a.id = m.account_id JOIN organisations o ON o.id = a.subject_id
     GROUP BY a.subject_id, o.name HAVING sum(m.amount) <> 0 ORDER BY 3 DESC, o.name`,
    [grantId],
  );

/** The payment that each instalment of a grant has, if it is asked for, approved or made. */
export const paymentsOfGrant = (
  tx: Tx,
  grantId: string,
): Promise<{ instalmentId: string; disbursementId: string }[]> =>
  tx.rows(
    `SELECT instalment_id AS "instalmentId", id AS "disbursementId" FROM disbursements
     WHERE grant_id = $1 AND state IN ('proposed', 'approved', 'settled')`,
    [grantId],
  );
