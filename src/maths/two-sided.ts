import { allocate } from './allocate.js';
import { standingOf } from './bands.js';
import { arrangeRateBands, type RateBand, type RateBands } from './coupon-ladder.js';
import { divideHalfEven, type ExactDecimal, powerOfTen } from './exact.js';
import { sum } from './money.js';

/** Reads the bands of outcomes in which investors pay; their rates are shares of drawn capital, from 0 to 1. */
export function arrangeFloor(bands: readonly RateBand[], pointer = '/bands'): RateBands {
  return arrangeRateBands(bands, { pointer, most: 1n });
}

/**
 * What investors pay into the bond where the outcome, in per cent of the plan, is poor: the share that its band names
 * of all capital that was drawn, rounded half-even, and of it each by what it has drawn (largest remainder, ties to
 * the earlier). Nothing beyond the last band, which is where the floor is; below the first one its share stays, so
 * that doing still worse never lets the investors off.
 */
export function paidByInvestors(floor: RateBands, percent: ExactDecimal, drawn: readonly bigint[]): bigint[] {
  const standing = standingOf(floor, percent);
  const capital = sum(drawn);
  if (standing === 'beyond' || capital === 0n) return drawn.map(() => 0n);
  const { units, scale } = floor.bands[standing === 'below' ? 0 : standing]!.rate;
  return allocate(divideHalfEven(capital * units, powerOfTen(scale)), [...drawn]);
}
