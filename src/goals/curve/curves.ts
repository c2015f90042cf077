import {
  type CalendarPeriod,
  periodAfter,
  periodContaining,
  periodNamed,
  periodsBetween,
} from '../../maths/calendar-period.js';
import { addDays, type Day, dayInZone } from '../../maths/day.js';
import type { DatedValue } from '../../maths/decimals.js';
import type { Tx } from '../../platform/database/tx.js';
import { type Reading, currentReadings } from '../readings/readings.read.js';
import { readingKey } from '../readings/reading.rules.js';
import { dueOnOf } from '../readings/reminders.rules.js';
import type { Series, SeriesInput, SeriesKind, Trajectory } from '../series/series.js';
import type { Part } from '../series/series.rules.js';
import { inputsOf, trajectoriesOf } from '../series/series.read.js';
import { calculate } from './calculated.rules.js';
import { type Standing, standingOf } from './standing.rules.js';
import { continued, linePoints, valueOn } from './trajectory.rules.js';

/** A period of a curve. Values are plain decimals. */
export interface CurvePoint {
  periodKey: string;
  /** The last day of the period: where the curve has its point. */
  to: Day;
  value: string | null;
  target: string | null;
  /** Of what is calculated: the inputs that have not been read, or what else is in its way. */
  missing: string[];
  problem: string | null;
  /** Of what is read by hand. */
  reading: Reading | null;
}

/** One of the parts that a series is told apart by, and what was read of it. */
export interface PartCurve extends Part {
  points: CurvePoint[];
}

/** A period that has ended and was not read. */
export interface UnreadPeriod {
  periodKey: string;
  dueOn: Day;
  isLate: boolean;
}

/** A series in time: what was read, where it should be, and where it goes. */
export interface Curve {
  series: Series;
  trajectory: Trajectory;
  inputs: SeriesInput[];
  points: CurvePoint[];
  parts: PartCurve[];
  /** Where it stands by its last value; null while there is none. */
  standing: Standing | null;
  /** The straight line of its last readings, continued. */
  continuation: DatedValue[];
  unread: UnreadPeriod[];
}

/** How many periods ahead a curve is continued, where no target reaches further. */
const fewestAhead = 4;
const mostAhead = 60;

/** The curves of series of one kind, in the order given: four questions to the database, however many they are. */
export async function curvesOf(
  tx: Tx,
  kind: SeriesKind,
  series: readonly Series[],
  calendar: { today: Day; timeZone: string },
): Promise<Curve[]> {
  const ids = series.map(({ id }) => id);
  const trajectories = await trajectoriesOf(tx, kind, ids);
  const inputs = await inputsOf(tx, kind, ids);
  const read = new Set([...ids, ...[...inputs.values()].flat().map(({ id }) => id)]);
  const readings = await currentReadings(tx, kind, [...read]);
  return series.map((one) =>
    curveOf(
      one,
      { trajectory: trajectories.get(one.id)!, inputs: inputs.get(one.id) ?? [], readings },
      calendar,
    ),
  );
}

interface CurveMatter {
  trajectory: Trajectory;
  inputs: SeriesInput[];
  /** Of this series and of its inputs, by their id. */
  readings: ReadonlyMap<string, Reading[]>;
}

function curveOf(
  series: Series,
  { trajectory, inputs, readings }: CurveMatter,
  { today, timeZone }: { today: Day; timeZone: string },
): Curve {
  const whole: Part = { dimension: '', category: '' };
  const target = linePoints(baselineOf(series), trajectory.target);
  const pointsOf = (part: Part): CurvePoint[] =>
    series.formula === null
      ? readPoints(readings.get(series.id) ?? [], part, target)
      : calculatedPoints(series, inputs, readings, part, target);
  const points = pointsOf(whole);
  const values = points.flatMap(({ to, value }) => (value === null ? [] : [{ on: to, value }]));
  return {
    ...{ series, trajectory, inputs, points },
    parts: series.disaggregation
      .flatMap(({ dimension, categories }) => categories.map((category) => ({ dimension, category })))
      .map((part) => ({ ...part, points: pointsOf(part) }))
      .filter((part) => part.points.length > 0),
    standing: standingOf(series, values, target),
    continuation: continued(values, daysAhead(series, trajectory, values.at(-1)?.on ?? today)),
    unread: unreadOf(series, points, { today, firstDay: dayInZone(series.createdAt, timeZone) }),
  };
}

/** The baseline as a point of a curve. */
export const baselineOf = ({ baseline, baselineOn }: Series): DatedValue | null =>
  baseline === null || baselineOn === null ? null : { on: baselineOn, value: baseline };

const readPoints = (readings: readonly Reading[], part: Part, target: readonly DatedValue[]): CurvePoint[] =>
  readings
    .filter(({ dimension, category }) => dimension === part.dimension && category === part.category)
    .map((reading) => ({
      ...{ periodKey: reading.periodKey, to: reading.periodTo, value: reading.value, reading },
      ...{ target: targetOn(part, target, reading.periodTo), missing: [], problem: null },
    }));

/** Targets are of the whole: a part is measured against none. */
const targetOn = (part: Part, target: readonly DatedValue[], day: Day): string | null =>
  part.dimension === '' ? valueOn(target, day) : null;

function calculatedPoints(
  { formula, frequency }: Series,
  inputs: readonly SeriesInput[],
  readings: ReadonlyMap<string, Reading[]>,
  part: Part,
  target: readonly DatedValue[],
): CurvePoint[] {
  const values = inputs.map(
    ({ id }) =>
      new Map((readings.get(id) ?? []).map((reading) => [readingKey(reading.periodKey, reading), reading])),
  );
  const keys = new Set(values.flatMap((found) => [...found.values()].map(({ periodKey }) => periodKey)));
  return [...keys].toSorted().flatMap((periodKey): CurvePoint[] => {
    const key = readingKey(periodKey, part);
    const found = calculate(
      formula!,
      inputs.map(({ name, part: inputPart }, index) => ({
        ...{ name, part: inputPart, value: values[index]!.get(key)?.value ?? null },
      })),
    );
    if (found === null) return [];
    const { to } = periodNamed(frequency, periodKey);
    return [{ periodKey, to, ...found, target: targetOn(part, target, to), reading: null }];
  });
}

/** The ends of the periods to come, up to the last day for which a target or a forecast is set. */
function daysAhead({ frequency }: Series, { target, forecast }: Trajectory, after: Day): Day[] {
  const last = [target.at(-1)?.on, forecast.at(-1)?.on]
    .filter((day) => day !== undefined)
    .toSorted()
    .at(-1);
  const periods: CalendarPeriod[] = [];
  let period = periodAfter(frequency, periodContaining(frequency, after));
  while (
    periods.length < mostAhead &&
    (periods.length < fewestAhead || (last !== undefined && period.to <= last))
  ) {
    periods.push(period);
    period = periodAfter(frequency, period);
  }
  return periods.map(({ to }) => to);
}

/** Periods that have ended after the last one that was read, or since it was set up. */
function unreadOf(
  { frequency, dueAfterDays, formula, retiredAt }: Series,
  points: readonly CurvePoint[],
  { today, firstDay }: { today: Day; firstDay: Day },
): UnreadPeriod[] {
  if (formula !== null || retiredAt !== null) return [];
  const last = points.at(-1);
  const from = last === undefined ? firstDay : addDays(last.to, 1);
  return periodsBetween(frequency, from, today)
    .filter(({ to }) => to < today)
    .map((period) => {
      const dueOn = dueOnOf(period, dueAfterDays);
      return { periodKey: period.key, dueOn, isLate: dueOn < today };
    });
}
