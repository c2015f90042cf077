import { type Day, isDay } from '../../maths/day.js';
import { formatAmount } from '../../maths/money.js';
import type { TableRow } from './csv-table.js';
import type { RowErrors } from './row-errors.js';

/** Every amount in the source is in US dollars. */
export const CURRENCY = 'USD';
const DIGITS = 2;
/** 10 million million dollars: far above any fund, far below what the ledger can hold. */
const MOST_DIGITS = 13;

/** Reads the cells of one row; what cannot be read it reports and answers as null. */
export class CellReader {
  private wrong = 0;

  constructor(
    private readonly row: TableRow,
    private readonly fundId: string | null,
    private readonly errors: RowErrors,
  ) {}

  /** Whether everything asked for so far could be read. */
  get isWhole(): boolean {
    return this.wrong === 0;
  }

  refuse(column: string, expected: string): null {
    const { file, line, cells } = this.row;
    this.wrong += 1;
    this.errors.add(this.fundId, { file, line, column, value: cells[column] ?? '', expected });
    return null;
  }

  /** Text that says something, its white space tidied: the source has no-break and doubled spaces. */
  text(column: string, most = 500): string | null {
    const text = tidy(this.row.cells[column] ?? '');
    if (text === '') return this.refuse(column, 'some text');
    return text.length <= most ? text : this.refuse(column, `at most ${most} characters`);
  }

  year(column: string, least: number, most: number): number | null {
    const text = tidy(this.row.cells[column] ?? '');
    const year = /^\d{4}$/.test(text) ? Number(text) : 0;
    return year >= least && year <= most ? year : this.refuse(column, `a year from ${least} to ${most}`);
  }

  /** An amount above nothing, in cents: see `readDollars`. */
  amount(column: string): bigint | null {
    const cents = readDollars(tidy(this.row.cells[column] ?? ''));
    return cents !== null && cents > 0n
      ? cents
      : this.refuse(
          column,
          'an amount in dollars above 0 with at most two decimals, such as 1250.00, without separators',
        );
  }

  /** The date of `M/D/YYYY h:mm:ss AM`; the time of day says nothing here. */
  day(column: string): Day | null {
    return (
      readDate(tidy(this.row.cells[column] ?? '')) ??
      this.refuse(column, 'a date written month/day/year, such as 2/29/2024 12:00:00 AM')
    );
  }
}

export const tidy = (text: string): string => text.replace(/\s+/gu, ' ').trim();

/**
 * Dollars in cents, exactly as written: `495000`, `499998.6`, `23823529.00`, and `2.95E+07`, as the source writes some
 * large ones. Null for anything else, a third decimal included: an amount is never rounded on its way in.
 */
export function readDollars(text: string): bigint | null {
  const match = /^(\d{1,13})(?:\.(\d{1,15}))?(?:E\+?(\d{1,2}))?$/i.exec(text);
  if (!match) return null;
  const [, whole = '', fraction = '', exponent = '0'] = match;
  const zeros = Number(exponent) + DIGITS - fraction.length;
  const digits = BigInt(whole + fraction);
  if (zeros > MOST_DIGITS) return null;
  const lost = zeros < 0 ? digits % 10n ** BigInt(-zeros) : 0n;
  if (lost !== 0n) return null;
  const cents = zeros < 0 ? digits / 10n ** BigInt(-zeros) : digits * 10n ** BigInt(zeros);
  return cents.toString().length <= MOST_DIGITS + DIGITS ? cents : null;
}

function readDate(text: string): Day | null {
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (?:0?\d|1[0-2]):[0-5]\d:[0-5]\d [AP]M)?$/i.exec(text);
  if (!match) return null;
  const [, month = '', day = '', year = ''] = match;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(date) ? date : null;
}

/** Cents as the file would write them. */
export const dollars = (cents: bigint): string => formatAmount(cents, CURRENCY);
