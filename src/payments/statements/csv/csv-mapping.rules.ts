import { fieldError } from '../../../platform/errors/domain-error.js';

export const delimiters = ['comma', 'semicolon', 'tab', 'pipe'] as const;
export type Delimiter = (typeof delimiters)[number];
export const delimiterSigns: Readonly<Record<Delimiter, string>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  pipe: '|',
};

export const encodings = ['utf-8', 'latin-1'] as const;
export type CsvEncoding = (typeof encodings)[number];

export const decimalMarks = ['point', 'comma'] as const;
export type DecimalMark = (typeof decimalMarks)[number];

export const thousandsMarks = ['none', 'comma', 'point', 'space', 'apostrophe'] as const;
export type ThousandsMark = (typeof thousandsMarks)[number];

/** What a column can be. `text` may stand on several, which are joined; every other on one. */
export const meanings = [
  'date',
  'amount',
  'moneyIn',
  'moneyOut',
  'text',
  'counterparty',
  'reference',
  'endToEndId',
  'balance',
] as const;
export type Meaning = (typeof meanings)[number];

/** A column by its heading, or by its place ("#3") where the heading is missing or stands twice. */
export interface MappedColumn {
  column: string;
  is: Meaning;
}

/** How a file is cut into cells. */
export interface CsvShape {
  delimiter: Delimiter;
  encoding: CsvEncoding;
  /** The line of the heading, as an editor counts; what stands above is passed over. 0: there is none. */
  headingLine: number;
}

/** How a bank writes its CSV statements. */
export interface CsvTerms extends CsvShape {
  dateFormat: string;
  decimalMark: DecimalMark;
  thousandsMark: ThousandsMark;
  columns: readonly MappedColumn[];
}

/**
 * Refuses a mapping by which no line could be understood: it needs the date, and the amount in one signed column or in
 * one for what came and one for what went; a column is one thing, and only text may stand on several.
 * @throws ruleBroken naming the field
 */
export function requireMapping({ columns, decimalMark, thousandsMark }: CsvTerms): void {
  if (decimalMark === thousandsMark) {
    const sentence = 'The same mark cannot set off both decimals and thousands.';
    throw fieldError('ruleBroken', '/thousandsMark', sentence);
  }
  columns.forEach(({ column, is }, index) => {
    const earlier = columns.slice(0, index);
    if (earlier.some((other) => other.column === column))
      throw fieldError('ruleBroken', `/columns/${index}/column`, `“${column}” stands here twice.`);
    if (is !== 'text' && earlier.some((other) => other.is === is)) {
      const sentence = `Another column is the ${words[is]} already.`;
      throw fieldError('ruleBroken', `/columns/${index}/is`, sentence);
    }
  });
  const has = (is: Meaning) => columns.some((column) => column.is === is);
  if (!has('date')) throw fieldError('ruleBroken', '/columns', 'Say which column is the date.');
  const isSigned = has('amount');
  const isApart = has('moneyIn') && has('moneyOut');
  if (isSigned && (has('moneyIn') || has('moneyOut'))) {
    const sentence = 'The amount is one signed column, or one for money in and one for money out: not both.';
    throw fieldError('ruleBroken', '/columns', sentence);
  }
  if (!isSigned && !isApart) {
    const sentence = 'Say which column is the amount; or which are money in and money out, both.';
    throw fieldError('ruleBroken', '/columns', sentence);
  }
}

/** What each meaning is called. */
export const words: Readonly<Record<Meaning, string>> = {
  date: 'date',
  amount: 'amount, signed',
  moneyIn: 'money in',
  moneyOut: 'money out',
  text: 'text',
  counterparty: 'counterparty',
  reference: 'bank’s reference',
  endToEndId: 'EndToEndId',
  balance: 'running balance',
};

/** What columns are called: by their heading; by their place where it is missing, stands twice or looks like a place. */
export function columnNames(heading: readonly string[]): string[] {
  const trimmed = heading.map((name) => name.trim());
  return trimmed.map((name, index) => {
    const isPlain = name !== '' && !name.startsWith('#') && name.length <= 200;
    return isPlain && trimmed.indexOf(name) === trimmed.lastIndexOf(name) ? name : `#${index + 1}`;
  });
}
