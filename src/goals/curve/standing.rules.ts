import type { Day } from '../../maths/day.js';
import { type DatedValue, subtractDecimals } from '../../maths/decimals.js';
import { parseDecimal, ratioOf } from '../../maths/exact.js';
import { scoreMeasure } from '../../maths/scorecard.js';
import { type Trend, trendOf } from '../../maths/trend.js';
import type { BandColour, Series } from '../series/series.js';
import { valueOn } from './trajectory.rules.js';

/** Where a series stands by its last value. Ratios are decimal texts to six places; null where there is no target. */
export interface Standing {
  /** The last day of the last period that has a value. */
  on: Day;
  value: string;
  /** The target of that day. */
  target: string | null;
  variance: string | null;
  percentOfTarget: string | null;
  /** Against the baseline, or the first reading where none was set. */
  baselineChange: string | null;
  trend: Trend;
  colour: BandColour | null;
}

/** Scores a series against the target of the day of its last value. Null while it has no value. */
export function standingOf(
  { polarity, baseline, bands }: Pick<Series, 'polarity' | 'baseline' | 'bands'>,
  values: readonly DatedValue[],
  targets: readonly DatedValue[],
): Standing | null {
  const last = values.at(-1);
  if (last === undefined) return null;
  const target = valueOn(targets, last.on);
  const first = parseDecimal(baseline ?? values[0]!.value);
  const readings = values.map(({ on, value }) => ({ on, value: parseDecimal(value) }));
  const where = { on: last.on, value: last.value, target };
  if (target === null) {
    const change = parseDecimal(subtractDecimals(last.value, baseline ?? values[0]!.value));
    const trend = trendOf(
      readings.map(({ value }) => value),
      polarity,
    );
    return {
      ...where,
      variance: null,
      percentOfTarget: null,
      baselineChange: ratioOf(change, first, 6),
      trend,
      colour: null,
    };
  }
  const { colour, ...score } = scoreMeasure({
    ...{ polarity, baseline: first, target: parseDecimal(target), readings },
    bands: bands.map((band) => ({
      ...band,
      atLeastPercentOfTarget: parseDecimal(band.atLeastPercentOfTarget),
    })),
  });
  return { ...where, ...score, colour: bands.find((band) => band.colour === colour)?.colour ?? null };
}
