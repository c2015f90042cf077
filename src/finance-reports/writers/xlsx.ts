import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type {
  Cell,
  ReportColumn,
  ReportDocument,
  ReportSection,
  ReportTable,
} from '../documents/report-document.js';
import { registerTable, sectionNames } from './sections.js';
import type { ReportWriter } from './report-writer.js';
import { aboutSheet } from './xlsx/about-sheet.js';
import { SheetNames, workbookParts } from './xlsx/sheet.js';
import { Looks } from './xlsx/styles.js';
import { type SheetTable, tableSheets, type Workbook } from './xlsx/table-sheets.js';
import { type ZipEntry, zipOf } from './zip.js';

/** Told every so many rows. */
const TELL_EVERY = 1_000;
/** What every spreadsheet can open. */
const MOST_ROWS = 1_048_576;

/** A workbook that is written row by row, in bounded memory: the same document gives the same bytes. */
export const xlsxWriter: ReportWriter = xlsxWriterOf(MOST_ROWS);

/** @param mostRows of a sheet, its heading and totals among them */
export function xlsxWriterOf(mostRows: number): ReportWriter {
  return {
    format: 'xlsx',
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extension: 'xlsx',
    write: (document: ReportDocument, sink: Writable, progress) => {
      let rows = 0;
      const workbook: Workbook = {
        ...{ sheets: [], names: new SheetNames(), looks: new Looks(), mostRows },
        onRow: () => {
          rows += 1;
          if (rows % TELL_EVERY === 0) progress(rows);
        },
      };
      return pipeline(zipOf(entriesOf(document, workbook)), sink).then(() => progress(rows));
    },
  };
}

async function* entriesOf(document: ReportDocument, workbook: Workbook): AsyncGenerator<ZipEntry> {
  const { sheets, names, looks } = workbook;
  sheets.push({ name: names.take('About'), hasHeading: false });
  yield { name: 'xl/worksheets/sheet1.xml', content: aboutSheet(document, looks) };
  for (const table of tablesOf(document)) yield* tableSheets(table, workbook);
  const about = { title: `${document.title}: ${document.scope}`, created: document.asOf };
  yield* workbookParts(sheets, looks.xml(), about);
}

/** A register is one table of all pools; every other table has its own sheet. */
function tablesOf(document: ReportDocument): SheetTable[] {
  const { sections, layout } = document;
  const names = sectionNames(document);
  const registers = layout === 'register' ? sections.map(registerTable) : [];
  const alone = sections.flatMap((section) =>
    section.parts
      .filter((part) => part.kind === 'table')
      .filter((table) => !registers.includes(table))
      .map((table) =>
        tableOf(table, section, sections.length > 1 ? `${names.get(section)!} ${table.title}` : table.title),
      ),
  );
  const [first] = registers;
  return first ? [registerOf(first, registers, sections), ...alone] : alone;
}

const tableOf = ({ columns, rows }: ReportTable, { currency }: ReportSection, title: string): SheetTable => ({
  ...{ title, columns, currencyColumn: null },
  rows: async function* () {
    for await (const cells of rows()) yield { cells, currency };
  },
});

const inFront: ReportColumn[] = ['Coalition', 'Pool', 'Currency'].map((label) => ({
  ...{ name: label.toLowerCase(), label, type: 'text' },
}));

const registerOf = (
  { title, columns }: ReportTable,
  tables: readonly ReportTable[],
  sections: readonly ReportSection[],
): SheetTable => ({
  ...{ title, columns: [...inFront, ...columns], currencyColumn: 2 },
  rows: async function* () {
    for (const [index, table] of tables.entries()) {
      const { coalition, pool, currency } = sections[index]!;
      for await (const cells of table.rows()) {
        yield { cells: [coalition, pool, currency, ...cells] satisfies Cell[], currency };
      }
    }
  },
});
