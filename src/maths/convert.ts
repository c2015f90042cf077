import { type DecimalLike, divideHalfEven, parseDecimal, powerOfTen } from './exact.js';
import { minorDigits } from './money.js';

/**
 * An amount in another currency: major units × rate, exact, and rounded once, half-even, to the other currency's
 * minor units. The rate is how many units of `to` one unit of `from` is ("1.1725").
 */
export function convertAmount(minor: bigint, from: string, to: string, rate: DecimalLike): bigint {
  const { units, scale } = parseDecimal(rate);
  return divideHalfEven(minor * units * powerOfTen(minorDigits(to)), powerOfTen(scale + minorDigits(from)));
}
