import { heldForBondsSql } from '../ledger/chart-of-accounts.js';
import type { FeePolicy } from './fees/fee.rules.js';
import { atPlanningRate } from './pledges/planning.js';
import type { ApprovalTier } from './approvals/approval-tiers.js';
import type { Day } from '../maths/day.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, fieldError, notFound } from '../platform/errors/domain-error.js';

/** A pool's row, locked: whoever decides over its money holds this lock, so that decisions queue up. */
export interface LockedPool extends FeePolicy {
  id: string;
  coalitionId: string;
  name: string;
  currency: string;
  attributionRule: 'pro_rata' | 'fifo' | 'earmark_first';
  reserve: bigint;
  confidenceBasisPoints: number;
  approvalTiers: ApprovalTier[];
  /** Nothing is posted on or before it. */
  lockedThrough: Day | null;
  /** Reports were made as of then: nothing is recorded at or before it any more. */
  reportedThrough: Date | null;
}

const columns = `id, coalition_id AS "coalitionId", name, currency, attribution_rule AS "attributionRule", reserve,
  confidence_basis_points AS "confidenceBasisPoints", fee_basis_points AS "feeBasisPoints",
  fee_host_id AS "feeHostId", fee_on AS "feeOn", fee_minimum AS "feeMinimum", fee_cap AS "feeCap", approval_tiers AS "approvalTiers",
  locked_through AS "lockedThrough", reported_through AS "reportedThrough"`;

/**
 * Locks the pool until the transaction ends. Every decision over a pool's money begins here: what is
 * available cannot change between the check and the posting.
 */
export async function lockPool(tx: Tx, poolId: string): Promise<LockedPool> {
  const pool = await tx.row<LockedPool>(`SELECT ${columns} FROM pools WHERE id = $1 FOR UPDATE`, [poolId]);
  if (!pool) throw notFound('pool');
  if (pool.reportedThrough) tx.beAfter(pool.reportedThrough);
  return pool;
}

/**
 * Closes the past of a pool up to an instant: whatever holds its lock now is waited for, and whoever comes later
 * records after it. So what a report says as of then stays so, without holding the pool while it is made.
 */
export async function closePast(tx: Tx, poolId: string, instant: Date): Promise<void> {
  await lockPool(tx, poolId);
  await tx.run(
    `UPDATE pools SET reported_through = $2 WHERE id = $1 AND (reported_through IS NULL OR reported_through < $2)`,
    [poolId, instant],
  );
}

/**
 * Refuses a date in a locked period, naming its field. The database holds the same rule for every posting.
 * @throws periodLocked
 */
export function requireOpenPeriod({ lockedThrough }: LockedPool, on: Day, pointer: string): void {
  if (lockedThrough === null || on > lockedThrough) return;
  const sentence = `The pool is locked through ${lockedThrough}. Choose a later date, or have the period unlocked.`;
  throw fieldError('periodLocked', pointer, sentence);
}

/** Where a pool stands, in minor units of its currency; every figure is positive on its natural side. */
export interface PoolPosition {
  cash: bigint;
  fundBalances: bigint;
  unearmarked: bigint;
  feesPayable: bigint;
  /** Investors' money and outcome payments in the cash, less what bonds have paid: no grant is paid from it. */
  heldForBonds: bigint;
  /** What the currencies cost and is not shared among the funders yet; below zero where they brought something. */
  exchangeLoss: bigint;
  /** At the planning rate, where a pledge is in another currency. */
  pledgesReceivable: bigint;
  grantsOutstanding: bigint;
  /** What the host will charge on what is still to be paid to grants, where the fee is on payments. */
  feesToCome: bigint;
  reserve: bigint;
  /** Approved for payment, but not settled yet, fees included: to grants and back to funders. */
  approvedUnsettled: bigint;
  /** Of this, refunds: no grant counts on it any more. */
  approvedRefunds: bigint;
  availableToDisburse: bigint;
  availableToCommit: bigint;
}

type Figures = Omit<PoolPosition, 'availableToDisburse' | 'availableToCommit'>;

/**
 * The position of a pool from its account balances, as DOMAIN rules: what is available to disburse (for no
 * particular purpose) is unearmarked fund balances less reserve and approved payments, and never more than
 * cash less fees payable and less what is held for bonds; what is available to commit is fund balances and open pledges (at the pool's
 * confidence) less grants outstanding, the fees on them and reserve. Neither is shown below zero.
 */
export async function poolPosition(tx: Tx, poolId: string): Promise<PoolPosition> {
  const { confidenceBasisPoints, ...figures } = await readFigures(tx, poolId);
  return { ...figures, ...available(figures, confidenceBasisPoints) };
}

