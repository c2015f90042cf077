import { type Arranged, arrangeBands, type Bounds, standingOf } from './bands.js';
import type { Day } from './day.js';
import { type DayCount, daysOfYear, interestDays } from './day-count.js';
import { type DecimalLike, divideHalfEven, type ExactDecimal, parseDecimal, powerOfTen } from './exact.js';
import { MathsError } from './maths-error.js';
import { sum } from './money.js';

/** A band of outcomes, in per cent of what was planned, and the rate that holds in it. */
export interface RateBand {
  from: DecimalLike | null;
  fromInclusive: boolean;
  to: DecimalLike | null;
  toInclusive: boolean;
  /** Not negative: "0.05". */
  rate: DecimalLike;
}

export interface ReadRateBand extends Bounds {
  rate: ExactDecimal;
}

/** Bands that lie gapless beside each other. */
export type RateBands = Arranged<ReadRateBand>;

const places = 20;

/**
 * Reads bands with rates, in any order. Throws a MathsError where they overlap or leave a gap, with the values it is
 * about, or where a rate is below zero or above `most`.
 */
export function arrangeRateBands(
  bands: readonly RateBand[],
  { pointer = '/bands', most }: { pointer?: string; most?: bigint } = {},
): RateBands {
  const read = bands.map(({ from, to, rate, ...inclusive }, index): ReadRateBand => {
    const { units, scale } = parseDecimal(rate);
    if (units < 0n || (most !== undefined && units > most * powerOfTen(scale))) {
      const detail = most === undefined ? 'A rate cannot be negative.' : `Give a rate from 0 to ${most}.`;
      throw new MathsError('rateOutOfRange', detail, `${pointer}/${index}/rate`);
    }
    return {
      ...inclusive,
      from: from === null ? null : parseDecimal(from),
      to: to === null ? null : parseDecimal(to),
      rate: { units, scale },
    };
  });
  return arrangeBands(read, { pointer });
}

/**
 * What was reached in per cent of what was planned, both in minor units; half-even to 20 places, as many as a bound
 * can have. `null` where nothing was planned, since then nothing can be said.
 */
export function percentReached(reached: bigint, planned: bigint): ExactDecimal | null {
  if (planned <= 0n) return null;
  return { units: divideHalfEven(reached * powerOfTen(places + 2), planned), scale: places };
}

/**
 * The coupon's rate for an outcome: that of the band that holds it. Nothing below the first band; beyond the last one
 * its rate stays, so that doing better never costs the investors their coupon.
 */
export function couponRate(ladder: RateBands, percent: ExactDecimal): ExactDecimal {
  const standing = standingOf(ladder, percent);
  if (standing === 'below') return { units: 0n, scale: 0 };
  return ladder.bands.at(standing === 'beyond' ? -1 : standing)!.rate;
}

/** Capital that was out from one day to another, the last one exclusive. */
export interface CapitalOut {
  from: Day;
  to: Day;
  /** Minor units, not negative. */
  capital: bigint;
}

/** The coupon on capital that came and went: capital × rate × days ÷ basis, rounded half-even once for all of it. */
export function couponOn(stretches: readonly CapitalOut[], rate: ExactDecimal, dayCount: DayCount): bigint {
  const capitalDays = sum(
    stretches.map(({ from, to, capital }) => capital * BigInt(interestDays(dayCount, from, to))),
  );
  return divideHalfEven(capitalDays * rate.units, powerOfTen(rate.scale) * BigInt(daysOfYear(dayCount)));
}
