import type { Day } from '../../../maths/day.js';
import { Fingerprints } from '../fingerprints.js';
import { type StatementLine, type StatementPart, StatementRefused } from '../statement-parts.js';
import { columnNames, type CsvTerms, type Meaning } from './csv-mapping.rules.js';
import { type CsvRow, csvRows } from './csv-rows.js';
import { readBankAmount, readDate, styleInWords } from './csv-values.js';
import { RunningBalance } from './running-balance.js';

/** What a CSV file does not say of itself. */
export interface CsvOrigin {
  account: string;
  currency: string;
  /** Of the file: part of the statement’s name, since banks give a CSV file none. */
  sha256: string;
}

/** A line as it is understood, where it stands, and the balance beside it. Minor units. */
export interface UnderstoodLine extends StatementLine {
  line: number;
  balance: bigint | null;
}

/**
 * Reads a bank’s CSV file by a mapping, row by row. A row of nothing (0.00) moves nothing, and is left out with a
 * warning; so is told where a running balance breaks. Opening and closing balance are known at the end.
 * @throws StatementRefused naming line and column
 */
export async function* readCsvStatement(
  chunks: AsyncIterable<Buffer>,
  terms: CsvTerms,
  { account, currency, sha256 }: CsvOrigin,
): AsyncGenerator<StatementPart> {
  const print = sha256.slice(0, 8);
  const head = {
    account,
    currency,
    reference: `CSV ${print}`,
    opening: null,
    closing: null,
    closingOn: null,
  };
  yield { kind: 'statement', head };
  const running = new RunningBalance();
  const days = { first: '', last: '', from: '', to: '' };
  let nothings = 0;
  for await (const { line, balance, ...said } of understoodLines(chunks, terms, { account, currency })) {
    running.add(line, said.amount, balance);
    reach(days, said.bookedOn);
    if (said.amount === 0n) nothings += 1;
    else yield { kind: 'line', line: said };
  }
  if (days.first === '') throw new StatementRefused(noLines(terms));
  const { opening, closing, breaksAt } = running.end(days.first <= days.last);
  if (breaksAt !== null)
    yield {
      kind: 'warning',
      text: `The running balance does not follow from the lines around line ${breaksAt}.`,
    };
  if (nothings > 0) yield { kind: 'warning', text: `Rows of nothing were left out: ${nothings}.` };
  const reference = `CSV ${days.from} to ${days.to}, ${print}`;
  yield { kind: 'end', head: { ...head, reference, opening, closing, closingOn: days.to } };
}

const noLines = ({ headingLine }: CsvTerms): string =>
  headingLine === 0
    ? 'The file is empty.'
    : `The file holds nothing below its heading in line ${headingLine}.`;

function reach(days: { first: Day; last: Day; from: Day; to: Day }, day: Day): void {
  if (days.first === '') Object.assign(days, { first: day, from: day, to: day });
  days.last = day;
  if (day < days.from) days.from = day;
  if (day > days.to) days.to = day;
}

/** The lines of a file as a mapping understands them. @throws StatementRefused naming line and column */
export async function* understoodLines(
  chunks: AsyncIterable<Buffer>,
  terms: CsvTerms,
  { account, currency }: Omit<CsvOrigin, 'sha256'>,
): AsyncGenerator<UnderstoodLine> {
  const fingerprints = new Fingerprints();
  let columns: Columns | null = null;
  for await (const row of csvRows(chunks, terms)) {
    if (columns === null) {
      columns = placesOf(row, terms);
      if (terms.headingLine > 0) continue;
    }
    const cells = new Cells(row, columns);
    if (cells.isBlank()) continue;
    const amount = amountOf(cells, terms, currency);
    const endToEndId = cells.text('endToEndId');
    const said = {
      bookedOn: dayOf(cells, terms),
      amount,
      endToEndId: endToEndId === '' || endToEndId === 'NOTPROVIDED' ? null : endToEndId,
      remittance: cells.text('text').slice(0, 500),
      counterparty: cells.text('counterparty').slice(0, 200),
    };
    const own = cells.text('reference');
    yield {
      ...said,
      reference: own === '' ? fingerprints.of(account, said) : fingerprints.ofBank(own),
      isReturn: false,
      returnReason: null,
      line: row.line,
      balance: cells.text('balance') === '' ? null : minorOf(cells, 'balance', terms, currency),
    };
  }
}

