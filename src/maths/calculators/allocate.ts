import { allocateByDecimals } from '../allocate.js';
import { formatAmount } from '../money.js';
import { currencyCode, decimal, inCurrency, list, readCase, record } from './case-reader.js';

const shape = inCurrency((amount) =>
  record({
    amount: amount({ negative: true }),
    currency: currencyCode,
    weights: list(decimal({ least: 0n }), { least: 1 }),
  }),
);

/** Shares an amount by weights. */
export function calculateAllocate(input: unknown) {
  const { amount, currency, weights } = readCase(shape, input);
  return {
    parts: allocateByDecimals(amount, weights).map((part) => formatAmount(part, currency)),
    notes: ['Shared by largest remainder on minor units; ties go to the earlier part.'],
  };
}
