import { minorDigits } from '../../maths/money.js';
import { divideHalfEven, powerOfTen } from '../../maths/exact.js';

/**
 * What one unit that was paid came to: "0.8625", to four decimals, rounded half-even. It is only shown; nothing is ever
 * worked out from it.
 */
export function impliedFactor(amount: bigint, currency: string, paid: bigint, paidCurrency: string): string {
  const tenThousandths = divideHalfEven(
    amount * powerOfTen(4 + minorDigits(paidCurrency)),
    paid * powerOfTen(minorDigits(currency)),
  );
  const digits = tenThousandths.toString().padStart(5, '0');
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

/** The same in words: "1 EUR = 0.8625 GBP". */
export const impliedRate = (amount: bigint, currency: string, paid: bigint, paidCurrency: string): string =>
  `1 ${paidCurrency} = ${impliedFactor(amount, currency, paid, paidCurrency)} ${currency}`;
