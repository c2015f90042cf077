import { allocate } from '../maths/allocate.js';

/** What a funder has left without an earmark. Minor units. */
export interface UnearmarkedBalance {
  funderId: string;
  remaining: bigint;
}

export interface FunderShare {
  funderId: string;
  amount: bigint;
}

/**
 * Shares an amount among funders in proportion to what each has left, largest remainder, ties to the earlier account.
 * The shares are the whole, and none is more than its funder’s balance. Funders with no share are left out.
 * @throws RangeError when there is less than the amount
 */
export function balanceShares(amount: bigint, balances: readonly UnearmarkedBalance[]): FunderShare[] {
  const left = balances.filter(({ remaining }) => remaining > 0n);
  const total = left.reduce((sum, { remaining }) => sum + remaining, 0n);
  if (amount > total) throw new RangeError(`${amount} is more than the ${total} there is.`);
  const parts = allocate(
    amount,
    left.map(({ remaining }) => remaining),
  );
  return left
    .map(({ funderId }, index) => ({ funderId, amount: parts[index]! }))
    .filter((share) => share.amount > 0n);
}
