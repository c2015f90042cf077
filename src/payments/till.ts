import type { Source } from '../maths/attribution.js';
import type { Day } from '../maths/day.js';
import type { Tx } from '../platform/database/tx.js';
import { type FunderBalance, funderBalances, type LockedPool, poolPosition } from '../pools/pool-position.js';
import type { Till, Wish } from './cash.rules.js';

/** A source, and the account of the ledger that it draws on. */
export interface AccountSource extends Source {
  account: FunderBalance;
}

export interface PoolTill extends Till {
  sources: AccountSource[];
}

/** What a locked pool can pay from, by its rule: balances by funder and earmark, or contribution by contribution. */
export async function readTill(tx: Tx, pool: LockedPool): Promise<PoolTill> {
  const balances = (await funderBalances(tx, pool.id)).filter(({ remaining }) => remaining > 0n);
  const position = await poolPosition(tx, pool.id);
  return {
    rule: pool.attributionRule,
    sources: pool.attributionRule === 'fifo' ? await lots(tx, pool.id, balances) : balances.map(wholeAccount),
    reserve: pool.reserve,
    cash: position.cash - position.feesPayable,
  };
}

const wholeAccount = (account: FunderBalance): AccountSource => ({
  key: account.accountId,
  funder: account.funderId,
  earmark: account.earmarkId,
  on: '0001-01-01',
  remaining: account.remaining,
  account,
});

interface Lot {
  id: string;
  funderId: string;
  earmarkId: string | null;
  receivedOn: Day;
  amount: bigint;
}

/**
 * What is left of each contribution. Nothing needs to be kept for it: within an account the oldest contribution is
 * used first, so what is left of the account lies in the newest ones.
 */
async function lots(tx: Tx, poolId: string, balances: FunderBalance[]): Promise<AccountSource[]> {
  const contributions = await tx.rows<Lot>(
    `SELECT id, funder_id AS "funderId", earmark_goal_id AS "earmarkId", received_on AS "receivedOn", amount
     FROM contributions WHERE pool_id = $1 AND reversed_at IS NULL ORDER BY received_on DESC, id DESC`,
    [poolId],
  );
  const sources = balances.flatMap((account) => {
    let left = account.remaining;
    return contributions
      .filter(({ funderId, earmarkId }) => funderId === account.funderId && earmarkId === account.earmarkId)
      .map(({ id, receivedOn, amount }): AccountSource => {
        const remaining = left < amount ? left : amount;
        left -= remaining;
        return { ...wholeAccount(account), key: id, on: receivedOn, remaining };
      });
  });
  return sources.filter(({ remaining }) => remaining > 0n).reverse();
}

/** What is promised to be paid from a pool: approved and not settled; with `due`, also what waits to be approved. */
export async function promised(
  tx: Tx,
  poolId: string,
  { due = false, except = null }: { due?: boolean; except?: string | null } = {},
): Promise<Wish[]> {
  const states = due ? ['approved', 'inPayment', 'due'] : ['approved', 'inPayment'];
  return tx.rows<{ amount: bigint; purpose: string[] }>(
    `SELECT i.amount, ARRAY(SELECT goal_id::text FROM grant_goals g WHERE g.grant_id = i.grant_id) AS purpose
     FROM instalments i WHERE i.pool_id = $1 AND i.state = ANY ($2::text[]) AND ($3::uuid IS NULL OR i.id <> $3)
     ORDER BY i.due_on, i.id`,
    [poolId, states, except],
  );
}

/** What each of these grants may be paid from: the goals it works towards. */
export async function purposes(tx: Tx, grantIds: string[]): Promise<Map<string, string[]>> {
  const rows = await tx.rows<{ grantId: string; goals: string[] }>(
    `SELECT grant_id AS "grantId", array_agg(goal_id::text) AS goals FROM grant_goals WHERE grant_id = ANY ($1::uuid[])
     GROUP BY grant_id`,
    [grantIds],
  );
  return new Map(rows.map(({ grantId, goals }) => [grantId, goals]));
}
