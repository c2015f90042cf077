import type { PDFDocument } from 'pdfmake/js/PDFDocument.js';
import { countText } from '../../../web/format.js';
import { isFigure, LOCALE } from '../words.js';
import { columnWidths, GAP, type Measured } from './columns.js';
import { ink, type Node, type TableCell, type TableLayout } from './nodes.js';
import type { Mark, Structure } from './structure.js';
import type { TableRows } from './table-rows.js';

/** In points; the widest tables are set smaller. */
const SIZES = [8.5, 7.5, 6.5];
/** The width of a cell that is drawn rather than written. */
const DRAWN = 62;
/** Rows of a table that is not parted. */
const SMALL = 8;

export type Measure = (text: string, size: number, bold: boolean) => number;

export const measureIn =
  (document: PDFDocument): Measure =>
  (text, size, bold) =>
    document.provideFont('Roboto', bold, false).widthOfString(text, size);

/** What is drawn of a table: its columns, with its rows or, of one that is too long, nothing but headings. */
export interface Grid {
  title: string;
  note: string | null;
  headings: { label: string; isFigure: boolean; wraps: boolean }[];
  rows: (string | Node)[][];
  totals: (string | null)[] | null;
}

export function gridOf({ table, section, rows, totals }: TableRows): Grid {
  const hasMoney = table.columns.some(({ type }) => type === 'money');
  return {
    title: table.title,
    note: hasMoney ? `in ${section.currency}` : null,
    headings: table.columns.map(({ label, type }) => ({
      ...{ label, isFigure: isFigure(type), wraps: type === 'text' },
    })),
    rows: rows ?? [],
    totals: rows && rows.length > 0 && totals.some((total) => total !== null) ? totals : null,
  };
}

/** Whether a table can be set in a width without its letters becoming too small for a board table. */
export const fits = (grid: Grid, width: number, measure: Measure): boolean =>
  sizeFor(grid, width, measure, SIZES.slice(0, 1)) !== null;

function sizeFor(
  { headings, rows, totals }: Grid,
  width: number,
  measure: Measure,
  sizes = SIZES,
): { size: number; widths: number[] } | null {
  for (const size of sizes) {
    const columns = headings.map(({ label, wraps }, index): Measured => {
      const texts = rows.map((row) => row[index]!).filter((text) => typeof text === 'string');
      const drawn = rows.some((row) => typeof row[index] !== 'string') ? DRAWN : 0;
      const total = totals?.[index] ?? (index === 0 ? 'Total' : '');
      const widest = Math.max(
        ...texts.map((text) => measure(text, size, false)),
        measure(total, size, true),
        drawn,
      );
      const words = (text: string) => Math.max(...text.split(/\s+/).map((word) => measure(word, size, true)));
      // A heading may break between its words, a figure never.
      const least = words(label);
      return {
        wraps,
        natural: Math.max(widest, wraps ? measure(label, size, true) : least) + 0.5,
        least: Math.max(least, ...texts.map(words)) + 0.5,
        heading: measure(label, size, true) + 0.5,
      };
    });
    const widths = columnWidths(columns, width);
    if (widths) return { size, widths };
  }
  return null;
}

