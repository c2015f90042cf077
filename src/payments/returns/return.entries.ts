import { cash, fundBalance } from '../../ledger/chart-of-accounts.js';
import { credit, debit, type EntryDraft } from '../../ledger/entry.rules.js';
import type { Day } from '../../maths/day.js';
import type { Share } from '../payment.entries.js';

export interface ReceivedReturn {
  id: string;
  /** The grant, as people call it. */
  grant: string;
  amount: bigint;
  bankReference: string;
  receivedOn: Day;
  /** Together the whole amount. */
  shares: Share[];
}

/** Unspent grant money comes back: cash ‖ the fund balances of those whose money paid the grant. Minor units. */
export const returnReceived = (
  pool: { id: string; coalitionId: string; currency: string },
  { id, grant, amount, bankReference, receivedOn, shares }: ReceivedReturn,
): EntryDraft => ({
  coalitionId: pool.coalitionId,
  poolId: pool.id,
  currency: pool.currency,
  kind: 'grantReturn.received',
  description: `Unspent of ${grant} returned, ${bankReference}`,
  occurredOn: receivedOn,
  idempotencyKey: `grantReturn:${id}`,
  document: { kind: 'grantReturn', id },
  legs: [
    debit(cash(pool.id), amount),
    ...shares.map((share) => credit(fundBalance(share.funderId, share.earmarkId), share.amount)),
  ],
});
