import type { Day } from '../../maths/day.js';
import { plainDecimal } from '../../maths/decimals.js';
import type { Tx } from '../../platform/database/tx.js';
import { listPage, type ListQuery, type Page } from '../../platform/http/list.js';
import { seriesKinds, type SeriesKind, type SeriesRef } from '../series/series.js';
import type { Part } from '../series/series.rules.js';
import type { CurrentReading, ReadingVia } from './reading.rules.js';

/** A reading that was written down, and what became of it. */
export interface Reading extends CurrentReading {
  /** The last day of its period. */
  periodTo: Day;
  source: string;
  method: string;
  note: string;
  via: ReadingVia;
  supersedesId: string | null;
  supersededById: string | null;
  /** The spend report that it came in, and whose that is. */
  spendReportId: string | null;
  reportedById: string | null;
  recordedBy: string | null;
  recordedAt: Date;
}

const readingSql = (kind: SeriesKind): string => `
  SELECT r.id, r.${seriesKinds[kind].column} AS "seriesId", r.period_key AS "periodKey", r.period_to AS "periodTo",
    r.dimension, r.category, r.value, r.source, r.method, r.note, r.via, r.supersedes_id AS "supersedesId",
    n.id AS "supersededById", p.name AS "recordedBy", r.recorded_at AS "recordedAt",
    r.spend_report_id AS "spendReportId", s.organisation_id AS "reportedById"
  FROM readings r LEFT JOIN readings n ON n.supersedes_id = r.id LEFT JOIN persons p ON p.id = r.recorded_by
  LEFT JOIN spend_reports s ON s.id = r.spend_report_id`;

type ReadingRow = Reading & { seriesId: string };

const toReading = ({ value, ...row }: ReadingRow): ReadingRow => ({
  ...row,
  value: value === null ? null : plainDecimal(value),
});

/** What stands of each of these series, by its id: superseded and taken back readings are left out. */
export async function currentReadings(
  tx: Tx,
  kind: SeriesKind,
  ids: string[],
): Promise<Map<string, Reading[]>> {
  const rows = await tx.rows<ReadingRow>(
    `${readingSql(kind)} WHERE r.${seriesKinds[kind].column} = ANY ($1::uuid[]) AND n.id IS NULL AND r.value IS NOT NULL
     ORDER BY r.period_to, r.dimension, r.category`,
    [ids],
  );
  const found = new Map<string, Reading[]>(ids.map((id) => [id, []]));
  for (const { seriesId, ...reading } of rows.map(toReading)) found.get(seriesId)!.push(reading);
  return found;
}

/** What stands for each period and part of a series, those that were taken back too. */
export const standingReadings = async (tx: Tx, { kind, id }: SeriesRef): Promise<Reading[]> =>
  (
    await tx.rows<ReadingRow>(
      `${readingSql(kind)} WHERE r.${seriesKinds[kind].column} = $1 AND n.id IS NULL`,
      [id],
    )
  ).map(toReading);

/** The parts that a series has readings of. */
export const readParts = (tx: Tx, { kind, id }: SeriesRef): Promise<Part[]> =>
  tx.rows<Part>(`SELECT DISTINCT dimension, category FROM readings WHERE ${seriesKinds[kind].column} = $1`, [
    id,
  ]);

export interface ReadingsFilter extends ListQuery {
  category?: string;
  standing?: 'current' | 'superseded';
}

/** Every reading of a series that was ever written, the newest period first. */
export async function listReadings(
  tx: Tx,
  { kind, id }: SeriesRef,
  { category, standing, ...query }: ReadingsFilter,
): Promise<Page<Reading>> {
  const page = await listPage<ReadingRow>(
    tx,
    {
      sql: `${readingSql(kind)} WHERE r.${seriesKinds[kind].column} = $1 AND ($2::text IS NULL OR r.category = $2)
        AND ($3::text IS NULL OR ($3 = 'current') = (n.id IS NULL))`,
      parameters: [id, category ?? null, standing ?? null],
      sorts: {
        period: { column: '"periodTo"', type: 'date' },
        recordedAt: { column: '"recordedAt"', type: 'timestamptz' },
      },
      defaultSort: '-period',
    },
    query,
  );
  return { ...page, items: page.items.map(toReading) };
}
