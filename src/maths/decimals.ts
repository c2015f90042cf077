import { type Day, daysBetween } from './day.js';
import {
  compareDecimals as compareExact,
  divideHalfEven,
  formatShortest,
  onCommonScale,
  parseDecimal,
  powerOfTen,
} from './exact.js';
import { MathsError } from './maths-error.js';

/** How many digits after the point are kept where an answer cannot be exact; rounded half-even. */
const keptPlaces = 6;

/** The shortest plain text of a decimal: "62.50" is "62.5", "-0.0" is "0". */
export const plainDecimal = (text: string): string => formatShortest(parseDecimal(text));

/** The exact sum. */
export function addDecimals(texts: readonly string[]): string {
  const decimals = texts.map((text) => parseDecimal(text));
  const scale = decimals.reduce((widest, decimal) => Math.max(widest, decimal.scale), 0);
  return formatShortest({ units: onCommonScale(decimals).reduce((sum, units) => sum + units, 0n), scale });
}

/** a − b, exactly. */
export function subtractDecimals(a: string, b: string): string {
  const { units, scale } = parseDecimal(b);
  return addDecimals([a, formatShortest({ units: -units, scale })]);
}

/** a × `times` ÷ b, to six places, half-even. @throws MathsError `divisionByZero` */
export function divideDecimals(a: string, b: string, times = 1n): string {
  const [numerator = 0n, denominator = 0n] = onCommonScale([parseDecimal(a), parseDecimal(b)]);
  const units = divideHalfEven(numerator * times * powerOfTen(keptPlaces), denominator);
  return formatShortest({ units, scale: keptPlaces });
}

/** Negative if `a` is the smaller, positive if it is the larger, 0 if they are the same number. */
export const compareDecimals = (a: string, b: string): number =>
  compareExact(parseDecimal(a), parseDecimal(b));

/** Rounds half-even to so many places, for showing. */
export function roundDecimal(text: string, places: number): string {
  const { units, scale } = parseDecimal(text);
  if (scale <= places) return formatShortest({ units, scale });
  return formatShortest({ units: divideHalfEven(units, powerOfTen(scale - places)), scale: places });
}

/** A value on a day. */
export interface DatedValue {
  on: Day;
  /** A plain decimal. */
  value: string;
}

/**
 * The value on a day of the straight line through two others, counted in days: between them, or beyond. Rounded
 * half-even to six places. @throws MathsError `divisionByZero` where both lie on one day
 */
export function onStraightLine(a: DatedValue, b: DatedValue, day: Day): string {
  const [from = 0n, to = 0n, one = 1n] = onCommonScale([
    parseDecimal(a.value),
    parseDecimal(b.value),
    parseDecimal('1'),
  ]);
  const span = BigInt(daysBetween(a.on, b.on));
  const passed = BigInt(daysBetween(a.on, day));
  const units = divideHalfEven((from * span + (to - from) * passed) * powerOfTen(keptPlaces), span * one);
  return formatShortest({ units, scale: keptPlaces });
}

const marks = /[,.]/g;
const grouped = /^\d{1,3}(?:([,.])\d{3})(?:\1\d{3})*$/;

/**
 * Reads a number as a person or a spreadsheet writes it: "1,250.5", "1 250,5", "62.5%", "−3". A single comma with
 * three digits after it can be read in two ways, so it is refused. Gives a plain decimal.
 * @throws MathsError `decimalMalformed`, `decimalAmbiguous`
 */
export function parseTypedDecimal(text: string): string {
  const plain = text
    .replace(/[\s\u00a0\u2009\u202f'\u2019]/g, '')
    .replace(/%$/, '')
    .replace(/^\u2212/, '-');
  const sign = plain.startsWith('-') ? '-' : '';
  const body = plain.slice(sign.length);
  if (!/^\d(?:[\d,.]{0,38}\d)?$/.test(body)) throw unreadable(text);
  const found = body.match(marks) ?? [];
  if (found.length === 1 && /^[1-9]\d{0,2},\d{3}$/.test(body)) {
    throw new MathsError(
      'decimalAmbiguous',
      `"${text.trim()}" can be read in two ways. Write "${sign}${body.replace(',', '')}" if you mean thousands.`,
    );
  }
  const last = Math.max(body.lastIndexOf(','), body.lastIndexOf('.'));
  const isPoint = found.length > 0 && found.filter((mark) => mark === body[last]).length === 1;
  const whole = isPoint ? body.slice(0, last) : body;
  if (/\D/.test(whole) && !grouped.test(whole)) throw unreadable(text);
  return plainDecimal(`${sign}${whole.replace(marks, '')}${isPoint ? `.${body.slice(last + 1)}` : ''}`);
}

const unreadable = (text: string): MathsError =>
  new MathsError('decimalMalformed', `"${text.trim().slice(0, 60)}" is not a number such as "62.5".`);
