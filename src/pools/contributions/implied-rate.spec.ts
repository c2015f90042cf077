import { describe, expect, it } from '@jest/globals';
import { impliedRate } from './implied-rate.js';

describe('the implied rate', () => {
  it.each([
    [8_625_00n, 'GBP', 10_000_00n, 'EUR', '1 EUR = 0.8625 GBP'],
    [100_00n, 'EUR', 16_234n, 'JPY', '1 JPY = 0.0062 EUR'],
    [16_234n, 'JPY', 100_00n, 'EUR', '1 EUR = 162.3400 JPY'],
  ])('of %s %s for %s %s is %s', (amount, currency, paid, paidCurrency, text) => {
    expect(impliedRate(amount, currency, paid, paidCurrency)).toBe(text);
  });
});