type Columns = Map<Meaning, { name: string; index: number }[]>;

function placesOf({ line, cells }: CsvRow, { columns, headingLine }: CsvTerms): Columns {
  const names = headingLine > 0 ? columnNames(cells) : cells.map((_, index) => `#${index + 1}`);
  const missing = columns.filter(({ column }) => !names.includes(column)).map(({ column }) => `“${column}”`);
  if (missing.length > 0) {
    const there =
      headingLine > 0
        ? `Its heading in line ${line} is: ${names.join(', ')}`
        : `Line ${line} has ${cells.length} cells`;
    throw new StatementRefused(`The file has no column ${missing.join(', ')}. ${there.slice(0, 400)}.`);
  }
  const places: Columns = new Map();
  for (const { column, is } of columns)
    places.set(is, [...(places.get(is) ?? []), { name: column, index: names.indexOf(column) }]);
  return places;
}

/** The cells of a row by what they are. */
class Cells {
  constructor(
    private readonly row: CsvRow,
    private readonly columns: Columns,
  ) {}

  has(is: Meaning): boolean {
    return this.columns.has(is);
  }

  /** What stands in the columns of a meaning, joined, without spaces to spare; empty where there is none. */
  text(is: Meaning): string {
    const cells = (this.columns.get(is) ?? []).map(({ index }) => this.row.cells[index] ?? '');
    return cells.join(' ').replace(/\s+/g, ' ').trim();
  }

  /** Banks end files with rows of delimiters alone. */
  isBlank(): boolean {
    return [...this.columns.keys()].every((is) => this.text(is) === '');
  }

  refuse(is: Meaning, why: string): StatementRefused {
    const name = this.columns.get(is)?.[0]?.name ?? '';
    return new StatementRefused(`Line ${this.row.line}, column “${name}”: ${why}.`);
  }
}

function dayOf(cells: Cells, { dateFormat }: CsvTerms): Day {
  const text = cells.text('date');
  const day = readDate(text, dateFormat);
  if (day !== null) return day;
  throw cells.refuse(
    'date',
    text === '' ? 'the date is missing' : `“${text.slice(0, 60)}” is not a date written ${dateFormat}`,
  );
}

function amountOf(cells: Cells, terms: CsvTerms, currency: string): bigint {
  if (cells.has('amount')) {
    if (cells.text('amount') === '') throw cells.refuse('amount', 'the amount is missing');
    return minorOf(cells, 'amount', terms, currency);
  }
  const side = (is: 'moneyIn' | 'moneyOut') =>
    cells.text(is) === '' ? 0n : minorOf(cells, is, terms, currency);
  const came = side('moneyIn');
  const went = side('moneyOut');
  if (cells.text('moneyIn') === '' && cells.text('moneyOut') === '')
    throw cells.refuse('moneyIn', 'neither what came nor what went is given');
  if (came !== 0n && went !== 0n)
    throw cells.refuse('moneyOut', 'there is money in and money out in one line');
  if (came < 0n) throw cells.refuse('moneyIn', 'what came cannot be negative');
  // Some banks write what went with a minus, some without.
  return came - (went < 0n ? -went : went);
}

function minorOf(cells: Cells, is: Meaning, terms: CsvTerms, currency: string): bigint {
  const text = cells.text(is);
  const amount = readBankAmount(text, terms, currency);
  if (amount !== null) return amount;
  throw cells.refuse(
    is,
    `“${text.slice(0, 60)}” is not an amount in ${currency} with ${styleInWords(terms)}`,
  );
}
