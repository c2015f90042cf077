import { formatMoney } from '../maths/money.js';
import type { Tx } from '../platform/database/tx.js';
import type { HoldReason } from '../grants/instalment.rules.js';
import { type InstalmentRow, type Move, moveInstalments } from '../grants/instalments.js';
import { feeOnPayment } from '../pools/fees/fee.rules.js';
import { lockPool } from '../pools/pool-position.js';
import { shortfalls } from './cash.rules.js';
import { promised, purposes, readTill } from './till.js';

/**
 * Decides over instalments of one pool whose day has come, in due order: due where the pool has the cash for it, held
 * with “short by X” where it has not. What is due already has its money set aside first.
 */
export async function bringDue(tx: Tx, poolId: string, instalments: InstalmentRow[]): Promise<void> {
  const pool = await lockPool(tx, poolId);
  const till = await readTill(tx, pool);
  const goals = await purposes(tx, [...new Set(instalments.map(({ grantId }) => grantId))]);
  const wishes = instalments.map(({ amount, grantId }) => ({
    amount: amount + feeOnPayment(amount, pool),
    purpose: goals.get(grantId) ?? [],
  }));
  const short = shortfalls(till, await promised(tx, poolId, { due: true }), wishes);
  const moves = instalments.flatMap((instalment, index): Move[] => {
    const by = short[index]!;
    if (by === 0n) return [{ instalment, to: 'due' }];
    const holdReasons = [cashShort(by, pool.currency)];
    const isSame = instalment.state === 'held' && instalment.holdReasons[0]?.text === holdReasons[0]!.text;
    return isSame ? [] : [{ instalment, to: 'held', holdReasons }];
  });
  await moveInstalments(tx, moves);
}

export const cashShort = (by: bigint, currency: string): HoldReason => ({
  code: 'cashShort',
  text: `short by ${formatMoney(by, currency, 'en-GB')}`,
});
