import { compareDays, type Day } from './day.js';
import { compareDecimals, type ExactDecimal, onCommonScale, powerOfTen, ratioOf } from './exact.js';
import { MathsError } from './maths-error.js';
import { type Polarity, type Trend, trendOf } from './trend.js';

/** What was measured on a day. */
export interface Reading {
  on: Day;
  value: ExactDecimal;
}

/** A colour, from a percentage of the target on. */
export interface ColourBand {
  atLeastPercentOfTarget: ExactDecimal;
  colour: string;
}

export interface Measure {
  polarity: Polarity;
  baseline: ExactDecimal;
  target: ExactDecimal;
  readings: readonly Reading[];
  bands: readonly ColourBand[];
}

/**
 * How a measure stands by its last reading. Ratios are decimal text, rounded half-even to six places: (last − target) ÷
 * target, last ÷ target, (last − baseline) ÷ baseline; `null` where that would be divided by zero. The colour is
 * `null` where no band is reached.
 */
export interface Scorecard {
  variance: string | null;
  percentOfTarget: string | null;
  baselineChange: string | null;
  trend: Trend;
  colour: string | null;
}

const PLACES = 6;

/**
 * Scores the readings of a measure, taken by date. The bands are tried from the highest, against the exact last ÷
 * target, or target ÷ last where less is better. Throws a MathsError where two readings have one date, two bands one
 * bound, or there is no reading.
 */
export function scoreMeasure({ polarity, baseline, target, readings, bands }: Measure): Scorecard {
  refuseTwice(readings, (a, b) => compareDays(a.on, b.on), 'readings', 'on');
  refuseTwice(bands, byBound, 'bands', 'atLeastPercentOfTarget');
  const values = readings.toSorted((a, b) => compareDays(a.on, b.on)).map(({ value }) => value);
  const last = values.at(-1);
  if (!last) throw new MathsError('readingMissing', 'Give one reading at least.', '/readings');
  const reached = bands
    .toSorted((a, b) => byBound(b, a))
    .find(({ atLeastPercentOfTarget }) => isReached(atLeastPercentOfTarget, polarity, last, target));
  return {
    variance: ratioOf(minus(last, target), target, PLACES),
    percentOfTarget: ratioOf(last, target, PLACES),
    baselineChange: ratioOf(minus(last, baseline), baseline, PLACES),
    trend: trendOf(values, polarity),
    colour: reached?.colour ?? null,
  };
}

function byBound(a: ColourBand, b: ColourBand): number {
  return compareDecimals(a.atLeastPercentOfTarget, b.atLeastPercentOfTarget);
}

function minus(a: ExactDecimal, b: ExactDecimal): ExactDecimal {
  const [left = 0n, right = 0n] = onCommonScale([a, b]);
  return { units: left - right, scale: Math.max(a.scale, b.scale) };
}

/**
 * Whether last ÷ target (less is better: target ÷ last), as a percentage, is `percent` or more; without rounding. By
 * zero it is beyond every band, on the side of what is divided; 0 ÷ 0 is on target, which is 100 %.
 */
function isReached(
  percent: ExactDecimal,
  polarity: Polarity,
  last: ExactDecimal,
  target: ExactDecimal,
): boolean {
  const [reading = 0n, goal = 0n] = onCommonScale([last, target]);
  const [top, bottom] = polarity === 'up' ? [reading, goal] : [goal, reading];
  const hundred = 100n * powerOfTen(percent.scale);
  if (bottom === 0n) return top > 0n || (top === 0n && percent.units <= hundred);
  const [have, need] = [top * hundred, percent.units * bottom];
  return bottom > 0n ? have >= need : have <= need;
}

function refuseTwice<Item, Key extends keyof Item & string>(
  items: readonly Item[],
  compare: (a: Item, b: Item) => number,
  list: string,
  key: Key,
): void {
  const places = [...items.keys()].sort((a, b) => compare(items[a]!, items[b]!) || a - b);
  const twice = places.slice(1).find((place, index) => compare(items[places[index]!]!, items[place]!) === 0);
  if (twice === undefined) return;
  throw new MathsError('givenTwice', `Two of the ${list} have the same ${key}.`, `/${list}/${twice}/${key}`);
}
