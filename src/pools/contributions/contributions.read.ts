import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { listPage, type Page } from '../../platform/http/list.js';
import type { ContributionQuery } from './contribution.dto.js';

/** Money received, in minor units of the pool's currency unless said otherwise. */
export interface ContributionRow {
  id: string;
  coalitionId: string;
  poolId: string;
  funderId: string;
  funder: string;
  amount: bigint;
  fee: bigint;
  currency: string;
  /** As the funder paid it, where that was in another currency. */
  paidAmount: bigint | null;
  paidCurrency: string | null;
  /** What it settles of pledges, in their currency; of what was tendered in it. */
  applied: bigint;
  tendered: bigint;
  appliedCurrency: string;
  /** The same part of what arrived. */
  appliedInPool: bigint;
  receivedOn: Day;
  bankReference: string;
  earmarkGoalId: string | null;
  earmarkGrantId: string | null;
  entryId: string;
  reversalReason: string | null;
  recordedAt: Date;
}

export interface ApplicationRow {
  instalmentId: string;
  pledgeId: string;
  reference: string;
  number: number;
  dueOn: Day;
  currency: string;
  amount: bigint;
}

const contributions = `
  SELECT c.id, c.coalition_id AS "coalitionId", c.pool_id AS "poolId", c.funder_id AS "funderId", o.name AS funder,
    c.amount, c.fee, c.currency, c.paid_amount AS "paidAmount", c.paid_currency AS "paidCurrency",
    used.amount AS applied, tender.amount AS tendered, tender.currency AS "appliedCurrency",
    floor(c.amount::numeric * used.amount / tender.amount)::bigint AS "appliedInPool",
    c.received_on AS "receivedOn", c.bank_reference AS "bankReference", c.earmark_goal_id AS "earmarkGoalId",
    c.earmark_grant_id AS "earmarkGrantId", c.entry_id AS "entryId", c.reversal_reason AS "reversalReason",
    c.recorded_at AS "recordedAt"
  FROM contributions c JOIN organisations o ON o.id = c.funder_id
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(a.amount), 0)::bigint AS amount, min(p.currency) AS currency
    FROM contribution_applications a JOIN pledge_instalments i ON i.id = a.pledge_instalment_id
    JOIN pledges p ON p.id = i.pledge_id WHERE a.contribution_id = c.id) AS used
  CROSS JOIN LATERAL (
    SELECT CASE WHEN used.currency = c.paid_currency THEN c.paid_amount ELSE c.amount END AS amount,
      coalesce(used.currency, c.currency) AS currency) AS tender`;

/** What contributions come to together. Minor units of the pool's currency. */
export type ContributionTotals = Pick<ContributionRow, 'amount' | 'fee' | 'appliedInPool'>;

const contributionsMeant = (poolId: string, query: ContributionQuery) => ({
  sql: `${contributions} WHERE c.pool_id = $1 AND ($2::uuid IS NULL OR c.funder_id = $2)
    AND ($3::date IS NULL OR c.received_on >= $3) AND ($4::date IS NULL OR c.received_on <= $4)`,
  parameters: [
    poolId,
    query.funderId ?? null,
    query['receivedOn.gte'] ?? null,
    query['receivedOn.lte'] ?? null,
  ],
});

/** @throws notFound */
export async function readContribution(tx: Tx, contributionId: string): Promise<ContributionRow> {
  const contribution = await tx.row<ContributionRow>(`${contributions} WHERE c.id = $1`, [contributionId]);
  if (!contribution) throw notFound('contribution');
  return contribution;
}

export const listContributions = (
  tx: Tx,
  poolId: string,
  query: ContributionQuery,
): Promise<Page<ContributionRow>> =>
  listPage<ContributionRow>(
    tx,
    {
      ...contributionsMeant(poolId, query),
      sorts: {
        receivedOn: { column: '"receivedOn"', type: 'date' },
        funder: { column: 'funder', type: 'text' },
        amount: { column: 'amount', type: 'bigint' },
      },
      defaultSort: '-receivedOn',
    },
    query,
  );

/** What all the contributions of a list come to, not those of one page alone; what was reversed counts no more. */
export async function totalsOfContributions(
  tx: Tx,
  poolId: string,
  query: ContributionQuery,
): Promise<ContributionTotals> {
  const { sql, parameters } = contributionsMeant(poolId, query);
  const row = await tx.row<ContributionTotals>(
    `SELECT coalesce(sum(amount), 0)::bigint AS amount, coalesce(sum(fee), 0)::bigint AS fee,
       coalesce(sum("appliedInPool"), 0)::bigint AS "appliedInPool"
     FROM (${sql}) AS list WHERE "reversalReason" IS NULL`,
    parameters,
  );
  if (!row) throw new Error('A sum without groups is one row.');
  return row;
}

/** What a contribution settles. */
export const applicationsOf = (tx: Tx, contributionId: string): Promise<ApplicationRow[]> =>
  tx.rows<ApplicationRow>(
    `SELECT i.id AS "instalmentId", p.id AS "pledgeId", p.reference, i.number, i.due_on AS "dueOn", p.currency, a.amount
     FROM contribution_applications a JOIN pledge_instalments i ON i.id = a.pledge_instalment_id
     JOIN pledges p ON p.id = i.pledge_id WHERE a.contribution_id = $1 ORDER BY i.due_on, i.number`,
    [contributionId],
  );

/** An instalment that a contribution could settle, and how much of it it settles now. */
export interface SettleableInstalment extends ApplicationRow {
  /** Still to come, besides what this contribution settles. */
  open: bigint;
}

/** The instalments that a contribution settles, or could, of those its funder owes in this currency; oldest first. */
export const settleableBy = (
  tx: Tx,
  { id, poolId, funderId, earmarkGoalId, earmarkGrantId }: ContributionRow,
  currency: string,
): Promise<SettleableInstalment[]> =>
  tx.rows<SettleableInstalment>(
    `SELECT i.id AS "instalmentId", p.id AS "pledgeId", p.reference, i.number, i.due_on AS "dueOn", p.currency,
       coalesce(a.amount, 0)::bigint AS amount, i.amount - i.received AS open
     FROM pledge_instalments i JOIN pledges p ON p.id = i.pledge_id
     LEFT JOIN contribution_applications a ON a.pledge_instalment_id = i.id AND a.contribution_id = $1
     WHERE p.pool_id = $2 AND p.funder_id = $3 AND p.currency = $4
       AND (a.id IS NOT NULL OR (p.state = 'signed' AND i.received < i.amount))
       AND (num_nonnulls(p.earmark_goal_id, p.earmark_grant_id) = 0 OR p.earmark_goal_id = $5 OR p.earmark_grant_id = $6)
     ORDER BY i.due_on, p.id, i.number`,
    [id, poolId, funderId, currency, earmarkGoalId, earmarkGrantId],
  );
