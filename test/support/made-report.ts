import { Database, inSnapshot } from '../../src/platform/database/database.js';
import { personActor } from '../../src/platform/database/actor.js';
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
  ReportPolicies,
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

/** Composes a report of a pool as this person, with the policies it stands on, or with those it was made by first. */
export function makeReport(
  app: TestApp,
  person: Client,
  definition: ReportDefinition,
  poolId: string,
  { asOf, from, to, basis, funderId = undefined }: ReportCase,
  kept?: ReportPolicies,
): Promise<MadeReport> {
  return inSnapshot(app.nest.get(Database), personActor(person.id, person.name), async (tx) => {
    const pool = await tx.row<{
      id: string;
      coalitionId: string;
      name: string;
      currency: string;
      coalition: string;
      timeZone: string;
    }>(
      `SELECT p.id, p.coalition_id AS "coalitionId", p.name, p.currency, c.name AS coalition, c.time_zone AS "timeZone"
       FROM pools p JOIN coalitions c ON c.id = p.coalition_id WHERE p.id = $1`,
      [poolId],
    );
    const order = { pool: pool!, period: { from, to }, asOf, basis, funderId: funderId ?? null };
    const asked = kept ?? (await definition.policies?.(tx, order)) ?? {};
    // As a run keeps them.
    const policies = JSON.parse(JSON.stringify(asked)) as ReportPolicies;
    const made = await definition.compose(tx, { ...order, policies });
    return { ...(await whole(made)), policies };
  });
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
