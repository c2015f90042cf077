/** What is wrong with one cell, in words for whoever keeps the file. */
export interface RowError {
  file: string;
  line: number;
  column: string;
  value: string;
  /** “a year such as 2024”: goes on after “expected”. */
  expected: string;
}

/** More than this many of one fund are counted, and not kept. */
const MOST_KEPT = 100;

interface Kept {
  total: number;
  errors: RowError[];
}

/** What was found wrong in the files, by fund, up to a bound. */
export class RowErrors {
  private readonly byFund = new Map<string | null, Kept>();

  /** @param fundId null when the row does not say whose it is */
  add(fundId: string | null, error: RowError): void {
    const kept = this.byFund.get(fundId) ?? { total: 0, errors: [] };
    kept.total += 1;
    if (kept.errors.length < MOST_KEPT) kept.errors.push(error);
    this.byFund.set(fundId, kept);
  }

  /** The errors of a fund; of null, those of rows that belong to nobody knows which. */
  of(fundId: string | null): Kept {
    return this.byFund.get(fundId) ?? { total: 0, errors: [] };
  }

  /** The numbers of the funds that have any. */
  get fundIds(): string[] {
    return [...this.byFund.keys()].filter((id) => id !== null);
  }
}

export function describeRowError({ file, line, column, value, expected }: RowError): string {
  const found = value === '' ? 'is empty' : `is “${value.length > 80 ? `${value.slice(0, 79)}…` : value}”`;
  return column === ''
    ? `${file} line ${line}: expected ${expected}.`
    : `${file} line ${line}, ${column} ${found}: expected ${expected}.`;
}
