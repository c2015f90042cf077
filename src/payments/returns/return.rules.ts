import { allocate } from '../../maths/allocate.js';
import { sum } from '../../maths/money.js';
import type { Share } from '../payment.entries.js';

/** What an account of a funder has paid of a grant, less what came back to it. Minor units. */
export interface PaidShare {
  accountId: string;
  funderId: string;
  earmarkId: string | null;
  amount: bigint;
}

/** What the partner still has of what it was paid. */
export const withThePartner = (paid: readonly PaidShare[]): bigint => sum(paid.map(({ amount }) => amount));

/**
 * Shares what is returned among those whose money paid the grant, each with the restriction its money had, in
 * proportion to what each has paid and not got back: largest remainder, ties by account id. The shares are the whole,
 * and none gets back more than it paid.
 * @throws RangeError when more is returned than was paid
 */
export function returnShares(amount: bigint, paid: readonly PaidShare[]): Share[] {
  const payers = paid
    .filter((share) => share.amount > 0n)
    .toSorted((a, b) => (a.accountId < b.accountId ? -1 : a.accountId > b.accountId ? 1 : 0));
  const most = withThePartner(payers);
  if (amount > most) throw new RangeError(`${amount} is more than the ${most} that was paid.`);
  const parts = allocate(
    amount,
    payers.map((share) => share.amount),
  );
  return payers
    .map(({ funderId, earmarkId }, index) => ({ funderId, earmarkId, amount: parts[index]! }))
    .filter((share) => share.amount > 0n);
}
