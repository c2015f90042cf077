import type { Parameter, Tx } from '../../platform/database/tx.js';
import type { InputOfSeries } from './series.dto.js';
import { seriesKinds, type SeriesRef, type SeriesTerms, type Trajectory } from './series.js';

/** The columns that hold what a series says. */
export const columnsOf = (terms: SeriesTerms): Record<string, Parameter> => ({
  ...{ name: terms.name, definition: terms.definition, unit: terms.unit, places: terms.places },
  ...{ baseline_on: terms.baselineOn, baseline: terms.baseline, bands: JSON.stringify(terms.bands) },
  disaggregation: JSON.stringify(terms.disaggregation),
  ...{ source: terms.source, method: terms.method, responsible_id: terms.responsibleId },
});

type OwnedRef = SeriesRef & { coalitionId: string };

/** Writes down what a calculated series is calculated from. */
export async function insertInputs(
  tx: Tx,
  { kind, id, coalitionId }: OwnedRef,
  inputs: readonly InputOfSeries[],
): Promise<void> {
  const { column } = seriesKinds[kind];
  for (const [index, input] of inputs.entries()) {
    await tx.run(
      `INSERT INTO calculation_inputs (coalition_id, ${column}, input_${column}, part, position) VALUES ($1, $2, $3, $4, $5)`,
      [coalitionId, id, input.id, input.part, index + 1],
    );
  }
}

/** Writes down where a series should be, and where its people say it will be. */
export async function insertPoints(
  tx: Tx,
  { kind, id, coalitionId }: OwnedRef,
  { target, forecast }: Trajectory,
): Promise<void> {
  const points = [
    ...target.map((point) => ({ line: 'target', ...point })),
    ...forecast.map((point) => ({ line: 'forecast', ...point })),
  ];
  await tx.run(
    `INSERT INTO trajectory_points (coalition_id, ${seriesKinds[kind].column}, line, on_day, value)
     SELECT $1, $2, line, "on", value FROM jsonb_to_recordset($3::jsonb) AS p (line text, "on" date, value numeric)`,
    [coalitionId, id, JSON.stringify(points)],
  );
}
