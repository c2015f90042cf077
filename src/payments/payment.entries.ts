import {
  cash,
  committedToGrants,
  exchangeDifference,
  fundBalance,
  grantsOutstanding,
} from '../ledger/chart-of-accounts.js';
import { credit, debit, type EntryDraft, type Leg, spoken } from '../ledger/entry.rules.js';
import type { Day } from '../maths/day.js';

/** What one funder's balance pays of a disbursement, in minor units. */
export interface Share {
  funderId: string;
  earmarkId: string | null;
  amount: bigint;
}

export interface SettledDisbursement {
  id: string;
  grantId: string;
  amount: bigint;
  /** What left the account: the amount, unless the bank paid in another currency. */
  charged: bigint;
  bankReference: string;
  paidOn: Day;
  /** By the pool's attribution rule; together the whole amount. */
  shares: Share[];
}

/**
 * Money goes out: the fund balances of those whose money it is ‖ cash; and the commitment it uses, grants outstanding
 * ‖ committed to grants. What the bank took more or less, because it paid in another currency, is exchange difference.
 */
export function disbursementSettled(
  pool: { id: string; coalitionId: string; currency: string },
  disbursement: SettledDisbursement,
): EntryDraft {
  const { id, grantId, amount, charged, shares } = disbursement;
  return {
    coalitionId: pool.coalitionId,
    poolId: pool.id,
    currency: pool.currency,
    kind: 'disbursement.settled',
    description: `Payment ${disbursement.bankReference}`,
    occurredOn: disbursement.paidOn,
    idempotencyKey: `disbursement:${id}`,
    document: { kind: 'disbursement', id },
    legs: [
      ...shares.map((share): Leg => debit(fundBalance(share.funderId, share.earmarkId), share.amount)),
      ...spoken([debit(exchangeDifference(pool.id), charged - amount)]),
      credit(cash(pool.id), charged),
      debit(grantsOutstanding(grantId), amount),
      credit(committedToGrants(pool.id), amount),
    ],
  };
}
