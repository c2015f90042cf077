import { describe, expect, it } from '@jest/globals';
import { invoiceState, openOf, requireCancellable, requireReceivable } from './invoice.rules.js';

const invoice = { amount: 100_00n, received: 40_00n, cancelled: 0n, currency: 'GBP' };

describe('an invoice', () => {
  it.each([
    [0n, 'issued'],
    [1n, 'partlyPaid'],
    [99_99n, 'partlyPaid'],
    [100_00n, 'paid'],
  ] as const)('of which %d has come is %s', (received, state) => {
    expect(invoiceState({ ...invoice, received })).toBe(state);
  });

  it.each([
    [0n, 100_00n, 0n, 'cancelled'],
    [40_00n, 60_00n, 0n, 'cancelled'],
    // A receipt that was taken back later is open again.
    [0n, 60_00n, 40_00n, 'issued'],
    [10_00n, 60_00n, 30_00n, 'partlyPaid'],
  ] as const)(
    'of which %d has come and %d is cancelled has %d open, and is %s',
    (received, cancelled, open, state) => {
      expect(openOf({ ...invoice, received, cancelled })).toBe(open);
      expect(invoiceState({ ...invoice, received, cancelled })).toBe(state);
    },
  );

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

  it('takes nothing beyond what is left of it when a part was cancelled', () => {
    expect(() => requireReceivable({ ...invoice, cancelled: 50_00n }, 10_01n)).toThrow('£10.00 is open');
  });

  it('is cancelled while something is open, on the day of the last thing that happened to it or later', () => {
    expect(() => requireCancellable(invoice, '2027-05-03', '2027-05-03')).not.toThrow();
    expect(() => requireCancellable(invoice, '2027-05-02', '2027-05-03')).toThrow('before that');
    const paid = { ...invoice, received: 100_00n };
    expect(() => requireCancellable(paid, '2027-05-03', '2027-05-03')).toThrow('The invoice is paid.');
  });
});
