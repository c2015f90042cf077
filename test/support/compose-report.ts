import type { ReportSection } from '../../src/finance-reports/documents/report-document.js';
import type {
  ReportDefinition,
  ReportOrder,
  ReportPool,
} from '../../src/finance-reports/documents/report-order.js';
import { personActor } from '../../src/platform/database/actor.js';
import { Database, inSnapshot } from '../../src/platform/database/database.js';
import type { Cell, ReportTable } from '../../src/finance-reports/documents/report-document.js';
import type { TestApp } from './app.js';
import type { TestCoalition } from './coalition.js';

export type Asked = Partial<Omit<ReportOrder, 'pool'>>;

/**
 * What a definition makes of a pool, read inside its snapshot by `read`: as of the test's clock, since the beginning and
 * by the day it happened, unless asked otherwise.
 */
export function composed<T>(
  app: TestApp,
  coalition: TestCoalition,
  definition: ReportDefinition,
  asked: Asked,
  read: (section: ReportSection) => Promise<T>,
): Promise<T> {
  const { finance, poolId } = coalition;
  return inSnapshot(app.nest.get(Database), personActor(finance.id, finance.name), async (tx) => {
    const pool = (await tx.row<ReportPool>(
      `SELECT p.id, p.coalition_id AS "coalitionId", p.name, c.name AS coalition, p.currency, c.time_zone AS "timeZone"
       FROM pools p JOIN coalitions c ON c.id = p.coalition_id WHERE p.id = $1`,
      [poolId],
    ))!;
    const asOf = asked.asOf ?? tx.now;
    const order = {
      ...{ pool, asOf, period: { from: null, to: asOf.toISOString().slice(0, 10) } },
      ...{ basis: 'occurred' as const, funderId: null },
      ...asked,
    };
    const policies = asked.policies ?? (await definition.policies?.(tx, order)) ?? {};
    const { coalition: name, currency } = pool;
    const report = await definition.compose(tx, { ...order, policies });
    return read({ ...report, coalition: name, pool: pool.name, currency });
  });
}

/** The rows of a table, by the stable names of its columns. */
export async function rowsByName(
  section: Pick<ReportSection, 'parts'>,
  name: string,
): Promise<Record<string, Cell>[]> {
  const table = section.parts.find(
    (part): part is ReportTable => part.kind === 'table' && part.name === name,
  );
  if (!table) throw new Error(`The report has no table “${name}”.`);
  const rows: Record<string, Cell>[] = [];
  for await (const row of table.rows()) {
    rows.push(Object.fromEntries(table.columns.map((column, index) => [column.name, row[index] ?? null])));
  }
  return rows;
}
