import { formatMoney } from '../../../maths/money.js';
import { countText } from '../../../web/format.js';
import type { ReportColumn, ReportSection, ReportTable } from '../../documents/report-document.js';
import { cellText, LOCALE } from '../words.js';

/** A table as pages show it. */
export interface TableRows {
  table: ReportTable;
  section: ReportSection;
  /** Null where there are more rows than pages are good for. */
  rows: string[][] | null;
  count: number;
  /** The total of each column that is summed; null of the others. */
  totals: (string | null)[];
}

/** Rows of a table that pages still show. */
const MOST_ROWS = 2_000;
/** So few are always shown. */
const FEW_ROWS = 50;
/** Cells of a document: what is set on pages is held until the last of them is known. */
const MOST_CELLS = 15_000;

/** Reads every table of a document, once; of one that is too long only the totals are kept. */
export async function readTables(
  sections: readonly ReportSection[],
  timeZone: string,
  onRow: () => void,
): Promise<Map<ReportTable, TableRows>> {
  const read = new Map<ReportTable, TableRows>();
  let cellsLeft = MOST_CELLS;
  for (const section of sections) {
    for (const table of section.parts.filter((part) => part.kind === 'table')) {
      const most = Math.max(FEW_ROWS, Math.min(MOST_ROWS, Math.floor(cellsLeft / table.columns.length)));
      const rows = await readTable(table, section, { most, timeZone, onRow });
      if (rows.rows) cellsLeft -= rows.count * table.columns.length;
      read.set(table, rows);
    }
  }
  return read;
}

async function readTable(
  table: ReportTable,
  section: ReportSection,
  { most, timeZone, onRow }: { most: number; timeZone: string; onRow: () => void },
): Promise<TableRows> {
  const reader = { locale: LOCALE, timeZone };
  const sums = table.columns.map(({ isSummed }): bigint | null => (isSummed ? 0n : null));
  let rows: string[][] | null = [];
  let count = 0;
  for await (const cells of table.rows()) {
    count += 1;
    onRow();
    sums.forEach((sum, index) => {
      const cell = cells[index];
      if (sum !== null && (typeof cell === 'bigint' || typeof cell === 'number'))
        sums[index] = sum + BigInt(cell);
    });
    if (count > most) rows = null;
    rows?.push(
      table.columns.map(({ type }, index) => cellText(cells[index] ?? null, type, section.currency, reader)),
    );
  }
  const totals = sums.map((sum, index) =>
    sum === null ? null : totalText(sum, table.columns[index]!.type, section.currency),
  );
  return { table, section, rows, count, totals };
}

const totalText = (sum: bigint, type: ReportColumn['type'], currency: string): string =>
  type === 'money' ? formatMoney(sum, currency, LOCALE, { symbol: false }) : countText(sum, LOCALE);
