import type { Decimal } from 'decimal.js';
import { MathsError } from './maths-error.js';

/** A decimal number without any loss: units ÷ 10^scale. */
export interface ExactDecimal {
  units: bigint;
  scale: number;
}

/** A rate, a percentage or a weight, as people write it ("0.065") or as decimal.js holds it. */
export type DecimalLike = string | Decimal;

// No exponent, no plus sign, no bare point. The bound on the digits bounds the work that a rate can ask for.
const decimalText = /^-?\d{1,30}(\.\d{1,20})?$/;

/** Reads a plain decimal number, up to 30 digits before the point and 20 after it. Refuses anything else. */
export function parseDecimal(value: DecimalLike): ExactDecimal {
  const text = typeof value === 'string' ? value : value.toFixed();
  if (!decimalText.test(text)) {
    throw new MathsError(
      'decimalMalformed',
      `"${text.slice(0, 60)}" is not a decimal number such as "0.065".`,
    );
  }
  const [whole = '', fraction = ''] = text.split('.');
  return { units: BigInt(whole + fraction), scale: fraction.length };
}

/** 10 to the power of `exponent`, which is not negative. */
export function powerOfTen(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}

/** The units of several decimals on their common scale, so that their proportions are kept exactly. */
export function onCommonScale(decimals: ExactDecimal[]): bigint[] {
  const scale = decimals.reduce((widest, decimal) => Math.max(widest, decimal.scale), 0);
  return decimals.map((decimal) => decimal.units * powerOfTen(scale - decimal.scale));
}

/** Negative if `a` is the less, positive if it is the more, 0 if they are the same number (2.5 and 2.50). */
export function compareDecimals(a: ExactDecimal, b: ExactDecimal): number {
  const [left = 0n, right = 0n] = onCommonScale([a, b]);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The number as text with exactly `scale` digits after the point: "-0.150000". */
export function formatDecimal({ units, scale }: ExactDecimal): string {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** The number in its shortest form, the same for every way to write it: "2.5" for 2.50, "60" for 060. */
export function formatShortest(decimal: ExactDecimal): string {
  const text = formatDecimal(decimal);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/**
 * numerator ÷ denominator, rounded half-even (IEEE 754 roundTiesToEven): to the nearest integer, and from the
 * exact middle to the even one, so that many roundings do not drift. Refuses a denominator of zero.
 */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  if (denominator === 0n) throw new MathsError('divisionByZero', 'Nothing can be divided by zero.');
  const [n, d] = denominator < 0n ? [-numerator, -denominator] : [numerator, denominator];
  const floor = n >= 0n || n % d === 0n ? n / d : n / d - 1n;
  const twiceOver = 2n * (n - floor * d);
  const roundUp = twiceOver > d || (twiceOver === d && floor % 2n !== 0n);
  return roundUp ? floor + 1n : floor;
}

/** dividend ÷ divisor as text with `places` digits after the point, rounded half-even. `null` where it is by zero. */
export function ratioOf(dividend: ExactDecimal, divisor: ExactDecimal, places: number): string | null {
  const [top = 0n, bottom = 0n] = onCommonScale([dividend, divisor]);
  if (bottom === 0n) return null;
  return formatDecimal({ units: divideHalfEven(top * powerOfTen(places), bottom), scale: places });
}
