import type { Day } from '../../maths/day.js';
import { type DatedValue, onStraightLine } from '../../maths/decimals.js';

/** How many of the last readings a curve is continued from. */
const continuedFrom = 4;

/**
 * The points between which a line is straight: it begins at the baseline, where that comes before them.
 */
export function linePoints(baseline: DatedValue | null, points: readonly DatedValue[]): DatedValue[] {
  const [first] = points;
  return baseline !== null && first !== undefined && baseline.on < first.on
    ? [baseline, ...points]
    : [...points];
}

/**
 * The target (or the stated forecast) of a day: on the straight line between the points around it, by days; after the
 * last point, what that says. Null before the first point, and where there are none.
 */
export function valueOn(points: readonly DatedValue[], day: Day): string | null {
  const last = points.findLast(({ on }) => on <= day);
  if (last === undefined) return null;
  const next = points.find(({ on }) => on > day);
  return next === undefined ? last.value : onStraightLine(last, next, day);
}

/**
 * Where a curve gets to if it goes on as it did: the straight line from the first to the last of its last four readings
 * (or of as many as there are, two at least), continued to each of these days. A line, and no promise.
 */
export function continued(readings: readonly DatedValue[], days: readonly Day[]): DatedValue[] {
  const recent = readings.slice(-continuedFrom);
  const [from, to] = [recent[0], recent.at(-1)];
  if (from === undefined || to === undefined || from.on === to.on) return [];
  return days.filter((on) => on > to.on).map((on) => ({ on, value: onStraightLine(from, to, on) }));
}
