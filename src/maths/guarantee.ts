import { allocate } from './allocate.js';
import { type DecimalLike, divideHalfEven, parseDecimal, powerOfTen } from './exact.js';
import { MathsError } from './maths-error.js';
import { sum } from './money.js';

/** What an investor has paid in and has got back of it as capital, in minor units. */
export interface CapitalAtClose {
  drawn: bigint;
  returned: bigint;
}

/** In minor units; `toInvestors` in the order of the investors. */
export interface GuaranteePayment {
  /** Capital that did not come back. */
  shortfall: bigint;
  paid: bigint;
  toInvestors: bigint[];
}

/**
 * What a guarantor pays when a bond closes: its share, from "0" to "1", of the capital that did not come back, rounded
 * half-even; investors share it by what each has lost (largest remainder, ties to the earlier). Who lost nothing gets
 * nothing, and what one got beyond its capital covers no other’s loss.
 */
export function guaranteePayment(share: DecimalLike, investors: readonly CapitalAtClose[]): GuaranteePayment {
  const { units, scale } = parseDecimal(share);
  if (units < 0n || units > powerOfTen(scale)) {
    throw new MathsError('shareOutOfRange', 'The share that is guaranteed is from 0 to 1.', '/share');
  }
  const lost = investors.map(({ drawn, returned }) => (returned < drawn ? drawn - returned : 0n));
  const shortfall = sum(lost);
  const paid = divideHalfEven(shortfall * units, powerOfTen(scale));
  return { shortfall, paid, toInvestors: shortfall === 0n ? lost : allocate(paid, lost) };
}
