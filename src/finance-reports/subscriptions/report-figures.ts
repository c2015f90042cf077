import { formatMoney, parseAmount, sum } from '../../maths/money.js';
import type { Letter, LetterTable } from '../../platform/mail/letter-parts.js';
import { shareBar } from '../../web/charts/share-bar.js';
import { countText } from '../../web/format.js';
import type { KeptSection, KeptTable } from '../documents/kept-section.js';
import { type Cell, chartOf, type ReportChart, type ReportColumn } from '../documents/report-document.js';
import { cellText, isFigure, type Reader } from '../writers/words.js';

/** The most main figures that a mail tells of one pool. */
const MOST_FIGURES = 5;
/** Of a table, what a phone has room for: the rest is in the files. */
const MOST_ROWS = 6;
const MOST_POOLS = 12;

const moneyIn = ({ currency }: KeptSection, amount: string, locale: string): string =>
  formatMoney(parseAmount(amount, currency), currency, locale);

/** Of one pool its figures, and the beginning of its first table that is summed; of several a line each. */
export function figuresOf(sections: readonly KeptSection[], reader: Reader): Pick<Letter, 'facts' | 'table'> {
  const [first] = sections;
  if (!first) return {};
  if (sections.length > 1) return { table: poolByPool(sections, first, reader) };
  const tables = first.parts.filter((part) => part.kind === 'table').filter(({ rows }) => rows.length > 0);
  const summed = tables.filter(({ columns }) => columns.some(isSummedMoney));
  // What the chart shows need not be said twice.
  const charts = first.parts.filter((part) => part.kind === 'chart').map(({ title }) => title);
  const table = summed.find(({ title }) => !charts.includes(title)) ?? summed[0] ?? tables[0];
  return {
    facts: first.keyFigures
      .slice(0, MOST_FIGURES)
      .map(({ label, amount }): [string, string] => [label, moneyIn(first, amount, reader.locale)]),
    ...(table ? { table: beginningOf(table, first, reader) } : {}),
  };
}

function poolByPool(
  sections: readonly KeptSection[],
  { keyFigures }: KeptSection,
  { locale }: Reader,
): LetterTable {
  const shown = keyFigures.slice(0, 2);
  const more = sections.length - MOST_POOLS;
  return {
    headings: ['Pool', ...shown.map(({ label }) => label)],
    rows: [
      ...sections.slice(0, MOST_POOLS).map((section) => [
        section.pool,
        ...shown.map(({ name }) => {
          const figure = section.keyFigures.find((one) => one.name === name);
          return figure ? moneyIn(section, figure.amount, locale) : '';
        }),
      ]),
      ...(more > 0 ? [[`${countText(more, locale)} more, in the files`, ...shown.map(() => '')]] : []),
    ],
    numeric: shown.map((_, index) => index + 1),
  };
}

const isSummedMoney = ({ isSummed, type }: ReportColumn): boolean => isSummed === true && type === 'money';

/**
 * The first column, and the first and last of money: where they are summed and all of the rows are known, with the rest
 * in one line and the total in another.
 */
function beginningOf(table: KeptTable, { currency }: KeptSection, reader: Reader): LetterTable {
  const hasSums = table.columns.some(isSummedMoney);
  const money = table.columns.filter(hasSums ? isSummedMoney : ({ type }) => type === 'money');
  const [named = table.columns[0]!] = table.columns.filter(({ type }) => !isFigure(type));
  const columns = [named, ...new Set([...money.slice(0, 1), ...money.slice(-1)])];
  const lineOf = (row: Record<string, string>) =>
    columns.map((column) => cellText(cellOf(row, column, currency), column.type, currency, reader));
  const sumsOf = (label: string, rows: readonly Record<string, string>[]) => [
    label,
    ...columns.slice(1).map(({ name }) => {
      const amounts = rows.flatMap((row) => (row[name] ? [parseAmount(row[name], currency)] : []));
      return formatMoney(sum(amounts), currency, reader.locale, { symbol: false });
    }),
  ];
  const shown = table.rows.length <= MOST_ROWS + 1 ? table.rows : table.rows.slice(0, MOST_ROWS);
  const others = table.rows.slice(shown.length);
  const count = countText(others.length, reader.locale);
  const rest = (words: string) => [words, ...columns.slice(1).map(() => '')];
  const end = (): string[][] => {
    if (!table.isWhole) return [rest('and more, in the files')];
    const total = hasSums ? [sumsOf('Total', table.rows)] : [];
    if (others.length === 0) return total;
    return hasSums
      ? [sumsOf(`${count} others`, others), ...total]
      : [rest(`and ${count} more, in the files`)];
  };
  return {
    title: money.length > 0 ? `${table.title}, in ${currency}` : table.title,
    headings: columns.map(({ label }) => label),
    rows: [...shown.map(lineOf), ...end()],
    numeric: columns.slice(1).map((_, index) => index + 1),
    isSummed: table.isWhole && hasSums,
  };
}

/** A cell as it was before it was kept. */
function cellOf(row: Record<string, string>, { name, type }: ReportColumn, currency: string): Cell {
  const kept = row[name];
  if (kept === undefined) return null;
  if (type === 'money') return parseAmount(kept, currency);
  if (type === 'instant') return new Date(kept);
  if (type === 'count') return BigInt(kept);
  if (type !== 'foreignMoney') return kept;
  const own = row[`${name}Currency`]!;
  return { amount: parseAmount(kept, own), currency: own };
}

/** The chart of a mail: the first of one pool; of several how their first figure is shared, where it can be drawn. */
export function chartOfMail(sections: readonly KeptSection[], locale: string): ReportChart | null {
  const [first] = sections;
  const [main] = first?.keyFigures ?? [];
  if (!first) return null;
  const parts = sections.flatMap(({ pool, currency, keyFigures }) => {
    const figure = keyFigures.find(({ name }) => name === main?.name);
    return figure ? [{ label: pool, minor: parseAmount(figure.amount, currency) }] : [];
  });
  const isShared =
    main !== undefined &&
    sections.length > 1 &&
    sections.every(({ currency }) => currency === first.currency) &&
    parts.every(({ minor }) => minor >= 0n) &&
    parts.some(({ minor }) => minor > 0n);
  if (isShared)
    return chartOf(
      `${main.label}, pool by pool`,
      shareBar(main.label, parts, { currency: first.currency, locale }),
    );
  const chart = first.parts.find((part) => part.kind === 'chart');
  if (chart?.kind !== 'chart') return null;
  const own = first.ledgerCurrency;
  const title = own !== undefined && own !== first.currency ? `${chart.title}, in ${own}` : chart.title;
  return { ...chart, title: sections.length > 1 ? `${first.pool}: ${title}` : title };
}
