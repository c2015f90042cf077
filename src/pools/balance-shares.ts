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
  return inProportion(amount, left);
}

/** The same of what is added to the balances: it may be more than there is. @throws MathsError when there is nothing */
export const gainShares = (amount: bigint, balances: readonly UnearmarkedBalance[]): FunderShare[] =>
  inProportion(
    amount,
    balances.filter(({ remaining }) => remaining > 0n),
  );

function inProportion(amount: bigint, balances: readonly UnearmarkedBalance[]): FunderShare[] {
  const parts = allocate(
    amount,
    balances.map(({ remaining }) => remaining),
  );
  return balances
    .map(({ funderId }, index) => ({ funderId, amount: parts[index]! }))
    .filter((share) => share.amount > 0n);
}
