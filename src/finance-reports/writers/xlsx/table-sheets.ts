import type { Cell, ReportColumn } from '../../documents/report-document.js';
import type { ZipEntry } from '../zip.js';
import { cellXml, columnName, type Content, contentOf, rowXml, textContent } from './cells.js';
import { quoted, type Sheet, sheetFoot, sheetHead, SheetNames } from './sheet.js';
import type { Look, Looks } from './styles.js';
import { Totals } from './totals.js';

/** A table as sheets show it: every row is in a currency. */
export interface SheetTable {
  title: string;
  columns: ReportColumn[];
  /** Which column names the currency, where rows are in several. */
  currencyColumn: number | null;
  rows: () => AsyncIterable<{ cells: Cell[]; currency: string }>;
}

/** What is gathered while sheets are written one after the other. */
export interface Workbook {
  sheets: Sheet[];
  names: SheetNames;
  looks: Looks;
  /** Told of each row. */
  onRow: () => void;
  /** How many rows a sheet may have: 1,048,576, or fewer to try it out. */
  mostRows: number;
}

/** Rows that are made into text at a time. */
const BATCH = 200;

/** A table on as many sheets as it needs, its totals on the last. */
export async function* tableSheets(table: SheetTable, workbook: Workbook): AsyncGenerator<ZipEntry> {
  const totals = new Totals(table.columns, table.currencyColumn);
  const rows = table.rows()[Symbol.asyncIterator]();
  try {
    let next = await rows.next();
    do {
      const name = workbook.names.take(table.title);
      workbook.sheets.push({ name, hasHeading: true });
      const content = async function* () {
        yield sheetHead({ hasHeading: true }, table.columns.map(widthOf));
        yield rowXml(1, table.columns.map(headingOf), workbook.looks);
        let number = 1;
        let text: string[] = [];
        for (; !next.done && number < workbook.mostRows; next = await rows.next()) {
          number += 1;
          text.push(dataRow(number, table.columns, next.value, workbook));
          totals.add(next.value.cells, next.value.currency);
          workbook.onRow();
          if (text.length < BATCH) continue;
          yield text.join('');
          text = [];
        }
        yield text.join('');
        totals.endSheet(quoted(name), number);
        const filtered = `A1:${columnName(table.columns.length - 1)}${number}`;
        if (next.done && number + totals.rowCount() <= workbook.mostRows) {
          yield* totals.take(number + 1, workbook.looks);
        }
        yield sheetFoot(filtered);
      };
      yield { name: `xl/worksheets/sheet${workbook.sheets.length}.xml`, content: content() };
    } while (!next.done || totals.isDue());
  } finally {
    await rows.return?.();
  }
}

const headingOf = ({ label, type }: ReportColumn): { content: Content; look: Look } => ({
  content: textContent(type === 'instant' ? `${label} (UTC)` : label),
  look: { font: 'bold', line: 'under', tint: true, side: isFigure(type) ? 'right' : undefined },
});

const isFigure = (type: ReportColumn['type']): boolean =>
  type !== 'text' && type !== 'day' && type !== 'instant';

function dataRow(
  number: number,
  columns: readonly ReportColumn[],
  { cells, currency }: { cells: Cell[]; currency: string },
  { looks }: Workbook,
): string {
  let xml = '';
  for (let index = 0; index < columns.length; index++) {
    const cell = cells[index] ?? null;
    if (cell === null) continue;
    const { type } = columns[index]!;
    const { content, format } = contentOf(cell, type, currency);
    const look =
      content.kind === 'text' && isFigure(type)
        ? looks.number({ format, side: 'right' })
        : looks.ofFormat(format);
    xml += cellXml(`${columnName(index)}${number}`, content, look);
  }
  return `<row r="${number}">${xml}</row>`;
}

const widths: Record<ReportColumn['type'], number> = {
  ...{ text: 30, money: 20, foreignMoney: 20, day: 13, instant: 21, count: 11, percent: 11, rate: 14 },
};

const widthOf = ({ label, type }: ReportColumn): number =>
  Math.min(60, Math.max(widths[type], label.length + 4));
