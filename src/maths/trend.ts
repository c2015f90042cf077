import { compareDecimals, type ExactDecimal } from './exact.js';

/** Which way is better. */
export const polarities = ['up', 'down'] as const;
export type Polarity = (typeof polarities)[number];

/**
 * Where a series was heading at its end: the direction of its last move, and how many moves in a row went that way.
 * `flat` where the last two values are equal, or there is only one. `good` is a direction that matches the polarity.
 */
export interface Trend {
  direction: Polarity | 'flat';
  periods: number;
  good: boolean;
}

/** The trend of values in the order of time. */
export function trendOf(values: readonly ExactDecimal[], polarity: Polarity): Trend {
  const moves = values.slice(1).map((value, index) => Math.sign(compareDecimals(value, values[index]!)));
  const last = moves.at(-1) ?? 0;
  const before = moves.findLastIndex((move) => move !== last);
  const direction = last > 0 ? 'up' : last < 0 ? 'down' : 'flat';
  return { direction, periods: moves.length - 1 - before, good: direction === polarity };
}
