import { type Day, isDay } from '../../../maths/day.js';
import { statedAmount } from '../stated-amount.js';
import type { DecimalMark, ThousandsMark } from './csv-mapping.rules.js';

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** How dates are written: D day, M month (MMM its English name), Y year; two digits of a year are of this century. */
export const dateFormats = [
  'YYYY-MM-DD',
  'DD/MM/YYYY',
  'MM/DD/YYYY',
  'DD.MM.YYYY',
  'DD-MM-YYYY',
  'YYYY/MM/DD',
  'YYYYMMDD',
  'DD/MM/YY',
  'MM/DD/YY',
  'DD.MM.YY',
  'DD MMM YYYY',
  'DD-MMM-YYYY',
  'MMM DD, YYYY',
] as const;
export type DateFormat = (typeof dateFormats)[number];

const patterns = new Map<string, { regex: RegExp; order: string[] }>();

function patternOf(format: string): { regex: RegExp; order: string[] } {
  const known = patterns.get(format);
  if (known) return known;
  const tokens = format.match(/YYYY|YY|MMM|MM|DD|[^YMD]+/g) ?? [];
  const isTight = !/[^YMD]/.test(format);
  const source = tokens.map((token) => {
    if (token === 'YYYY') return '(\\d{4})';
    if (token === 'YY') return '(\\d{2})';
    if (token === 'MMM') return '([A-Za-z]{3,9})\\.?';
    if (token === 'MM' || token === 'DD') return isTight ? '(\\d{2})' : '(\\d{1,2})';
    return token.replace(/[.]/g, '\\.').replace(/ /g, '\\s+');
  });
  // Some banks add the time of day, which is no part of the date.
  const pattern = {
    regex: new RegExp(`^${source.join('')}(?:[ T]\\d{1,2}:\\d{2}.*)?$`),
    order: tokens.filter((token) => /[YMD]/.test(token)),
  };
  patterns.set(format, pattern);
  return pattern;
}

/** A date as a bank writes it; null when it is none in this format. */
export function readDate(text: string, format: string): Day | null {
  const { regex, order } = patternOf(format);
  const found = regex.exec(text.trim());
  if (!found) return null;
  const part = (kind: string) => found[order.findIndex((token) => token.startsWith(kind)) + 1] ?? '';
  const year = part('Y').padStart(4, '20');
  const named = months.indexOf(part('M').slice(0, 3).toLowerCase()) + 1;
  const month = named > 0 ? String(named) : part('M');
  const day = `${year}-${month.padStart(2, '0')}-${part('D').padStart(2, '0')}`;
  return isDay(day) ? day : null;
}

export interface AmountStyle {
  decimalMark: DecimalMark;
  thousandsMark: ThousandsMark;
}

const thousandsSigns: Readonly<Record<ThousandsMark, string>> = {
  none: '',
  comma: ',',
  point: '.',
  space: ' ',
  apostrophe: "'",
};

/**
 * An amount as a bank writes it: "1.234,56", "-12.50", "12.50-", "(12.50)", "+5", "£5.00 ". Only the marks that were
 * agreed are taken, thousands in threes. Minor units; null when it is none. No rounding.
 */
export function readBankAmount(text: string, style: AmountStyle, currency: string): bigint | null {
  const plain = text
    .replace(/[\s\u00a0\u2009\u202f]+/g, ' ')
    .replace(/\u2212/g, '-')
    .replace(/\u2019/g, "'")
    .trim();
  const bare = plain
    .replace(/^([-+(]?) ?(?:[A-Z]{3}|\p{Sc}) ?/u, '$1')
    .replace(/ ?(?:[A-Z]{3}|\p{Sc})([-)]?)$/u, '$1');
  const signs = /^(?:([-+]) ?([^-+()]+)|([^-+()]+?) ?(-)|\(([^-+()]+)\)|([^-+()]+))$/.exec(bare);
  if (!signs) return null;
  const isNegative = signs[1] === '-' || signs[4] === '-' || signs[5] !== undefined;
  const body = (signs[2] ?? signs[3] ?? signs[5] ?? signs[6] ?? '').trim();
  const decimal = style.decimalMark === 'comma' ? ',' : '.';
  const [whole = '', fraction = '', ...more] = body.split(decimal);
  const mark = thousandsSigns[style.thousandsMark];
  const digits = mark === '' ? whole : whole.replaceAll(mark, '');
  const isGrouped = mark === '' || !whole.includes(mark) || inThrees(whole.split(mark));
  if (more.length > 0 || !isGrouped || !/^\d+$/.test(digits) || !/^\d*$/.test(fraction)) return null;
  try {
    const exact = digits.replace(/^0+(?=\d)/, '');
    const amount = statedAmount(fraction === '' ? exact : `${exact}.${fraction}`, currency);
    return isNegative ? -amount : amount;
  } catch {
    return null;
  }
}

const inThrees = ([first = '', ...groups]: string[]): boolean =>
  first.length >= 1 && first.length <= 3 && groups.every((group) => group.length === 3);

/** How amounts are to be written, for whoever must mend one: "decimals after a comma, thousands apart by points". */
export function styleInWords({ decimalMark, thousandsMark }: AmountStyle): string {
  const thousands =
    thousandsMark === 'none' ? 'without thousands marks' : `thousands apart by a ${thousandsMark}`;
  return `decimals after a ${decimalMark}, ${thousands}`;
}
