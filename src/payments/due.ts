import { formatMoney } from '../maths/money.js';
import type { Tx } from '../platform/database/tx.js';
import type { HoldReason } from '../grants/instalment.rules.js';
import { type InstalmentRow, type Move, moveInstalments } from '../grants/instalments.js';
import { heldForCondition } from '../grants/conditions/condition.rules.js';
import { openConditionsOf } from '../grants/conditions/conditions.read.js';
import { grantSuspended } from '../grants/suspension/suspension.rules.js';
import { feeOnPayment } from '../pools/fees/fee.rules.js';
import { lockPool } from '../pools/pool-position.js';
import { shortfalls } from './cash.rules.js';
import { promised, purposes, readTill } from './till.js';

/**
 * Decides over instalments of one pool whose day has come, in due order: held while the grant is suspended or a condition
 * is open; due where
 * the pool has the cash for it, held with “short by X” where it has not. What is due already has its money set aside
 * first.
 */
export async function bringDue(tx: Tx, poolId: string, instalments: InstalmentRow[]): Promise<void> {
  const pool = await lockPool(tx, poolId);
  const conditions = await openConditionsOf(
    tx,
    instalments.map(({ id }) => id),
  );
  const waitingFor = (instalment: InstalmentRow): HoldReason[] => [
    ...(instalment.grantState === 'suspended' ? [grantSuspended] : []),
    ...(conditions.get(instalment.id) ?? []).map(heldForCondition),
  ];
  const payable = instalments.filter((instalment) => waitingFor(instalment).length === 0);
  const till = await readTill(tx, pool);
  const goals = await purposes(tx, [...new Set(payable.map(({ grantId }) => grantId))]);
  const wishes = payable.map(({ amount, grantId }) => ({
    amount: amount + feeOnPayment(amount, pool),
    purpose: goals.get(grantId) ?? [],
  }));
  const short = shortfalls(till, await promised(tx, poolId, { due: true }), wishes);
  const moves = payable.flatMap((instalment, index): Move[] => {
    const by = short[index]!;
    return by === 0n ? [{ instalment, to: 'due' }] : hold(instalment, [cashShort(by, pool.currency)]);
  });
  const waiting = instalments.flatMap((instalment) => {
    const reasons = waitingFor(instalment);
    return reasons.length === 0 ? [] : hold(instalment, reasons);
  });
  await moveInstalments(tx, [...moves, ...waiting]);
}

/** Holds an instalment for these reasons; nothing is to be done where it is held for them already. */
function hold(instalment: InstalmentRow, holdReasons: HoldReason[]): Move[] {
  const texts = (reasons: HoldReason[]) => reasons.map(({ text }) => text).join('\n');
  const isSame = instalment.state === 'held' && texts(instalment.holdReasons) === texts(holdReasons);
  return isSame ? [] : [{ instalment, to: 'held', holdReasons }];
}

export const cashShort = (by: bigint, currency: string): HoldReason => ({
  code: 'cashShort',
  text: `short by ${formatMoney(by, currency, 'en-GB')}`,
});
