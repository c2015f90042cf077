import type { Day } from '../../maths/day.js';
import { type DatedValue, plainDecimal } from '../../maths/decimals.js';
import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import type { Series, SeriesInput, SeriesKind, SeriesRef, Trajectory } from './series.js';
import { seriesKinds } from './series.js';

const ofMeasure = `s.kind AS "measureKind", s.programme, s.organisation_id AS "organisationId", o.name AS organisation`;
const ofIndicator = `NULL AS "measureKind", NULL AS programme, NULL::uuid AS "organisationId", NULL AS organisation`;

/** SQL of the series of one kind: one query never reads both. */
export const seriesSql = (kind: SeriesKind): string => `
  SELECT '${kind}' AS kind, s.id, s.coalition_id AS "coalitionId", s.goal_id AS "goalId", g.name AS "goalName",
    g.horizon_on AS "goalHorizonOn", s.name, s.definition, s.unit, s.places, s.polarity, s.frequency,
    s.due_after_days AS "dueAfterDays", s.baseline_on AS "baselineOn", s.baseline, s.bands, s.disaggregation, s.formula,
    s.source, s.method, s.responsible_id AS "responsibleId", p.name AS responsible, s.created_at AS "createdAt",
    s.retired_at AS "retiredAt", s.retire_reason AS "retireReason", s.version,
    ${kind === 'measure' ? ofMeasure : ofIndicator}
  FROM ${seriesKinds[kind].table} s JOIN goals g ON g.id = s.goal_id LEFT JOIN persons p ON p.id = s.responsible_id
  ${kind === 'measure' ? 'LEFT JOIN organisations o ON o.id = s.organisation_id' : ''}`;

/** A series as it is read from the database: numbers as PostgreSQL writes them. */
export const toSeries = (row: Series): Series => ({
  ...row,
  baseline: row.baseline === null ? null : plainDecimal(row.baseline),
});

/** @throws notFound */
export async function readSeries(tx: Tx, { kind, id }: SeriesRef): Promise<Series> {
  const row = await tx.row<Series>(`${seriesSql(kind)} WHERE s.id = $1`, [id]);
  if (!row) throw notFound(seriesKinds[kind].word);
  return toSeries(row);
}

/** Holds a series until the transaction ends: one at a time reads into it or changes it. @throws notFound */
export async function lockSeries(tx: Tx, ref: SeriesRef): Promise<Series> {
  await tx.rows(`SELECT 1 FROM ${seriesKinds[ref.kind].table} WHERE id = $1 FOR UPDATE`, [ref.id]);
  return readSeries(tx, ref);
}

const most = 500;

/** The series of one kind in a coalition, or of one of its goals; those that are retired last. */
export async function seriesOf(
  tx: Tx,
  kind: SeriesKind,
  { coalitionId, goalId = null }: { coalitionId: string; goalId?: string | null },
): Promise<Series[]> {
  const rows = await tx.rows<Series>(
    `${seriesSql(kind)} WHERE s.coalition_id = $1 AND ($2::uuid IS NULL OR s.goal_id = $2)
     ORDER BY g.horizon_on, g.id, s.retired_at IS NOT NULL, s.created_at, s.id LIMIT ${most}`,
    [coalitionId, goalId],
  );
  return rows.map(toSeries);
}

/** The targets and stated forecasts of series of one kind, by their id. */
export async function trajectoriesOf(
  tx: Tx,
  kind: SeriesKind,
  ids: string[],
): Promise<Map<string, Trajectory>> {
  const { column } = seriesKinds[kind];
  const rows = await tx.rows<{ id: string; line: keyof Trajectory; on: Day; value: string }>(
    `SELECT ${column} AS id, line, on_day AS on, value FROM trajectory_points
     WHERE ${column} = ANY ($1::uuid[]) ORDER BY on_day`,
    [ids],
  );
  const found = new Map<string, Trajectory>(ids.map((id) => [id, { target: [], forecast: [] }]));
  for (const { id, line, on, value } of rows) {
    const point: DatedValue = { on, value: plainDecimal(value) };
    found.get(id)![line].push(point);
  }
  return found;
}

/** What calculated series of one kind are calculated from, by their id. */
export async function inputsOf(tx: Tx, kind: SeriesKind, ids: string[]): Promise<Map<string, SeriesInput[]>> {
  const { table, column } = seriesKinds[kind];
  const rows = await tx.rows<SeriesInput & { of: string }>(
    `SELECT i.${column} AS of, s.id, s.name, s.unit, i.part FROM calculation_inputs i
     JOIN ${table} s ON s.id = i.input_${column} WHERE i.${column} = ANY ($1::uuid[]) ORDER BY i.position`,
    [ids],
  );
  const found = new Map<string, SeriesInput[]>();
  for (const { of, ...input } of rows) found.set(of, [...(found.get(of) ?? []), input]);
  return found;
}
