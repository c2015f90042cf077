import { createRequire } from 'node:module';
import { pipeline } from 'node:stream/promises';
import { forReaders } from '../documents/for-readers.js';
import type { ReportDocument, ReportSection, ReportTable } from '../documents/report-document.js';
import { ink, type Node } from './pdf/nodes.js';
import {
  auditNode,
  chartNode,
  controlTotalsGrid,
  figuresNode,
  noteNode,
  proofNode,
  titleNode,
} from './pdf/page-parts.js';
import { fits, gridOf, leftOut, measureIn, tableNode } from './pdf/table-node.js';
import { readTables, type TableRows } from './pdf/table-rows.js';
import { type Paper, Typesetter, widthOf } from './pdf/typesetter.js';
import type { ReportWriter } from './report-writer.js';
import { sectionNames } from './sections.js';
import { asOfText } from './words.js';

const { version } = createRequire(import.meta.url)('../../../package.json') as { version: string };

/** The width of an upright page between its margins. */
const UPRIGHT = widthOf(false);

/** Told every so many rows. */
const TELL_EVERY = 500;

/**
 * A report on paper: tagged, its fonts embedded. Tables are read and let go where they are too long for pages, so that
 * it is small however long they are. The same document gives the same bytes.
 */
export const pdfWriter: ReportWriter = {
  format: 'pdf',
  mediaType: 'application/pdf',
  extension: 'pdf',
  async write(whole, sink, progress) {
    const document = forReaders(whole);
    let rows = 0;
    const tables = await readTables(document.sections, document.timeZone, () => {
      rows += 1;
      if (rows % TELL_EVERY === 0) progress(rows);
    });
    progress(rows);
    await pipeline(setOnPages(document, tables), sink);
  },
};

type Tables = Map<ReportTable, TableRows>;

function setOnPages(document: ReportDocument, tables: Tables) {
  const typesetter = new Typesetter(paperOf(document, tables));
  const { structure } = typesetter;
  return typesetter.set([
    titleNode(document, structure, typesetter.width > UPRIGHT),
    ...proofNode(document, structure),
    ...document.sections.flatMap((section, index) =>
      sectionNodes(document, section, { tables, typesetter, index }),
    ),
    auditNode(document, structure, version),
  ]);
}

/** Upright, unless a table is too wide for that. */
function paperOf(document: ReportDocument, tables: Tables): Paper {
  const head = `${document.title}: ${document.scope}`;
  const paper: Paper = {
    ...{ isLandscape: false, title: head, created: document.asOf },
    subject: `As of ${asOfText(document)}`,
    header: (page) => (page === 1 ? null : inMargin([head, ''], 28)),
    footer: (page, pages) => inMargin([`As of ${asOfText(document)}`, `Page ${page} of ${pages}`], 22),
  };
  const measure = measureIn(new Typesetter(paper).document);
  const isWide = [...tables.values()].some((rows) => rows.rows && !fits(gridOf(rows), UPRIGHT, measure));
  return { ...paper, isLandscape: isWide };
}

const inMargin = ([left, right]: [string, string], top: number): Node => ({
  columns: [
    { text: left, fontSize: 8, color: ink.quiet },
    { text: right, fontSize: 8, color: ink.quiet, alignment: 'right', width: 'auto' },
  ],
  margin: [50, top, 50, 0],
});

function sectionNodes(
  document: ReportDocument,
  section: ReportSection,
  { tables, typesetter, index }: { tables: Tables; typesetter: Typesetter; index: number },
): Node[] {
  const { structure, width } = typesetter;
  const measure = measureIn(typesetter.document);
  const isOneOfMany = document.sections.length > 1;
  const parent = structure.child(structure.root, 'Sect');
  const place = { structure, parent, width, measure };
  const heading: Node[] = isOneOfMany
    ? [
        {
          ...{ text: sectionNames(document).get(section)!, fontSize: 19, bold: true, outline: true },
          mark: structure.child(parent, 'H2'),
        },
        {
          ...{ text: section.coalition, fontSize: 11, color: ink.quiet, margin: [0, 1, 0, 12] },
          mark: structure.child(parent, 'P'),
        },
      ]
    : [];
  const nodes = [
    ...heading,
    ...figuresNode(section, { ...place, across: width > UPRIGHT ? 5 : 3 }),
    ...section.parts.map((part): Node => {
      if (part.kind === 'chart') return chartNode(part, section, { ...place, width: Math.min(width, 560) });
      if (part.kind === 'note') return noteNode(part, structure, parent);
      const rows = tables.get(part)!;
      return rows.rows ? tableNode(gridOf(rows), place) : leftOut(rows, structure, parent);
    }),
    ...(section.controlTotals.length > 0
      ? [tableNode(controlTotalsGrid(section, 'Control totals'), place)]
      : []),
  ];
  const [first] = nodes;
  if (first && index > 0) first.pageBreak = 'before';
  return nodes;
}
