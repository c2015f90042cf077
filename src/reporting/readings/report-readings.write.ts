import { seriesKinds } from '../../goals/series/series.js';
import type { Tx } from '../../platform/database/tx.js';
import {
  keepSettled,
  readSent,
  type ReadingCell,
  type SaidOfSeries,
  type SentReadings,
} from './report-readings.rules.js';
import type { ReportedSeries } from './report-readings.read.js';

interface Report {
  id: string;
  coalitionId: string;
  readings: readonly ReportedSeries[];
}

/**
 * Makes what a report says of its series this and nothing else. What was taken as a reading before is remembered.
 * @throws ruleBroken naming the field
 */
export async function replaceReadings(tx: Tx, report: Report, sent: readonly SentReadings[]): Promise<void> {
  const asked = report.readings.map(({ series, values }) => ({ series, cells: values }));
  const said = readSent(sent, asked);
  for (const { series, values } of report.readings) {
    if (series.formula !== null) continue;
    const now = said.get(series.id) ?? { source: '', method: '', note: '', cells: [] };
    await keep(tx, report, series, { ...now, cells: keepSettled(now.cells, values.map(asCell)) });
  }
}

/** Remembers that everything a report says has been taken as readings. */
export async function settleReadings(tx: Tx, report: Report): Promise<void> {
  for (const { series, values, source, method, note } of report.readings) {
    if (series.formula !== null) continue;
    const cells = values
      .map((cell) => asCell({ ...cell, settled: cell.value }))
      .filter(({ value }) => value !== null);
    await keep(tx, report, series, { source, method, note, cells });
  }
}

/** A correction begins with what the report that it corrects says was read. */
export const copyReadings = (tx: Tx, fromReportId: string, toReportId: string): Promise<unknown> =>
  tx.run(
    `INSERT INTO report_readings (coalition_id, spend_report_id, indicator_id, measure_id, source, method, note, cells)
     SELECT coalition_id, $2, indicator_id, measure_id, source, method, note, cells FROM report_readings
     WHERE spend_report_id = $1`,
    [fromReportId, toReportId],
  );

const asCell = ({ period, dimension, category, value, settled }: ReadingCell): ReadingCell => ({
  ...{ period, dimension, category, value, settled },
});

async function keep(
  tx: Tx,
  report: Report,
  { kind, id }: ReportedSeries['series'],
  { source, method, note, cells }: SaidOfSeries,
): Promise<void> {
  const { column } = seriesKinds[kind];
  if (source === '' && method === '' && note === '' && cells.length === 0) {
    await tx.run(`DELETE FROM report_readings WHERE spend_report_id = $1 AND ${column} = $2`, [
      report.id,
      id,
    ]);
    return;
  }
  await tx.run(
    `INSERT INTO report_readings (coalition_id, spend_report_id, ${column}, source, method, note, cells)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (spend_report_id, indicator_id, measure_id)
     DO UPDATE SET source = excluded.source, method = excluded.method, note = excluded.note, cells = excluded.cells`,
    [report.coalitionId, report.id, id, source, method, note, JSON.stringify(cells)],
  );
}
