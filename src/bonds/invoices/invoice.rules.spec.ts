import { describe, expect, it } from '@jest/globals';
import { invoiceState, requireReceivable } from './invoice.rules.js';

const invoice = { amount: 100_00n, received: 40_00n, currency: 'GBP' };

describe('an invoice', () => {
  it.each([
    [0n, 'issued'],
    [1n, 'partlyPaid'],
    [99_99n, 'partlyPaid'],
    [100_00n, 'paid'],
  ] as const)('of which %d has come is %s', (received, state) => {
    expect(invoiceState({ ...invoice, received })).toBe(state);
  });

  it('takes what is open of it', () => {
    expect(() => requireReceivable(invoice, 60_00n)).not.toThrow();
  });

  it.each([
    [0n, 'more than nothing'],
    [-5n, 'more than nothing'],
    [60_01n, '£60.00 is open'],
  ])('refuses %d', (amount, words) => {
    expect(() => requireReceivable(invoice, amount)).toThrow(words);
  });
});
