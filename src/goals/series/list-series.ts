import type { Tx } from '../../platform/database/tx.js';
import { listPage, type Page } from '../../platform/http/list.js';
import type { SeriesQuery, WholeSeries } from './series.dto.js';
import type { Series, SeriesKind } from './series.js';
import { inputsOf, seriesSql, toSeries, trajectoriesOf } from './series.read.js';

/** A page of the series of one kind in a coalition, each whole. */
export async function listSeries(
  tx: Tx,
  kind: SeriesKind,
  coalitionId: string,
  { goalId, state, measureKind, ...query }: SeriesQuery & { measureKind?: string },
): Promise<Page<WholeSeries>> {
  const page = await listPage<Series>(
    tx,
    {
      sql: `SELECT * FROM (${seriesSql(kind)}) AS series WHERE "coalitionId" = $1 AND ($2::uuid IS NULL OR "goalId" = $2)
        AND ($3::text IS NULL OR ($3 = 'retired') = ("retiredAt" IS NOT NULL)) AND ($4::text IS NULL OR "measureKind" = $4)`,
      parameters: [coalitionId, goalId ?? null, state ?? null, measureKind ?? null],
      sorts: {
        name: { column: 'name', type: 'text' },
        createdAt: { column: '"createdAt"', type: 'timestamptz' },
      },
      defaultSort: 'name',
    },
    query,
  );
  const ids = page.items.map(({ id }) => id);
  const trajectories = await trajectoriesOf(tx, kind, ids);
  const inputs = await inputsOf(tx, kind, ids);
  const items = page.items.map((row) => ({
    series: toSeries(row),
    trajectory: trajectories.get(row.id)!,
    inputs: inputs.get(row.id) ?? [],
  }));
  return { ...page, items };
}
