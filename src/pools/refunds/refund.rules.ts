import { allocate } from '../../maths/allocate.js';

export const refundStates = ['proposed', 'approved', 'paid', 'rejected'] as const;
export type RefundState = (typeof refundStates)[number];

/** What a funder has left without an earmark. Minor units. */
export interface Refundable {
  funderId: string;
  remaining: bigint;
}

export interface RefundShare {
  funderId: string;
  amount: bigint;
}

/**
 * Shares a refund among funders in proportion to what each has left, largest remainder, ties to the earlier account.
 * The shares are the whole, and none is more than its funder’s balance. Funders who get nothing are left out.
 * @throws RangeError when there is less than the amount
 */
export function refundShares(amount: bigint, balances: readonly Refundable[]): RefundShare[] {
  const left = balances.filter(({ remaining }) => remaining > 0n);
  const total = left.reduce((sum, { remaining }) => sum + remaining, 0n);
  if (amount > total) throw new RangeError(`A refund of ${amount} is more than the ${total} there is.`);
  const parts = allocate(
    amount,
    left.map(({ remaining }) => remaining),
  );
  return left
    .map(({ funderId }, index) => ({ funderId, amount: parts[index]! }))
    .filter((share) => share.amount > 0n);
}
