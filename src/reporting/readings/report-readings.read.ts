import { seriesNamed, seriesReadBy } from '../../goals/readings/report-readings.js';
import { inputsOf } from '../../goals/series/series.read.js';
import { type Series, type SeriesInput, type SeriesKind, seriesKinds } from '../../goals/series/series.js';
import type { Day } from '../../maths/day.js';
import { plainDecimal } from '../../maths/decimals.js';
import type { Tx } from '../../platform/database/tx.js';
import {
  calculatedAt,
  cellKey,
  type CellPlace,
  cellsOf,
  type ReadingCell,
  type SaidOfSeries,
  type StandingValue,
} from './report-readings.rules.js';

/** A value of a series in a report: what the report says of it, and what stands for it among all readings. */
export interface ReportedValue extends ReadingCell {
  /** Null where nothing was read. */
  standing: StandingValue | null;
  /** Of what is calculated: the inputs that are missing, or what else is in its way. */
  missing: string[];
  problem: string | null;
}

/** A series of a report: what is asked of it, what is said, and where it is from. */
export interface ReportedSeries extends Omit<SaidOfSeries, 'cells'> {
  series: Series;
  /** Of what is calculated: from what. */
  inputs: SeriesInput[];
  values: ReportedValue[];
}

/** A report, as far as its readings go. */
interface ReportOfReadings {
  id: string;
  organisationId: string;
  requirementId: string;
  number: number;
  periodFrom: Day;
  periodTo: Day;
  today: Day;
  goals: readonly { id: string }[];
}

/**
 * What is read in a report: the indicators and measures of its goals that its organisation reads, and what it said of
 * others while it did. What is entered comes first, what is calculated after it; something of which no period ends in the
 * report is left out.
 */
export async function readingsOf(tx: Tx, report: ReportOfReadings): Promise<ReportedSeries[]> {
  const found = [...(await ofKind(tx, 'indicator', report)), ...(await ofKind(tx, 'measure', report))].filter(
    ({ values }) => values.length > 0,
  );
  const isEntered = ({ series }: ReportedSeries) => series.formula === null;
  return [...found.filter(isEntered), ...found.filter((one) => !isEntered(one))];
}

interface KeptRow extends SaidOfSeries {
  seriesId: string;
}

async function ofKind(tx: Tx, kind: SeriesKind, report: ReportOfReadings): Promise<ReportedSeries[]> {
  const { column } = seriesKinds[kind];
  const kept = await tx.rows<KeptRow>(
    `SELECT ${column} AS "seriesId", source, method, note, cells FROM report_readings
     WHERE spend_report_id = $1 AND ${column} IS NOT NULL`,
    [report.id],
  );
  const read = await seriesReadBy(tx, kind, { ...report, goalIds: report.goals.map(({ id }) => id) });
  const left = kept.map(({ seriesId }) => seriesId).filter((id) => !read.some((one) => one.id === id));
  const series = [...read, ...(await seriesNamed(tx, kind, left))];
  if (series.length === 0) return [];
  const ids = series.map(({ id }) => id);
  const inputs = await inputsOf(tx, kind, ids);
  const inputIds = [...inputs.values()].flat().map(({ id }) => id);
  const standing = await standingValues(tx, kind, [...new Set([...ids, ...inputIds])], report);
  const saidAt = (id: string, place: CellPlace) =>
    kept.find(({ seriesId }) => seriesId === id)?.cells.find((cell) => cellKey(cell) === cellKey(place));
  return series.map((one) => {
    const own = kept.find(({ seriesId }) => seriesId === one.id);
    const from = inputs.get(one.id) ?? [];
    const valueOf = (place: CellPlace) => (inputId: string) =>
      saidAt(inputId, place)?.value ?? standing.get(placeKey(inputId, place))?.value ?? null;
    const values = placesOf(one, report, own).map((place): ReportedValue => {
      const said = { ...place, standing: standing.get(placeKey(one.id, place)) ?? null };
      if (one.formula !== null)
        return { ...said, ...calculatedAt(one.formula, from, valueOf(place)), settled: null };
      const { value = null, settled = null } = saidAt(one.id, place) ?? {};
      return { ...said, value, settled, missing: [], problem: null };
    });
    const { source = '', method = '', note = '' } = own ?? {};
    return { series: one, inputs: from, source, method, note, values };
  });
}

/** What is asked of a series, and what was said while more was: parts that are told apart no longer. */
function placesOf(series: Series, report: ReportOfReadings, kept: KeptRow | undefined): CellPlace[] {
  const asked = series.retiredAt === null ? cellsOf(series, report) : [];
  const keys = new Set(asked.map(cellKey));
  const more = (kept?.cells ?? []).filter((cell) => !keys.has(cellKey(cell)));
  return [...asked, ...more.map(({ period, dimension, category }) => ({ period, dimension, category }))];
}

const placeKey = (seriesId: string, place: CellPlace): string => `${seriesId} ${cellKey(place)}`;

/** What stands for these series by now, and whether it came in this report, or in one of the same period. */
async function standingValues(
  tx: Tx,
  kind: SeriesKind,
  ids: string[],
  { requirementId, number, periodFrom, periodTo }: ReportOfReadings,
): Promise<Map<string, StandingValue>> {
  const { column } = seriesKinds[kind];
  const rows = await tx.rows<{
    seriesId: string;
    periodKey: string;
    dimension: string;
    category: string;
    value: string | null;
    isOwn: boolean;
  }>(
    `SELECT r.${column} AS "seriesId", r.period_key AS "periodKey", r.dimension, r.category, r.value,
       coalesce(s.requirement_id = $2 AND s.number = $3, false) AS "isOwn"
     FROM readings r LEFT JOIN spend_reports s ON s.id = r.spend_report_id
     WHERE r.${column} = ANY ($1::uuid[]) AND r.period_to BETWEEN $4 AND $5
       AND NOT EXISTS (SELECT 1 FROM readings n WHERE n.supersedes_id = r.id)`,
    [ids, requirementId, number, periodFrom, periodTo],
  );
  return new Map(
    rows.map(({ seriesId, periodKey, value, isOwn, dimension, category }) => [
      placeKey(seriesId, { period: periodKey, dimension, category }),
      { value: value === null ? null : plainDecimal(value), isOwn },
    ]),
  );
}
