import { Database, inSnapshot } from '../../src/platform/database/database.js';
import { type Actor, personActor } from '../../src/platform/database/actor.js';
import { definitionOf, reportKinds } from '../../src/finance-reports/definitions/report-definitions.js';
import type {
  Basis,
  Cell,
  ControlTotal,
  KeyFigure,
  ReportChart,
} from '../../src/finance-reports/documents/report-document.js';
import type {
  PoolReport,
  ReportDefinition,
  ReportOrder,
  ReportPolicies,
  ReportPool,
} from '../../src/finance-reports/documents/report-order.js';
import type { Client, TestApp } from './app.js';

/** Of which days and instant a report is, and how its days count. */
export interface ReportCase {
  asOf: Date;
  from: string | null;
  to: string;
  basis: Basis;
  funderId?: string;
}

/** A report with all its rows, by the names of its tables and columns. */
export interface MadeReport {
  keyFigures: KeyFigure[];
  tables: Record<string, Record<string, Cell>[]>;
  charts: ReportChart[];
  controlTotals: ControlTotal[];
  policies: ReportPolicies;
}

/**
 * Composes a report of a pool as somebody, with the policies it stands on, or with those it was made by first; `read` has
 * it while its snapshot lasts.
 */
export function composed<T>(
  app: TestApp,
  who: Client | Actor,
  definition: ReportDefinition,
  poolId: string,
  { asOf, from, to, basis, funderId = undefined }: ReportCase,
  read: (report: PoolReport, order: ReportOrder) => Promise<T>,
  kept?: ReportPolicies,
): Promise<T> {
  const actor = 'kind' in who ? who : personActor(who.id, who.name);
  return inSnapshot(app.nest.get(Database), actor, async (tx) => {
    const pool = await tx.row<ReportPool>(
      `SELECT p.id, p.coalition_id AS "coalitionId", p.name, p.currency, c.name AS coalition, c.time_zone AS "timeZone"
       FROM pools p JOIN coalitions c ON c.id = p.coalition_id WHERE p.id = $1`,
      [poolId],
    );
    const order = { pool: pool!, period: { from, to }, asOf, basis, funderId: funderId ?? null };
    const asked = kept ?? (await definition.policies?.(tx, order)) ?? {};
    // As a run keeps them.
    const policies = JSON.parse(JSON.stringify(asked)) as ReportPolicies;
    return read(await definition.compose(tx, { ...order, policies }), { ...order, policies });
  });
}

/** The same, with all its rows. */
export const makeReport = (
  app: TestApp,
  who: Client | Actor,
  definition: ReportDefinition,
  poolId: string,
  about: ReportCase,
  kept?: ReportPolicies,
): Promise<MadeReport> =>
  composed(
    app,
    who,
    definition,
    poolId,
    about,
    async (report, { policies }) => ({ ...(await whole(report)), policies }),
    kept,
  );

/**
 * What of all reports of a pool does not tie to the ledger, of some days and by either kind of day; and how many control
 * totals were looked at.
 */
export async function untiedReports(
  app: TestApp,
  who: Client | Actor,
  poolId: string,
  days: readonly Omit<ReportCase, 'basis'>[],
): Promise<{ untied: unknown[]; looked: number }> {
  const untied: unknown[] = [];
  let looked = 0;
  for (const kind of reportKinds)
    for (const basis of ['occurred', 'recorded'] as const)
      for (const each of days) {
        const about = { ...each, basis };
        const { controlTotals } = await makeReport(app, who, definitionOf(kind), poolId, about);
        looked += controlTotals.length;
        untied.push(
          ...controlTotals
            .filter(({ report, ledger }) => report !== ledger)
            .map((total) => ({ kind, poolId, ...about, ...total })),
        );
      }
  return { untied, looked };
}

async function whole({
  keyFigures,
  parts,
  controlTotals,
}: PoolReport): Promise<Omit<MadeReport, 'policies'>> {
  const tables: MadeReport['tables'] = {};
  for (const part of parts) {
    if (part.kind !== 'table') continue;
    const rows: Record<string, Cell>[] = [];
    for await (const cells of part.rows()) {
      if (cells.length !== part.columns.length)
        throw new Error(`A row of ${part.name} has ${cells.length} cells.`);
      rows.push(Object.fromEntries(part.columns.map(({ name }, index) => [name, cells[index]!])));
    }
    if (tables[part.name]) throw new Error(`Two tables are called ${part.name}.`);
    tables[part.name] = rows;
  }
  return { keyFigures, tables, charts: parts.filter((part) => part.kind === 'chart'), controlTotals };
}
