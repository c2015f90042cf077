import { type DecimalLike, divideHalfEven, parseDecimal, powerOfTen } from './exact.js';
import { MathsError } from './maths-error.js';

/** An amount as what the work itself costs, and what running the organisation costs on top. Minor units. */
export interface OverheadSplit {
  direct: bigint;
  indirect: bigint;
}

/**
 * Splits an amount that holds its own overhead: indirect = rate × direct, so direct = amount ÷ (1 + rate), computed
 * exactly and rounded half-even once. Indirect is the rest, so that both always sum to the amount.
 * @throws MathsError when the rate is negative or no decimal number
 */
export function splitOverhead(amount: bigint, rate: DecimalLike): OverheadSplit {
  const { units, scale } = parseDecimal(rate);
  if (units < 0n) {
    throw new MathsError('negativeRate', 'An overhead rate cannot be negative.', '/overheadRate');
  }
  const one = powerOfTen(scale);
  const direct = divideHalfEven(amount * one, one + units);
  return { direct, indirect: amount - direct };
}
