import { formatAmount } from '../../maths/money.js';
import type {
  Cell,
  ControlTotal,
  ReportChart,
  ReportColumn,
  ReportNote,
  ReportSection,
  ReportTable,
} from './report-document.js';

/**
 * What is kept of a pool's part of a report with its run, for pages and mails: whole but for long tables. Amounts are
 * decimal strings in the currency that it was shown in; control totals in that of the ledger.
 */
export interface KeptSection {
  coalition: string;
  pool: string;
  currency: string;
  ledgerCurrency?: string;
  keyFigures: { name: string; label: string; amount: string }[];
  parts: (KeptTable | ReportChart | ReportNote)[];
  controlTotals: KeptTotal[];
}

export interface KeptTotal {
  name: string;
  report: string;
  ledger: string;
}

export interface KeptTable {
  kind: 'table';
  name: string;
  title: string;
  columns: ReportColumn[];
  /** By the names of the columns; what is nothing is left out. */
  rows: Record<string, string>[];
  /** Whether these are all of its rows. */
  isWhole: boolean;
}

/** The most rows of a table that are kept with a run. */
const MOST_ROWS = 200;

/** @param carried balances of accounts beside their postings, which are held to with the control totals */
export async function keepSection(section: ReportSection, carried: ControlTotal[]): Promise<KeptSection> {
  const { coalition, pool, currency, ledgerCurrency, keyFigures, controlTotals } = section;
  const parts: KeptSection['parts'] = [];
  for (const part of section.parts)
    parts.push(part.kind === 'table' ? await keepTable(part, currency) : part);
  return {
    ...{ coalition, pool, currency },
    ...(ledgerCurrency === undefined ? {} : { ledgerCurrency }),
    keyFigures: keyFigures.map(({ name, label, amount }) => ({
      ...{ name, label, amount: formatAmount(amount, currency) },
    })),
    parts,
    controlTotals: [...controlTotals, ...carried].map(({ name, report, ledger }) => ({
      name,
      report: formatAmount(report, ledgerCurrency ?? currency),
      ledger: formatAmount(ledger, ledgerCurrency ?? currency),
    })),
  };
}

async function keepTable(table: ReportTable, currency: string): Promise<KeptTable> {
  const { kind, name, title, columns } = table;
  const kept: KeptTable = { kind, name, title, columns, rows: [], isWhole: !table.isLong };
  if (table.isLong) return kept;
  for await (const row of table.rows()) {
    if (kept.rows.length === MOST_ROWS) return { ...kept, isWhole: false };
    kept.rows.push(
      Object.fromEntries(columns.flatMap((column, index) => keptCells(column, row[index] ?? null, currency))),
    );
  }
  return kept;
}

/** A foreign amount is two: the amount, and its currency. */
function keptCells({ name, type }: ReportColumn, cell: Cell, currency: string): [string, string][] {
  if (cell === null) return [];
  if (cell instanceof Date) return [[name, cell.toISOString()]];
  if (typeof cell === 'object') {
    return [
      [name, formatAmount(cell.amount, cell.currency)],
      [`${name}Currency`, cell.currency],
    ];
  }
  return [[name, type === 'money' ? formatAmount(BigInt(cell), currency) : String(cell)]];
}
