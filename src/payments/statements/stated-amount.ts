import { minorDigits, parseAmount } from '../../maths/money.js';

/**
 * An amount as banks state it: as many digits as they like, as long as those beyond the currency’s are zeros
 * ("8.850" is 8.85 EUR; "8.855" is refused). Minor units. No rounding.
 * @throws MathsError
 */
export function statedAmount(text: string, currency: string): bigint {
  const digits = minorDigits(currency);
  const [whole = '', fraction = ''] = text.split('.');
  const beyond = fraction.slice(digits);
  if (!/^0*$/.test(beyond)) return parseAmount(text, currency);
  const exact = fraction.slice(0, digits).padEnd(digits, '0');
  return parseAmount(digits === 0 ? whole : `${whole}.${exact}`, currency);
}
