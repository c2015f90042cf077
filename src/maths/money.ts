import currencyCodes from 'currency-codes';
import { type DecimalLike, divideHalfEven, parseDecimal, powerOfTen } from './exact.js';
import { MathsError } from './maths-error.js';

/** An amount in integer minor units (pence, cents, yen) of an ISO 4217 currency. */
export interface Money {
  minor: bigint;
  currency: string;
}

// ISO 4217 gives these no minor unit ("N.A."): metals, units of account, tests, "no currency".
const withoutMinorUnit = 'XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX'.split(' ');

// In ISO 4217 since the package's list was made (June 2024): the Caribbean guilder, of March 2025.
const newerCurrencies: [string, number][] = [['XCG', 2]];

const digitsByCurrency = new Map<string, number>([
  ...currencyCodes.data.map(({ code, digits }): [string, number] => [code, digits]),
  ...newerCurrencies,
]);
for (const code of withoutMinorUnit) digitsByCurrency.delete(code);

// Far above any ledger, and a bound on what one amount can cost to compute with.
const mostDigits = 40;

/** True for an ISO 4217 code, in capitals, of a currency that has minor units. */
export function isCurrency(currency: string): boolean {
  return digitsByCurrency.has(currency);
}

/** How many digits the currency has after the point: 2 for GBP, 0 for JPY, 3 for KWD. Throws on an unknown one. */
export function minorDigits(currency: string): number {
  const digits = digitsByCurrency.get(currency);
  if (digits === undefined) {
    throw new MathsError('unknownCurrency', `"${currency}" is not an ISO 4217 currency code such as GBP.`);
  }
  return digits;
}

/**
 * Reads an amount in major units as programs write it: exactly the currency's digits after the point ("1250.00",
 * or "1250" for JPY), a minus sign at most, no exponent, no separators, no leading zeros. Gives minor units.
 */
export function parseAmount(text: string, currency: string): bigint {
  const digits = minorDigits(currency);
  const match = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?$/.exec(text);
  const example = formatAmount(1250n * powerOfTen(digits), currency);
  if (!match || text.length > mostDigits) {
    throw new MathsError('amountMalformed', `"${text.slice(0, 60)}" is not an amount such as "${example}".`);
  }
  const [, sign, whole = '', fraction = ''] = match;
  if (fraction.length !== digits) {
    const rule = digits === 0 ? 'no digits' : `exactly ${digits} digits`;
    throw new MathsError(
      fraction.length > digits ? 'tooManyDecimals' : 'tooFewDecimals',
      `"${text}" must have ${rule} after the point, as ${currency} has: write it like "${example}".`,
    );
  }
  const minor = BigInt(whole + fraction);
  return sign ? -minor : minor;
}

/** Minor units as an amount in major units with exactly the currency's digits: "1250.00", "-5.00", "1250" for JPY. */
export function formatAmount(minor: bigint, currency: string): string {
  const digits = minorDigits(currency);
  const sign = minor < 0n ? '-' : '';
  const units = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  if (digits === 0) return sign + units;
  return `${sign}${units.slice(0, -digits)}.${units.slice(-digits)}`;
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatterFor(currency: string, locale: string, symbol: boolean): Intl.NumberFormat {
  const key = `${locale} ${currency} ${symbol}`;
  const known = formatters.get(key);
  if (known) return known;
  const digits = minorDigits(currency);
  const formatter = new Intl.NumberFormat(locale, {
    ...(symbol ? { style: 'currency', currency } : { style: 'decimal' }),
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  formatters.set(key, formatter);
  return formatter;
}

/**
 * Money for people, by locale: "£1,250.00", or "1,250.00" with `symbol: false`. The minus is a real one (U+2212).
 * Exact at any size: the formatter is given decimal text, never a floating-point number.
 */
export function formatMoney(
  minor: bigint,
  currency: string,
  locale: string,
  { symbol = true }: { symbol?: boolean } = {},
): string {
  const text = formatAmount(minor, currency) as Intl.StringNumericLiteral;
  return formatterFor(currency, locale, symbol)
    .formatToParts(text)
    .map((part) => (part.type === 'minusSign' ? '\u2212' : part.value))
    .join('');
}

/** minor × rate, rounded half-even to a whole minor unit. The rate is a decimal ("0.065"), exact. */
export function applyRate(minor: bigint, rate: DecimalLike): bigint {
  const { units, scale } = parseDecimal(rate);
  return divideHalfEven(minor * units, powerOfTen(scale));
}

/** `percent` ("12.5") per cent of an amount, rounded half-even to a whole minor unit. */
export function percentOf(minor: bigint, percent: DecimalLike): bigint {
  const { units, scale } = parseDecimal(percent);
  return divideHalfEven(minor * units, powerOfTen(scale + 2));
}

/** `points` hundredths of a per cent of an amount, rounded half-even to a whole minor unit. */
export function basisPoints(minor: bigint, points: number): bigint {
  return divideHalfEven(minor * BigInt(points), 10_000n);
}

/** The sum of amounts in minor units. */
export function sum(amounts: Iterable<bigint>): bigint {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
}
