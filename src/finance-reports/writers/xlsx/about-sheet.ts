import type { ReportDocument, ReportSection } from '../../documents/report-document.js';
import { sectionNames } from '../sections.js';
import { asOfText, basisText, periodText, rateText } from '../words.js';
import { type Content, contentOf, moneyContent, rowXml, textContent } from './cells.js';
import { sheetFoot, sheetHead } from './sheet.js';
import { type Look, type Looks, moneyFormat, textFormat } from './styles.js';

type Placed = { content: Content; look: Look } | null;

const text = (words: string, look: Look = {}): Placed => ({
  content: textContent(words),
  look: { format: textFormat, ...look },
});
const heading = (words: string, side?: 'right'): Placed =>
  text(words, { font: 'bold', line: 'under', tint: true, side });
const money = (minor: bigint, currency: string): Placed => ({
  content: moneyContent(minor, currency),
  look: { format: moneyFormat(currency), side: 'right' },
});

/** The first sheet: what the report is, its main figures, its notes, and what holds it to the ledger. */
export function* aboutSheet(document: ReportDocument, looks: Looks): Generator<string> {
  yield sheetHead({ hasHeading: false }, [30, 58, 24, 24, 16]);
  let row = 0;
  for (const cells of [...facts(document), ...figures(document), ...notes(document)]) {
    row += 1;
    yield rowXml(row, cells, looks);
  }
  for (const cells of controlTotals(document, row + 1)) {
    row += 1;
    yield rowXml(row, cells, looks);
  }
  yield sheetFoot(null);
}

const fact = (name: string, words: string): Placed[] => [text(name, { font: 'quiet' }), text(words)];

function facts(document: ReportDocument): Placed[][] {
  const { title, scope, period, asOf, rates } = document;
  const { content, format } = contentOf(asOf, 'instant', '');
  const utc: Placed = { content, look: { format, side: 'left' } };
  return [
    [text(title, { font: 'title' })],
    fact('Of', scope),
    fact('Period', `${periodText(period)}, ${basisText(document)}`),
    fact('As of', asOfText(document)),
    [text('As of (UTC)', { font: 'quiet' }), utc],
    ...rates.map((rate, index) => fact(index === 0 ? 'Shown at stated rates' : '', rateText(rate))),
    [],
  ];
}

function figures(document: ReportDocument): Placed[][] {
  const names = sectionNames(document);
  const rows = document.sections.flatMap((section) =>
    section.keyFigures.map(({ label, amount }) => [
      ...[text(names.get(section)!), text(label), money(amount, section.currency)],
    ]),
  );
  if (rows.length === 0) return [];
  return [
    [text('Main figures', { font: 'heading' })],
    [heading('Pool'), heading('Figure'), heading('Amount', 'right')],
    ...rows,
    [],
  ];
}

function notes(document: ReportDocument): Placed[][] {
  const names = sectionNames(document);
  const rows = document.sections.flatMap((section) =>
    section.parts.flatMap((part) =>
      part.kind === 'note'
        ? part.paragraphs.map((paragraph, index) => [
            text(names.get(section)!, { wraps: true }),
            text(index === 0 && part.title !== null ? `${part.title}: ${paragraph}` : paragraph, {
              wraps: true,
            }),
          ])
        : [],
    ),
  );
  return rows.length === 0 ? [] : [[text('Notes', { font: 'heading' })], ...rows, []];
}

/** Each with a formula that says whether it ties, and one over them all. @param firstRow where they begin */
function controlTotals(document: ReportDocument, firstRow: number): Placed[][] {
  const names = sectionNames(document);
  const totals = document.sections.flatMap((section) =>
    section.controlTotals.map((total) => ({ section, total })),
  );
  if (totals.length === 0) return [];
  const begin = firstRow + 2;
  const range = `$E$${begin}:$E$${begin + totals.length - 1}`;
  const tied = totals.every(({ total }) => total.report === total.ledger);
  return [
    [text('Control totals', { font: 'heading' })],
    [
      ...[heading('Pool'), heading('Total'), heading('This report', 'right'), heading('The ledger', 'right')],
      heading(''),
    ],
    ...totals.map(({ section, total: { name, report, ledger } }, index) => [
      ...[text(names.get(section)!), text(name)],
      ...[money(report, ledgerCurrency(section)), money(ledger, ledgerCurrency(section))],
      formula(
        `IF(C${begin + index}=D${begin + index},"ties","does not tie")`,
        report === ledger ? 'ties' : 'does not tie',
      ),
    ]),
    [
      ...[null, null, null, null],
      formula(
        `IF(COUNTIF(${range},"ties")=ROWS(${range}),"all tie","NOT ALL TIE")`,
        tied ? 'all tie' : 'NOT ALL TIE',
        { font: 'bold', line: 'above' },
      ),
    ],
  ];
}

const ledgerCurrency = ({ ledgerCurrency: own, currency }: ReportSection): string => own ?? currency;

const formula = (words: string, result: string, look: Look = {}): Placed => ({
  content: { kind: 'formula', formula: words, result, isText: true },
  look,
});
