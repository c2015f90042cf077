import { moneyText } from '../../../web/format.js';
import type {
  ReportChart,
  ReportDocument,
  ReportNote,
  ReportSection,
} from '../../documents/report-document.js';
import { asOfText, basisText, LOCALE, periodText, rateText } from '../words.js';
import { ink, type Node, type TableCell, type TableLayout } from './nodes.js';
import type { Mark, Structure } from './structure.js';
import type { Grid, Measure } from './table-node.js';

/** A mark that something is as it must be; its cell says so in words too. */
const tick =
  `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" viewBox="0 0 10 10"><path d="M1.5 5.4 L4 8 L8.6 2.4" ` +
  `fill="none" stroke="${ink.accent}" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

const boxed: TableLayout = {
  ...{ hLineWidth: () => 0, vLineWidth: () => 0, hLineColor: () => ink.line },
  ...{ paddingLeft: () => 12, paddingRight: () => 12, paddingTop: () => 9, paddingBottom: () => 9 },
};

/** What the report is: title, whose money, which days, as of when. Across, these stand beside the title. */
export function titleNode(document: ReportDocument, structure: Structure, isLandscape: boolean): Node {
  const { title, scope, period, rates } = document;
  const root = structure.root;
  const name: Node = {
    stack: [
      {
        ...{ text: 'TRIBUTARY', fontSize: 8.5, bold: true, characterSpacing: 1.6, color: ink.accent },
        mark: structure.child(root, 'P'),
        margin: [0, 0, 0, isLandscape ? 12 : 18],
      },
      { ...{ text: title, fontSize: 27, bold: true, lineHeight: 1.05 }, mark: structure.child(root, 'H1') },
      {
        ...{ text: scope, fontSize: 13, color: ink.quiet, margin: [0, 3, 0, 0] },
        mark: structure.child(root, 'P'),
      },
    ],
  };
  const facts: [string, string][] = [
    ['Period', `${capital(periodText(period))}, ${basisText(document)}`],
    ['As of', asOfText(document)],
    ...(rates.length > 0
      ? [['Shown at stated rates', rates.map(rateText).join('; ')] as [string, string]]
      : []),
  ];
  const drawn = facts.map(([label, words]): Node => {
    const mark = structure.child(root, 'P');
    return {
      stack: [
        { text: label, fontSize: 8, color: ink.quiet, mark, margin: [0, 0, 0, 1] },
        { text: words, mark },
      ],
      margin: [0, 0, 0, isLandscape ? 7 : 0],
    };
  });
  const margin: [number, number, number, number] = [0, 0, 0, 16];
  return isLandscape
    ? { columns: [name, { stack: drawn, width: 290, margin: [0, 22, 0, 0] }], columnGap: 22, margin }
    : { stack: [name, { columns: drawn, columnGap: 22, margin: [0, 16, 0, 0] }], margin };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Whether the report is held to the ledger, said before any figure of it. */
export function proofNode({ sections }: ReportDocument, structure: Structure): Node[] {
  const all = sections.flatMap(({ controlTotals }) => controlTotals);
  if (all.length === 0) return [];
  const off = all.filter(({ report, ledger }) => report !== ledger);
  const ties = off.length === 0;
  const [words, more] = ties
    ? ['Ties to the ledger', `Its ${counted(all.length)} found the same by another way from the postings.`]
    : [
        'Does not tie to the ledger',
        `Of its control totals, ${off.length} of ${all.length} differ: rely on none of its figures.`,
      ];
  return [
    box(
      {
        columns: [
          ...(ties
            ? [{ svg: tick, width: 12, margin: [0, 1, 0, 0] as [number, number, number, number] }]
            : []),
          {
            text: [
              { text: `${words}.  `, bold: true, color: ties ? ink.accent : ink.bad },
              { text: more, color: ink.text },
            ],
            mark: structure.child(structure.root, 'P'),
          },
        ],
        columnGap: 6,
      },
      ties ? ink.tint : ink.badTint,
      [0, 0, 0, 22],
    ),
  ];
}

const counted = (totals: number): string =>
  totals === 1 ? 'control total was' : `${totals} control totals were`;

const box = (node: Node, fillColor: string, margin: [number, number, number, number]): Node => ({
  table: { widths: ['*'], body: [[{ ...node, fillColor }]] },
  layout: boxed,
  unbreakable: true,
  margin,
});

/** Between two figures, in points. */
const APART = 10;
const PADDING = 12;

/** The main figures, set large, in rows of so many. */
export function figuresNode({ keyFigures, currency }: ReportSection, place: FiguresPlace): Node[] {
  const { structure, parent, width, measure, across } = place;
  const inner = (width - APART * (across - 1)) / across - 2 * PADDING;
  const cards = keyFigures.map(({ label, amount }, index): TableCell => {
    const text = moneyText(amount, currency, LOCALE);
    const fontSize = [18, 16, 14, 12].find((size) => measure(text, size, true) <= inner) ?? 10;
    const mark = structure.child(parent, 'P');
    const isFirst = index === 0;
    return {
      stack: [
        { text: label, fontSize: 8, color: isFirst ? ink.onAccent : ink.quiet, mark },
        {
          ...{ text, fontSize, bold: true, noWrap: true, mark, margin: [0, 3, 0, 0] },
          color: isFirst ? '#ffffff' : amount < 0n ? ink.bad : ink.text,
        },
      ],
      fillColor: isFirst ? ink.accent : ink.tint,
    };
  });
  const rows = Math.ceil(cards.length / across);
  return Array.from({ length: rows }, (_, row): Node => {
    const filled = cards.slice(row * across, (row + 1) * across);
    const cells = Array.from({ length: across }, (_cell, index) => filled[index] ?? empty());
    return {
      table: {
        widths: cells.flatMap((_cell, index) => (index === 0 ? [inner] : [APART, inner])),
        body: [cells.flatMap((cell, index) => (index === 0 ? [cell] : [empty(), cell]))],
      },
      layout: {
        ...boxed,
        paddingLeft: (column) => (column % 2 === 0 ? PADDING : 0),
        paddingRight: (column) => (column % 2 === 0 ? PADDING : 0),
      },
      unbreakable: true,
      margin: [0, 0, 0, row === rows - 1 ? 24 : APART],
    };
  });
}

const empty = (): TableCell => ({ text: '' });

export interface FiguresPlace {
  structure: Structure;
  parent: Mark;
  width: number;
  measure: Measure;
  across: number;
}

export function chartNode(
  { title, description, svg }: ReportChart,
  { currency, ledgerCurrency }: ReportSection,
  { structure, parent, width }: Pick<FiguresPlace, 'structure' | 'parent' | 'width'>,
): Node {
  // A drawing stays as it was drawn when the figures are shown in another currency.
  const own = ledgerCurrency === undefined || ledgerCurrency === currency ? null : ledgerCurrency;
  return {
    stack: [
      {
        text: [
          { text: title, fontSize: 12, bold: true, color: ink.accent },
          ...(own === null ? [] : [{ text: `   in ${own}`, fontSize: 8.5, color: ink.quiet }]),
        ],
        margin: [0, 0, 0, 8],
        mark: structure.child(parent, 'H3'),
      },
      { svg, width, mark: structure.child(parent, 'Figure', { alt: description }) },
    ],
    unbreakable: true,
    margin: [0, 0, 0, 24],
  };
}

export function noteNode({ title, paragraphs }: ReportNote, structure: Structure, parent: Mark): Node {
  return {
    stack: [
      ...(title === null
        ? []
        : [
            {
              ...{ text: title, fontSize: 12, bold: true, color: ink.accent },
              margin: [0, 0, 0, 4] as [number, number, number, number],
              mark: structure.child(parent, 'H3'),
            },
          ]),
      ...paragraphs.map((text): Node => ({
        ...{ text, lineHeight: 1.3, margin: [0, 0, 0, 5] },
        mark: structure.child(parent, 'P'),
      })),
    ],
    unbreakable: paragraphs.join('').length < 1_500,
    margin: [0, 0, 0, 17],
  };
}

/** The control totals as a table, each with a tick. */
export function controlTotalsGrid(
  { controlTotals, currency, ledgerCurrency }: ReportSection,
  title: string,
): Grid {
  const own = ledgerCurrency ?? currency;
  const money = (minor: bigint) => moneyText(minor, own, LOCALE, false);
  return {
    title,
    note: `in ${own}`,
    headings: [
      { label: 'Total', isFigure: false, wraps: true },
      { label: 'This report', isFigure: true, wraps: false },
      { label: 'The ledger', isFigure: true, wraps: false },
      { label: '', isFigure: false, wraps: false },
    ],
    rows: controlTotals.map(({ name, report, ledger }) => [
      ...[name, money(report), money(ledger)],
      report === ledger
        ? {
            columns: [
              { svg: tick, width: 9, margin: [0, 1, 0, 0] },
              { text: 'ties', fontSize: 8.5, color: ink.accent, width: 46 },
            ],
            columnGap: 4,
          }
        : { text: 'does not tie', fontSize: 8.5, bold: true, color: ink.bad },
    ]),
    totals: null,
  };
}

/** How anybody can hold the report to account. */
export function auditNode(document: ReportDocument, structure: Structure, version: string): Node {
  const sentences =
    `Made by Tributary ${version} from what the ledger had recorded by ${document.asOf.toISOString()}, and from nothing ` +
    'recorded later: made again as of then, it says the same. The SHA-256 of this file is kept with its run, where ' +
    'whoever may see the report can hold the file to it.';
  return box(
    {
      stack: [
        { text: 'How this report is proved', bold: true, mark: structure.child(structure.root, 'H2') },
        {
          ...{ text: sentences, fontSize: 8.5, color: ink.quiet, lineHeight: 1.3, margin: [0, 3, 0, 0] },
          mark: structure.child(structure.root, 'P'),
        },
      ],
    },
    ink.tint,
    [0, 0, 0, 0],
  );
}
