import type { HoldReason } from '../grants/instalment.rules.js';
import type { Day } from '../maths/day.js';
import type { Tx } from '../platform/database/tx.js';
import type { Disbursement } from './disbursements.read.js';
import type { ApprovalTier } from '../pools/approvals/approval-tiers.js';
import { type PoolPosition, poolPosition } from '../pools/pool-position.js';

/**
 * The way of money out: held for lack of cash, due, asked for, approved, in a batch, in a released file, at the bank;
 * what is settled has left it.
 */
export type Stage = 'held' | 'due' | 'proposed' | 'approved' | 'batched' | 'released' | 'sent';

/** An instalment under way, and the payment that was asked for it. Minor units. */
export interface UnderWay {
  instalmentId: string;
  stage: Stage;
  poolId: string;
  poolName: string;
  grantId: string;
  grantReference: string;
  grantTitle: string;
  number: number;
  payee: string;
  amount: bigint;
  currency: string;
  dueOn: Day;
  holdReasons: HoldReason[];
  disbursementId: string | null;
  approvalId: string | null;
  madeByName: string | null;
  required: number | null;
  given: number | null;
  batchId: string | null;
  batchNumber: number | null;
}

/** What is at a stage, of one pool and so in one currency. */
export interface StageTotal {
  stage: Stage;
  poolId: string;
  currency: string;
  count: number;
  amount: bigint;
}

/** A pool, and what it can pay out. */
export interface RunPool {
  id: string;
  name: string;
  currency: string;
  approvalTiers: ApprovalTier[];
  lockedThrough: Day | null;
  position: PoolPosition;
}

/** Money out of a coalition as it stands. */
export interface PaymentRunView {
  coalitionId: string;
  pools: RunPool[];
  underWay: UnderWay[];
  totals: StageTotal[];
  settled: Disbursement[];
  today: Day;
}

/** The most rows shown of a stage, and the most one asks for together; the totals count all. */
export const mostOfStage = 100;

const underWay = `
  SELECT i.id AS "instalmentId", i.due_on AS "dueOn", i.number, i.amount, i.hold_reasons AS "holdReasons",
    i.pool_id AS "poolId", p.name AS "poolName", g.id AS "grantId", g.reference AS "grantReference",
    g.title AS "grantTitle", g.currency, o.name AS payee, d.id AS "disbursementId", d.approval_id AS "approvalId",
    m.name AS "madeByName", a.required,
    (SELECT count(*)::int FROM approval_signatures s WHERE s.approval_id = a.id AND s.verdict = 'approve') AS given,
    b.id AS "batchId", b.number AS "batchNumber",
    CASE WHEN i.state = 'held' THEN 'held' WHEN d.id IS NULL THEN 'due' WHEN b.state = 'open' THEN 'batched'
      ELSE coalesce(b.state, d.state) END AS stage
  FROM instalments i JOIN pools p ON p.id = i.pool_id JOIN grants g ON g.id = i.grant_id
  JOIN organisations o ON o.id = g.organisation_id
  LEFT JOIN disbursements d ON d.instalment_id = i.id AND d.state IN ('proposed', 'approved')
  LEFT JOIN payment_batch_lines l ON l.disbursement_id = d.id AND l.living LEFT JOIN payment_batches b ON b.id = l.batch_id
  LEFT JOIN approvals a ON a.id = d.approval_id LEFT JOIN persons m ON m.id = d.made_by
  WHERE i.coalition_id = $1 AND i.state IN ('held', 'due', 'approved', 'inPayment')`;

/** What is under way in a coalition, in due order; of each stage the first `mostOfStage`. */
export const readUnderWay = (tx: Tx, coalitionId: string): Promise<UnderWay[]> =>
  tx.rows<UnderWay>(
    `SELECT * FROM (
       SELECT *, row_number() OVER (PARTITION BY stage ORDER BY "dueOn", "instalmentId") AS place FROM (${underWay}) AS way
     ) AS placed WHERE place <= ${mostOfStage} ORDER BY "dueOn", "instalmentId"`,
    [coalitionId],
  );

/** The same, of these instalments only: what is about to be asked for. Those that are not due any more are left out. */
export const readDueInstalments = (tx: Tx, coalitionId: string, ids: string[]): Promise<UnderWay[]> =>
  tx.rows<UnderWay>(
    `SELECT * FROM (${underWay} AND i.id = ANY ($2::uuid[])) AS way WHERE stage = 'due'
     ORDER BY "dueOn", "instalmentId"`,
    [coalitionId, ids],
  );

export const stageTotals = (tx: Tx, coalitionId: string): Promise<StageTotal[]> =>
  tx.rows<StageTotal>(
    `SELECT stage, "poolId", currency, count(*)::int AS count, sum(amount)::bigint AS amount FROM (${underWay}) AS way
     GROUP BY stage, "poolId", currency ORDER BY currency, "poolId"`,
    [coalitionId],
  );

/** The pools of a coalition and what each can pay out, oldest first. */
export async function runPools(tx: Tx, coalitionId: string): Promise<RunPool[]> {
  const pools = await tx.rows<Omit<RunPool, 'position'>>(
    `SELECT id, name, currency, approval_tiers AS "approvalTiers", locked_through AS "lockedThrough"
     FROM pools WHERE coalition_id = $1 ORDER BY created_at, id`,
    [coalitionId],
  );
  const positions: PoolPosition[] = [];
  for (const { id } of pools) positions.push(await poolPosition(tx, id));
  return pools.map((pool, index) => ({ ...pool, position: positions[index]! }));
}