/** A table with its title and headings on each of its pages, figures to the right, and a rule above its totals. */
export function tableNode(
  grid: Grid,
  {
    structure,
    parent,
    width,
    measure,
  }: { structure: Structure; parent: Mark; width: number; measure: Measure },
): Node {
  const { title, note, headings, rows, totals } = grid;
  const { size, widths } = sizeFor(grid, width, measure) ?? {
    size: SIZES.at(-1)!,
    widths: headings.map(() => (width - GAP * (headings.length - 1)) / headings.length),
  };
  const table = structure.child(parent, 'Table', { title });
  const titleMark = { ...structure.child(table, 'Caption'), repeatedFrom: 'not yet' as const };
  const alignment = (index: number) => (headings[index]!.isFigure ? ('right' as const) : ('left' as const));
  const rowOf = (texts: readonly (string | Node)[], cell: Partial<TableCell> = {}): TableCell[] => {
    const row = structure.child(table, 'TR');
    return texts.map((text, index) => {
      const mark = structure.child(row, 'TD');
      if (typeof text !== 'string') return withMark(text, mark);
      const noWrap = !headings[index]!.wraps;
      return { text, mark, fontSize: size, alignment: alignment(index), noWrap, ...cell };
    });
  };
  const headingRow = structure.child(table, 'TR');
  const labelled = totals?.indexOf(null) ?? -1;
  const body: TableCell[][] = [
    [
      {
        text: [
          { text: title, fontSize: 12, bold: true, color: ink.accent },
          ...(note ? [{ text: `   ${note}`, fontSize: 8.5, color: ink.quiet }] : []),
        ],
        mark: titleMark,
        colSpan: headings.length,
      },
      ...headings.slice(1).map((): TableCell => ({ text: '' })),
    ],
    headings.map(({ label }, index): TableCell => ({
      ...{ text: label, fontSize: size - 0.5, bold: true, color: ink.quiet },
      ...{ alignment: alignment(index), mark: structure.heading(headingRow), verticalAlignment: 'bottom' },
    })),
    ...rows.map((row) => rowOf(row)),
    ...(rows.length === 0 ? [nothing(structure, table, headings.length, size)] : []),
    ...(totals
      ? [
          rowOf(
            totals.map((total, index) => total ?? (index === labelled ? 'Total' : '')),
            { bold: true },
          ),
        ]
      : []),
  ];
  return {
    table: { widths, body, headerRows: 2, keepWithHeaderRows: 1, dontBreakRows: true },
    layout: ruled(body.length, totals !== null, headings.length),
    // A small one stays whole: no total stands alone on the next page.
    unbreakable: rows.length <= SMALL,
    margin: [0, 0, 0, 22],
  };
}

const withMark = (node: Node, mark: Mark): TableCell =>
  'columns' in node
    ? { ...node, columns: node.columns.map((child) => ('text' in child ? { ...child, mark } : child)) }
    : { ...node, mark };

function nothing(structure: Structure, table: Mark, columns: number, size: number): TableCell[] {
  const mark = structure.child(structure.child(table, 'TR'), 'TD');
  return [
    {
      text: 'Nothing in this period.',
      mark,
      italics: true,
      color: ink.quiet,
      fontSize: size,
      colSpan: columns,
    },
    ...Array.from({ length: columns - 1 }, (): TableCell => ({ text: '' })),
  ];
}

/** Hairlines between rows, a stronger line under the headings and above the totals. */
function ruled(rows: number, hasTotals: boolean, columns: number): TableLayout {
  const isStrong = (line: number) => line === 2 || (hasTotals && line === rows - 1);
  return {
    hLineWidth: (line) => (line < 2 ? 0 : isStrong(line) ? 0.9 : line === rows ? 0.5 : 0.4),
    vLineWidth: () => 0,
    hLineColor: (line) => (isStrong(line) ? ink.accent : ink.line),
    paddingLeft: (column) => (column === 0 ? 0 : GAP / 2),
    paddingRight: (column) => (column === columns - 1 ? 0 : GAP / 2),
    paddingTop: (row) => (row === 0 ? 0 : 3.5),
    paddingBottom: (row) => (row === 0 ? 5 : 3),
  };
}

/** What stands in place of a table that is too long for pages: how many rows it has, and its totals. */
export function leftOut(
  { table, section, count, totals }: TableRows,
  structure: Structure,
  parent: Mark,
): Node {
  const sums = table.columns.flatMap(({ label, type }, index) => {
    const total = totals[index];
    return total === null || total === undefined
      ? []
      : [`${label}: ${total}${type === 'money' ? ` ${section.currency}` : ''}`];
  });
  const sentence =
    `This table has ${countText(count, LOCALE)} rows, more than pages are good for: it is whole in this report as XLSX ` +
    `and as CSV.${sums.length > 0 ? ` It sums to these totals. ${sums.join('; ')}.` : ''}`;
  return {
    stack: [
      {
        ...{ text: table.title, fontSize: 12, bold: true, color: ink.accent },
        mark: structure.child(parent, 'H3'),
        margin: [0, 0, 0, 4],
      },
      { text: sentence, mark: structure.child(parent, 'P'), lineHeight: 1.3 },
    ],
    unbreakable: true,
    margin: [0, 0, 0, 22],
  };
}
