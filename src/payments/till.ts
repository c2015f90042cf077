import type { Tx } from '../platform/database/tx.js';
import { funderBalances, type LockedPool, poolPosition } from '../pools/pool-position.js';
import type { Till, Wish } from './cash.rules.js';
import { type AccountSource, lotsOf, type Received, wholeAccount } from './lots.rules.js';

/** What has to be known of a pool to open its till. */
export type TillPool = Pick<LockedPool, 'id' | 'attributionRule' | 'reserve'>;

export interface PoolTill extends Till {
  sources: AccountSource[];
}

/** What a pool can pay from, by its rule: balances by funder and earmark, or contribution by contribution. */
export async function readTill(tx: Tx, pool: TillPool): Promise<PoolTill> {
  const balances = (await funderBalances(tx, pool.id)).filter(({ remaining }) => remaining > 0n);
  const position = await poolPosition(tx, pool.id);
  return {
    rule: pool.attributionRule,
    sources:
      pool.attributionRule === 'fifo'
        ? lotsOf(balances, await contributions(tx, pool.id))
        : balances.map(wholeAccount),
    reserve: pool.reserve,
    cash: position.cash - position.feesPayable - position.heldForBonds,
  };
}

function contributions(tx: Tx, poolId: string): Promise<Received[]> {
  return tx.rows<Received>(
    `SELECT id, funder_id AS "funderId", coalesce(earmark_goal_id, earmark_grant_id) AS "earmarkId", received_on AS "receivedOn", amount
     FROM contributions WHERE pool_id = $1 AND reversed_at IS NULL ORDER BY received_on, id`,
    [poolId],
  );
}

/**
 * What is promised to be paid from a pool, fees included: refunds that are approved, then instalments, approved and not
 * settled; with `due`, also what waits to be approved.
 * Summed by purpose, so that a hundred thousand instalments are a handful of wishes; what came due first is first.
 */
export async function promised(
  tx: Tx,
  poolId: string,
  { due = false, except = null }: { due?: boolean; except?: string | null } = {},
): Promise<Wish[]> {
  const states = due ? ['approved', 'inPayment', 'due'] : ['approved', 'inPayment'];
  return tx.rows<{ amount: bigint; purpose: string[] }>(
    `SELECT sum(amount)::bigint AS amount, ARRAY[]::text[] AS purpose FROM refunds
     WHERE pool_id = $1 AND state = 'approved' HAVING count(*) > 0
     UNION ALL
     (SELECT sum(g.amount)::bigint AS amount, p.purpose
     FROM (SELECT i.grant_id, sum(i.amount + payment_fee(l, i.amount)) AS amount, min(i.due_on) AS due_on
           FROM instalments i JOIN pools l ON l.id = i.pool_id
           WHERE i.pool_id = $1 AND i.state = ANY ($2::text[]) AND ($3::uuid IS NULL OR i.id <> $3) GROUP BY i.grant_id) AS g
     CROSS JOIN LATERAL (
       SELECT ARRAY(${purposeOf('g.grant_id')}) AS purpose) AS p
     GROUP BY p.purpose ORDER BY min(g.due_on), p.purpose)`,
    [poolId, states, except],
  );
}

/**
 * SQL: what a grant may be paid from besides unrestricted money: what is restricted to a goal it works towards, and what
 * is restricted to itself where there is such money. Most grants have none, so many share a purpose.
 */
const purposeOf = (grantId: string): string =>
  `SELECT o.goal_id::text FROM grant_goals o WHERE o.grant_id = ${grantId}
   UNION SELECT a.earmark_id::text FROM accounts a WHERE a.kind = 'fundBalance' AND a.earmark_id = ${grantId} ORDER BY 1`;

/** What each of these grants may be paid from: the goals it works towards, and itself. */
export async function purposes(tx: Tx, grantIds: string[]): Promise<Map<string, string[]>> {
  const rows = await tx.rows<{ grantId: string; purpose: string[] }>(
    `SELECT g.id AS "grantId", ARRAY(${purposeOf('g.id')}) AS purpose FROM grants g WHERE g.id = ANY ($1::uuid[])`,
    [grantIds],
  );
  return new Map(rows.map(({ grantId, purpose }) => [grantId, purpose]));
}
