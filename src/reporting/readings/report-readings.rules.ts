import { calculate, type Calculated } from '../../goals/curve/calculated.rules.js';
import type { Series, SeriesInput } from '../../goals/series/series.js';
import { keptValue } from '../../goals/series/series.rules.js';
import { type CalendarPeriod, periodsBetween } from '../../maths/calendar-period.js';
import type { Day } from '../../maths/day.js';
import { fieldError } from '../../platform/errors/domain-error.js';

/** Which value of a series: of a period, of the whole or of a part. */
export interface CellPlace {
  period: string;
  /** Empty for the whole. */
  dimension: string;
  category: string;
}

/** A value that a report says, and what of it was taken as a reading already. Plain decimals. */
export interface ReadingCell extends CellPlace {
  value: string | null;
  settled: string | null;
}

/** What a report says of one series. */
export interface SaidOfSeries {
  source: string;
  method: string;
  note: string;
  cells: ReadingCell[];
}

/** What stands for a cell among all readings: whether it came in this report, or one of the same period. */
export interface StandingValue {
  value: string | null;
  isOwn: boolean;
}

export const cellKey = ({ period, dimension, category }: CellPlace): string =>
  JSON.stringify([period, dimension, category]);

/**
 * What is read of a series within the period of a report: each of its periods that ends in it, of the whole and of every
 * part. So each is asked for in one report and in no other.
 */
export function cellsOf(
  { frequency, disaggregation }: Pick<Series, 'frequency' | 'disaggregation'>,
  report: { periodFrom: Day; periodTo: Day },
): CellPlace[] {
  const parts = [
    { dimension: '', category: '' },
    ...disaggregation.flatMap(({ dimension, categories }) =>
      categories.map((category) => ({ dimension, category })),
    ),
  ];
  return parts.flatMap((part) =>
    periodsWithin(frequency, report).map(({ key }) => ({ period: key, ...part })),
  );
}

const periodsWithin = (
  frequency: Series['frequency'],
  { periodFrom, periodTo }: { periodFrom: Day; periodTo: Day },
): CalendarPeriod[] =>
  periodsBetween(frequency, periodFrom, periodTo).filter(({ to }) => to >= periodFrom && to <= periodTo);

/** A series as it was sent. Values are plain decimals; null and left out say nothing. */
export interface SentReadings {
  seriesId: string;
  source?: string | null;
  method?: string | null;
  note?: string | null;
  values?:
    { period: string; dimension?: string | null; category?: string | null; value?: string | null }[] | null;
}

/** What may be said in a report of one series. */
export interface AskedSeries {
  series: Series;
  cells: readonly CellPlace[];
}

/**
 * What a report says of its series, as it was sent, by their ids.
 * @throws ruleBroken naming the field: a series or a period that is not read in it, one that is calculated, one that stands
 *   there twice, too fine a number
 */
export function readSent(
  sent: readonly SentReadings[],
  asked: readonly AskedSeries[],
): Map<string, SaidOfSeries> {
  const said = new Map<string, SaidOfSeries>();
  for (const [index, { seriesId, source, method, note, values }] of sent.entries()) {
    const at = `/readings/${index}`;
    const one = asked.find(({ series }) => series.id === seriesId);
    if (!one)
      throw fieldError('ruleBroken', `${at}/seriesId`, 'Choose something that is read in this report.');
    if (said.has(seriesId))
      throw fieldError('ruleBroken', `${at}/seriesId`, `${one.series.name} stands there twice.`);
    const cells = readValues(values ?? [], one, at);
    said.set(seriesId, { source: source ?? '', method: method ?? '', note: note ?? '', cells });
  }
  return said;
}

function readValues(
  values: NonNullable<SentReadings['values']>,
  { series, cells }: AskedSeries,
  at: string,
): ReadingCell[] {
  const seen = new Set<string>();
  return values.map(({ period, dimension, category, value }, index): ReadingCell => {
    const pointer = `${at}/values/${index}`;
    const place: CellPlace = { period, dimension: dimension ?? '', category: category ?? '' };
    const key = cellKey(place);
    if (!cells.some((cell) => cellKey(cell) === key)) {
      const sentence = `${[period, place.category].filter(Boolean).join(', ')} is not read in this report.`;
      throw fieldError('ruleBroken', `${pointer}/period`, sentence);
    }
    if (seen.has(key)) throw fieldError('ruleBroken', `${pointer}/period`, `${period} stands there twice.`);
    seen.add(key);
    if (value === undefined || value === null) return { ...place, value: null, settled: null };
    if (series.formula !== null) {
      const sentence = `${series.name} is calculated from others: enter what it is calculated from.`;
      throw fieldError('ruleBroken', `${pointer}/value`, sentence);
    }
    return { ...place, value: keptValue(value, `${pointer}/value`), settled: null };
  });
}

/** What is said now, beside what was taken as readings before: what is no longer said is to be taken back. */
export function keepSettled(now: readonly ReadingCell[], before: readonly ReadingCell[]): ReadingCell[] {
  const settledAt = new Map(before.map((cell) => [cellKey(cell), cell.settled]));
  const named = new Set(now.map(cellKey));
  return [
    ...now.map((cell) => ({ ...cell, settled: settledAt.get(cellKey(cell)) ?? null })),
    ...before.filter((cell) => !named.has(cellKey(cell))).map((cell) => ({ ...cell, value: null })),
  ].filter(({ value, settled }) => value !== null || settled !== null);
}

/** A cell whose reading is to be taken, and why it corrects what this report has brought before; empty elsewhere. */
export interface TakenCell {
  cell: ReadingCell;
  reason: string;
}

/**
 * What becomes readings when a report is handed in: what it says otherwise than when it was handed in before. It takes
 * back only what came in it: what somebody else has read meanwhile stays.
 */
export function toTake(
  cells: readonly ReadingCell[],
  standingAt: (cell: ReadingCell) => StandingValue | undefined,
  reason: string,
): TakenCell[] {
  return cells.flatMap((cell) => {
    if (cell.value === cell.settled) return [];
    const standing = standingAt(cell);
    const isOwn = standing?.isOwn ?? false;
    if (cell.value === null && !(isOwn && standing?.value !== null)) return [];
    return [{ cell, reason: isOwn ? reason : '' }];
  });
}

/**
 * Where the first value stands that a report says and that is not asked for in it any more, because its period was moved
 * since: a milestone was reached, or the term ends sooner. -1 where there is none.
 */
export function noLongerAsked(
  cells: readonly ReadingCell[],
  series: Pick<Series, 'frequency' | 'disaggregation'>,
  report: { periodFrom: Day; periodTo: Day },
): number {
  const periods = new Set(cellsOf(series, report).map(({ period }) => period));
  return cells.findIndex(({ value, period }) => value !== null && !periods.has(period));
}

/** A calculated value of a report: from what it says itself, or else from what was read already. */
export function calculatedAt(
  formula: NonNullable<Series['formula']>,
  inputs: readonly SeriesInput[],
  valueOf: (inputId: string) => string | null,
): Calculated {
  const values = inputs.map(({ id, name, part }) => ({ name, part, value: valueOf(id) }));
  return (
    calculate(formula, values) ?? { value: null, missing: inputs.map(({ name }) => name), problem: null }
  );
}
