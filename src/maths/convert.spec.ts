import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { convertAmount } from './convert.js';

describe('an amount in another currency', () => {
  it.each([
    ['100.00 GBP at 1.1725 is 117.25 EUR', 10_000n, 'GBP', 'EUR', '1.1725', 11_725n],
    ['a half goes to the even cent', 1n, 'GBP', 'EUR', '2.5', 2n],
    ['… and up where that is even', 3n, 'GBP', 'EUR', '0.5', 2n],
    ['less than nothing stays so', -10_000n, 'GBP', 'EUR', '1.1725', -11_725n],
    ['100.00 GBP at 191.337 is 19,134 JPY, which has no cents', 10_000n, 'GBP', 'JPY', '191.337', 19_134n],
    ['19,134 JPY at 0.0052 is 99.50 GBP', 19_134n, 'JPY', 'GBP', '0.0052', 9_950n],
    ['1.000 KWD at 2.5 is 2.50 GBP', 1_000n, 'KWD', 'GBP', '2.5', 250n],
  ])('%s', (_, minor, from, to, rate, expected) => {
    expect(convertAmount(minor, from, to, rate)).toBe(expected);
  });

  it('is itself at the rate of one', () => {
    fc.assert(fc.property(fc.bigInt(), (minor) => convertAmount(minor, 'GBP', 'EUR', '1') === minor));
  });
});
