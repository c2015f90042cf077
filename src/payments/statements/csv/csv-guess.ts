import { isUtf8 } from 'node:buffer';
import {
  columnNames,
  type CsvEncoding,
  type CsvShape,
  type CsvTerms,
  type DecimalMark,
  type Delimiter,
  delimiters,
  delimiterSigns,
  type MappedColumn,
  type Meaning,
  type ThousandsMark,
} from './csv-mapping.rules.js';
import { dateFormats, readDate } from './csv-values.js';

/** What headings are called by banks, in the languages that their exports mostly are in; the likelier ones first. */
const headings: readonly [Meaning, RegExp][] = [
  [
    'date',
    /^(booking|posting|posted|transaction)[ _]?date|^date( de comptabilisation| op[ée]ration)?$|buchung(stag|sdatum)|^boekdatum|^datum$|^fecha/i,
  ],
  ['date', /date|datum|fecha|valuta/i],
  ['endToEndId', /end.?to.?end/i],
  ['balance', /balance|saldo|solde|kontostand/i],
  ['moneyIn', /paid in|money in|credit|cr[ée]dit|haben|gutschrift|abono/i],
  ['moneyOut', /paid out|money out|debit|d[ée]bit|soll|lastschrift|cargo/i],
  ['amount', /amount|betrag|montant|bedrag|importe|umsatz|^value$/i],
  [
    'reference',
    /transaction (id|number|ref)|bank ref|^reference (id|number)$|^id$|^fitid$|buchungsreferenz|volgnr/i,
  ],
  [
    'counterparty',
    /counterparty|payee|beneficiary|auftraggeber|empf[äa]nger|zahlungspflicht|tegenpartij|^name|name$/i,
  ],
  [
    'text',
    /description|details|narrative|memo|verwendungszweck|libell|concepto|omschrijving|mededeling|purpose|reference|text/i,
  ],
];

/** The encoding that the beginning of a file is in; a letter that is cut at its end does not count. */
export function guessEncoding(beginning: Buffer): CsvEncoding {
  const end = beginning.lastIndexOf(0x0a);
  return isUtf8(end < 0 ? beginning : beginning.subarray(0, end)) ? 'utf-8' : 'latin-1';
}

/** The delimiter that cuts most lines into equally many cells, and the first line that does so as the heading. */
export function guessShape(text: string): Pick<CsvShape, 'delimiter' | 'headingLine'> {
  const lines = text.split(/\r?\n/).slice(0, 60);
  const guesses = delimiters.map((delimiter) => ({ delimiter, ...regularity(lines, delimiter) }));
  const best = guesses.reduce((one, other) => (other.alike > one.alike ? other : one));
  return { delimiter: best.delimiter, headingLine: best.alike === 0 ? 1 : best.first + 1 };
}

function regularity(lines: readonly string[], delimiter: Delimiter): { alike: number; first: number } {
  const counts = lines.map((line) => line.replace(/"[^"]*"/g, '').split(delimiterSigns[delimiter]).length);
  const usual = [...new Set(counts.filter((count) => count > 1))]
    .map((count) => ({ count, lines: counts.filter((each) => each === count).length }))
    .toSorted((a, b) => b.lines * b.count - a.lines * a.count)[0];
  return usual
    ? { alike: usual.lines * usual.count, first: counts.indexOf(usual.count) }
    : { alike: 0, first: 0 };
}

/** What each column most likely is, by its heading; and how dates and amounts are written, by the first rows. */
export function guessTerms(shape: CsvShape, heading: readonly string[], rows: readonly string[][]): CsvTerms {
  const names = columnNames(heading);
  const found: MappedColumn[] = [];
  for (const [is, pattern] of headings) {
    if (is !== 'text' && found.some((column) => column.is === is)) continue;
    for (const name of names) {
      if (found.some(({ column }) => column === name) || !pattern.test(name)) continue;
      found.push({ column: name, is });
      if (is !== 'text') break;
    }
  }
  const isApart = ['moneyIn', 'moneyOut'].every((is) => found.some((column) => column.is === is));
  const columns = found
    .filter(({ is }) => (isApart ? is !== 'amount' : is !== 'moneyIn' && is !== 'moneyOut'))
    .toSorted((a, b) => names.indexOf(a.column) - names.indexOf(b.column));
  const cellsOf = (...wanted: Meaning[]) =>
    columns
      .filter(({ is }) => wanted.includes(is))
      .flatMap(({ column }) => rows.map((row) => (row[names.indexOf(column)] ?? '').trim()))
      .filter((cell) => cell !== '');
  return {
    ...shape,
    columns,
    dateFormat: guessDateFormat(cellsOf('date')),
    ...guessAmountStyle(cellsOf('amount', 'moneyIn', 'moneyOut', 'balance')),
  };
}

/** The first format in which all of them are dates: the day before the month where both could be. */
export const guessDateFormat = (cells: readonly string[]): string =>
  dateFormats.find((format) => cells.every((cell) => readDate(cell, format) !== null)) ?? dateFormats[0];

/** By the last mark of the amounts that have one, and what stands before it. */
export function guessAmountStyle(cells: readonly string[]): {
  decimalMark: DecimalMark;
  thousandsMark: ThousandsMark;
} {
  const decimals = cells
    .map((cell) => /([.,])\d{1,2}\D*$/.exec(cell)?.[1])
    .filter((mark) => mark !== undefined);
  const decimalMark =
    decimals.filter((mark) => mark === ',').length * 2 > decimals.length ? 'comma' : 'point';
  const other = decimalMark === 'comma' ? /\d\.\d{3}/ : /\d,\d{3}/;
  const thousandsMark = cells.some((cell) => other.test(cell))
    ? decimalMark === 'comma'
      ? 'point'
      : 'comma'
    : cells.some((cell) => /\d[\s\u00a0\u202f]\d{3}/.test(cell))
      ? 'space'
      : cells.some((cell) => /\d['\u2019]\d{3}/.test(cell))
        ? 'apostrophe'
        : 'none';
  return { decimalMark, thousandsMark };
}