async function readFigures(tx: Tx, poolId: string): Promise<Figures & { confidenceBasisPoints: number }> {
  const row = await tx.row<Figures & { confidenceBasisPoints: number }>(
    `SELECT p.reserve, p.confidence_basis_points AS "confidenceBasisPoints",
       coalesce(sum(a.balance) FILTER (WHERE a.kind = 'cash'), 0)::bigint AS cash,
       -coalesce(sum(a.balance) FILTER (WHERE a.kind = 'fundBalance'), 0)::bigint AS "fundBalances",
       -coalesce(sum(a.balance) FILTER (WHERE a.kind = 'fundBalance' AND a.earmark_id IS NULL), 0)::bigint AS unearmarked,
       -coalesce(sum(a.balance) FILTER (WHERE a.kind = 'feesPayable'), 0)::bigint AS "feesPayable",
       -coalesce(sum(a.balance) FILTER (WHERE a.kind IN (${heldForBondsSql})), 0)::bigint AS "heldForBonds",
       coalesce(sum(a.balance) FILTER (WHERE a.kind = 'exchangeDifference'), 0)::bigint AS "exchangeLoss",
       (SELECT coalesce(sum(${atPlanningRate('o.balance')}), 0)::bigint FROM accounts o JOIN pledges p ON p.id = o.subject_id
        WHERE o.pool_id = $1 AND o.kind = 'pledgesReceivable') AS "pledgesReceivable",
       -coalesce(sum(a.balance) FILTER (WHERE a.kind = 'grantsOutstanding'), 0)::bigint AS "grantsOutstanding",
       CASE WHEN p.fee_on = 'disbursement' THEN (SELECT coalesce(sum(payment_fee(p, i.amount)), 0)::bigint FROM instalments i JOIN grants g ON g.id = i.grant_id
        WHERE i.pool_id = p.id AND i.state NOT IN ('paid', 'cancelled')
          AND g.state IN ('awarded', 'active', 'suspended', 'closing')) ELSE 0::bigint END AS "feesToCome",
       ((SELECT coalesce(sum(d.amount + payment_fee(p, d.amount)), 0) FROM disbursements d WHERE d.pool_id = p.id AND d.state = 'approved')
         + r.refunds)::bigint AS "approvedUnsettled", r.refunds::bigint AS "approvedRefunds"
     FROM pools p LEFT JOIN accounts a ON a.pool_id = p.id
     CROSS JOIN LATERAL (SELECT coalesce(sum(f.amount), 0) AS refunds FROM refunds f
       WHERE f.pool_id = p.id AND f.state = 'approved') AS r
     WHERE p.id = $1 GROUP BY p.id, r.refunds`,
    [poolId],
  );
  if (!row) throw notFound('pool');
  return row;
}

/** The two availabilities, from the figures they are made of. Pledges at confidence are rounded down. */
export function available(
  figures: Figures,
  confidenceBasisPoints: number,
): Pick<PoolPosition, 'availableToDisburse' | 'availableToCommit'> {
  const free = figures.unearmarked - figures.reserve - figures.approvedUnsettled;
  const inHand = figures.cash - figures.feesPayable - figures.heldForBonds - figures.approvedUnsettled;
  return {
    availableToDisburse: atLeastZero(free < inHand ? free : inHand),
    availableToCommit: atLeastZero(uncommitted(figures, confidenceBasisPoints)),
  };
}

function uncommitted(figures: Figures, confidenceBasisPoints: number): bigint {
  const expected = (figures.pledgesReceivable * BigInt(confidenceBasisPoints)) / 10_000n;
  return (
    figures.fundBalances -
    figures.approvedRefunds -
    atLeastZero(figures.exchangeLoss) +
    expected -
    figures.grantsOutstanding -
    figures.feesToCome -
    figures.reserve
  );
}

const atLeastZero = (amount: bigint): bigint => (amount > 0n ? amount : 0n);

/**
 * Refuses what would leave promises without their money: approved payments that cash, or fund balances less the
 * reserve, no longer carry; grants outstanding beyond what may be committed. Ask after the change, before it commits.
 * @throws insufficientFunds
 */
export async function requireCovered(tx: Tx, poolId: string): Promise<void> {
  const { confidenceBasisPoints, ...figures } = await readFigures(tx, poolId);
  const { approvedUnsettled, grantsOutstanding, cash, feesPayable, fundBalances, reserve } = figures;
  const inHand = cash - feesPayable - figures.heldForBonds;
  const carried = inHand < fundBalances - reserve ? inHand : fundBalances - reserve;
  if (approvedUnsettled > 0n && carried < approvedUnsettled) {
    const sentence = 'Payments that are approved count on this money. Settle them or take them back first.';
    throw new DomainError('insufficientFunds', sentence);
  }
  if (grantsOutstanding > 0n && uncommitted(figures, confidenceBasisPoints) < 0n) {
    const sentence = 'Grants that are awarded count on this money: more would be committed than there is.';
    throw new DomainError('insufficientFunds', sentence);
  }
}

/** What each funder has left in a pool, by earmark, oldest account first. */
export interface FunderBalance {
  accountId: string;
  funderId: string;
  earmarkId: string | null;
  remaining: bigint;
}

export async function funderBalances(tx: Tx, poolId: string): Promise<FunderBalance[]> {
  return tx.rows<FunderBalance>(
    `SELECT id AS "accountId", subject_id AS "funderId", earmark_id AS "earmarkId", (-balance)::bigint AS remaining
     FROM accounts WHERE pool_id = $1 AND kind = 'fundBalance' ORDER BY id`,
    [poolId],
  );
}
