import { formatAmount, minorDigits, parseAmount } from './money.js';
import { MathsError } from './maths-error.js';

// Spaces of every width, and the Swiss apostrophe, only ever group digits.
const spaces = /[\s\u00a0\u2009\u202f]/g;
const grouped = /^\d{1,3}(?:([ ',.])\d{3})(?:\1\d{3})*$/;

/**
 * Reads an amount as a person types it: "1,250.5", "1 250.50", "1.250,50", "£1,250", "1250 GBP", "−5". Fewer
 * decimals than the currency has are filled up; more are refused, and so is what can be read in two ways.
 * Gives minor units.
 */
export function parseTypedAmount(text: string, currency: string): bigint {
  const digits = minorDigits(currency);
  const plain = withoutCurrency(text.replace(spaces, ' ').trim(), currency);
  const negative = /^[-\u2212]/.test(plain);
  const body = plain.replace(/^[-\u2212] ?/, '');
  if (body.length > 60 || !/^\d(?:[\d ',.]*\d)?$/.test(body.replace(/\u2019/g, "'")))
    throw unreadable(text, currency);

  const { whole, fraction } = splitAtDecimalPoint(body.replace(/\u2019/g, "'"), digits, text, currency);
  if (/\D/.test(whole) && !grouped.test(whole)) throw unreadable(text, currency);
  if (fraction.length > digits) {
    const most = digits === 0 ? 'no decimals' : `at most ${digits} decimals`;
    throw new MathsError('tooManyDecimals', `${currency} has ${most}: write the amount without the others.`);
  }
  const units = whole.replace(/\D/g, '').replace(/^0+(?=\d)/, '');
  const exact = parseAmount(digits ? `${units}.${fraction.padEnd(digits, '0')}` : units, currency);
  return negative ? -exact : exact;
}

/** Takes off the currency's own code or symbol, before or after the number. Another currency's stays, and is refused. */
function withoutCurrency(text: string, currency: string): string {
  const sign = /^[-\u2212]/.exec(text)?.[0] ?? '';
  let rest = text.slice(sign.length).trim();
  for (const mark of [currency, ...symbolsOf(currency)]) {
    if (rest.startsWith(mark)) rest = rest.slice(mark.length).trim();
    else if (rest.endsWith(mark)) rest = rest.slice(0, -mark.length).trim();
    else continue;
    break;
  }
  return sign + rest;
}

function symbolsOf(currency: string): string[] {
  return (['symbol', 'narrowSymbol'] as const).map((currencyDisplay) => {
    const parts = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay }).formatToParts(
      0,
    );
    return parts.find((part) => part.type === 'currency')?.value ?? currency;
  });
}

/**
 * Finds the decimal mark, if any. Of two different marks the last one is it. A mark that stands once is it unless
 * exactly three digits follow: then a comma groups thousands, as long as the currency could not have three
 * decimals, and a point could be either, so it is refused.
 */
function splitAtDecimalPoint(body: string, digits: number, text: string, currency: string) {
  const marks = body.match(/[,.]/g) ?? [];
  const last = Math.max(body.lastIndexOf(','), body.lastIndexOf('.'));
  const whole = { whole: body, fraction: '' };
  const split = { whole: body.slice(0, last), fraction: body.slice(last + 1) };
  if (marks.length === 0) return whole;
  if (marks.length > 1) {
    const mark = body[last];
    return marks.filter((each) => each === mark).length === 1 ? split : whole;
  }
  const looksGrouped = /^[1-9]\d{0,2}[,.]\d{3}$/.test(body);
  if (!looksGrouped) return split;
  const comma = body[last] === ',';
  if (comma && digits < 3) return whole;
  if (!comma && digits >= 3) return split;
  const asThousands = formatAmount(BigInt(body.replace(/\D/g, '')) * 10n ** BigInt(digits), currency);
  throw new MathsError(
    'amountAmbiguous',
    `"${text.trim()}" can be read in two ways. Write "${asThousands}" if you mean thousands.`,
  );
}

function unreadable(text: string, currency: string): MathsError {
  const example = formatAmount(1250n * 10n ** BigInt(minorDigits(currency)), currency);
  return new MathsError(
    'amountMalformed',
    `"${text.trim().slice(0, 60)}" is not an amount in ${currency}. Write it like "${example}".`,
  );
}
