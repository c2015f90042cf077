import { cash, fundBalance } from '../../ledger/chart-of-accounts.js';
import { credit, debit, type EntryDraft } from '../../ledger/entry.rules.js';
import type { Day } from '../../maths/day.js';
import type { PoolOfEntry } from '../pool.entries.js';
import type { FunderShare } from '../balance-shares.js';

export interface PaidRefund {
  id: string;
  amount: bigint;
  bankReference: string;
  paidOn: Day;
  shares: FunderShare[];
}

/** Money goes back to those it came from: fund balance / funder ‖ cash. Minor units. */
export const refundPaid = (pool: PoolOfEntry, refund: PaidRefund): EntryDraft => ({
  coalitionId: pool.coalitionId,
  poolId: pool.id,
  currency: pool.currency,
  kind: 'refund.paid',
  description: `Refund ${refund.bankReference}`,
  occurredOn: refund.paidOn,
  idempotencyKey: `refund:${refund.id}`,
  document: { kind: 'refund', id: refund.id },
  legs: [
    ...refund.shares.map(({ funderId, amount }) => debit(fundBalance(funderId), amount)),
    credit(cash(pool.id), refund.amount),
  ],
});
