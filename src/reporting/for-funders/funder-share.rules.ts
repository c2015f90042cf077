import { allocate } from '../../maths/allocate.js';

/** What of a funder's money a grant was paid by a day, net of what came back. Minor units. */
export interface PaidIn {
  funderId: string;
  amount: bigint;
}

/**
 * Whose money was spent: an amount that a report says was spent is shared by what each funder's money had paid into
 * the grant by then, largest remainder, so that the parts of all funders are the whole. Null where nobody's money had
 * come by then. It is a share of the money, and of nothing that was reached with it.
 */
export function shareOfSpent(spent: bigint, paid: readonly PaidIn[], funderId: string): bigint | null {
  const known = paid.filter(({ amount }) => amount > 0n);
  const place = known.findIndex((each) => each.funderId === funderId);
  if (known.length === 0) return null;
  return place < 0
    ? 0n
    : allocate(
        spent,
        known.map(({ amount }) => amount),
      )[place]!;
}
