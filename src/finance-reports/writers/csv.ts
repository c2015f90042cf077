import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { formatAmount } from '../../maths/money.js';
import { csvText } from '../../platform/http/csv.js';
import type { Cell, ReportColumn, ReportDocument, ReportSection } from '../documents/report-document.js';
import { currencyOf, plainText } from './plain-cell.js';
import type { ReportWriter } from './report-writer.js';
import { registerTable, sectionNames } from './sections.js';

/** Rows that are put into text at a time: enough to be quick, few enough to be small. */
const BATCH = 500;

/**
 * RFC 4180 with CRLF, in UTF-8 without a byte order mark: a mark would be part of the first heading to most programs.
 * What a spreadsheet would run is disarmed. There is no limit to the rows.
 */
export const csvWriter: ReportWriter = {
  format: 'csv',
  mediaType: 'text/csv',
  extension: 'csv',
  write: (document: ReportDocument, sink: Writable, progress) =>
    pipeline(
      csvOf(document.layout === 'register' ? register(document) : statement(document), progress),
      sink,
    ),
};

type Line = readonly string[];
type Progress = (rows: number) => void;

/** A line is a row of a table, or says what the report is, or what a row consists of. */
interface Lines {
  lines: Line[];
  /** Rows of tables that these lines tell of. */
  rows: number;
}

async function* csvOf(parts: AsyncIterable<Lines>, progress: Progress): AsyncGenerator<string> {
  let waiting: Line[] = [];
  let written = 0;
  for await (const { lines, rows } of parts) {
    waiting.push(...lines);
    written += rows;
    if (waiting.length < BATCH) continue;
    yield csvText(waiting);
    progress(written);
    waiting = [];
  }
  if (waiting.length > 0) yield csvText(waiting);
  progress(written);
}

/** One wide table of all pools: coalition, pool and currency, then the columns by their stable names. */
async function* register({ sections }: ReportDocument): AsyncGenerator<Lines> {
  const columns = sections[0] ? registerTable(sections[0]).columns : [];
  yield { lines: [['coalition', 'pool', 'currency', ...columns.flatMap(headingsOf)]], rows: 0 };
  for (const section of sections) {
    const { coalition, pool, currency } = section;
    const table = registerTable(section);
    if (table.columns.map(({ name }) => name).join() !== columns.map(({ name }) => name).join()) {
      throw new Error('A register has the same columns for each pool.');
    }
    for await (const row of table.rows()) {
      const cells = columns.flatMap(({ type }, index) => wideCells(row[index] ?? null, type, currency));
      yield { lines: [[coalition, pool, currency, ...cells]], rows: 1 };
    }
  }
}

/** A foreign amount is two cells: the amount, and in which currency. */
const headingsOf = ({ name, type }: ReportColumn): string[] =>
  type === 'foreignMoney' ? [name, `${name}Currency`] : [name];

const wideCells = (cell: Cell, type: ReportColumn['type'], currency: string): string[] =>
  type === 'foreignMoney'
    ? [plainText(cell, type, currency), currencyOf(cell, type, currency)]
    : [plainText(cell, type, currency)];

/** A line for each cell: what it is about first, what holds it to the ledger last. */
async function* statement(document: ReportDocument): AsyncGenerator<Lines> {
  const names = sectionNames(document);
  yield {
    lines: [['pool', 'table', 'row', 'column', 'value', 'currency'], ...about(document, names)],
    rows: 0,
  };
  for (const section of document.sections) {
    const pool = names.get(section)!;
    const { currency } = section;
    yield {
      lines: section.keyFigures.map(({ name, amount }) => [
        ...[pool, 'keyFigures', '', name, formatAmount(amount, currency), currency],
      ]),
      rows: 0,
    };
    for (const table of section.parts.filter((part) => part.kind === 'table')) {
      let number = 0;
      for await (const row of table.rows()) {
        number += 1;
        yield { lines: cellLines([pool, table.name, String(number)], table.columns, row, currency), rows: 1 };
      }
    }
    yield { lines: notes(section, pool), rows: 0 };
  }
  for (const section of document.sections)
    yield { lines: controlTotals(section, names.get(section)!), rows: 0 };
}

function about(document: ReportDocument, names: Map<ReportSection, string>): Line[] {
  const { kind, title, scope, period, asOf, basis, rates, sections } = document;
  const facts = Object.entries({
    ...{ report: kind, title, scope, from: period.from ?? '', to: period.to },
    ...{ asOf: asOf.toISOString(), basis },
  });
  return [
    ...facts.map(([name, value]) => ['', 'about', '', name, value, '']),
    ...rates.flatMap((rate, index) =>
      Object.entries(rate).map(([name, value]: [string, string]) => [
        ...['', 'rates', String(index + 1), name, value, ''],
      ]),
    ),
    ...sections.flatMap((section) => [
      [names.get(section)!, 'about', '', 'coalition', section.coalition, ''],
      [names.get(section)!, 'about', '', 'currency', section.currency, ''],
    ]),
  ];
}

/** The place of a row, then a line for each of its cells that holds something. */
const cellLines = (
  place: [pool: string, table: string, row: string],
  columns: readonly ReportColumn[],
  row: readonly Cell[],
  currency: string,
): Line[] =>
  columns.flatMap(({ name, type }, index) => {
    const cell = row[index] ?? null;
    if (cell === null) return [];
    return [[...place, name, plainText(cell, type, currency), currencyOf(cell, type, currency)]];
  });

const notes = ({ parts }: ReportSection, pool: string): Line[] =>
  parts
    .filter((part) => part.kind === 'note')
    .flatMap(({ title, paragraphs }) => [...(title === null ? [] : [title]), ...paragraphs])
    .map((text, index) => [pool, 'notes', String(index + 1), 'text', text, '']);

const controlTotals = (section: ReportSection, pool: string): Line[] => {
  const currency = section.ledgerCurrency ?? section.currency;
  return section.controlTotals.flatMap(({ name, report, ledger }, index) => {
    const place = [pool, 'controlTotals', String(index + 1)];
    return [
      [...place, 'name', name, ''],
      [...place, 'report', formatAmount(report, currency), currency],
      [...place, 'ledger', formatAmount(ledger, currency), currency],
    ];
  });
};
