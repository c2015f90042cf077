import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatMoney } from './money.js';
import { parseTypedAmount } from './typed-amount.js';

describe('an amount as people type it', () => {
  it.each([
    ['1,250.5', 'GBP', 125050n],
    ['1 250.50', 'GBP', 125050n],
    ['1\u202f250,50', 'EUR', 125050n],
    ['1.250,50', 'EUR', 125050n],
    ["1'250.50", 'CHF', 125050n],
    ['£1,250', 'GBP', 125000n],
    ['£ 1,250', 'GBP', 125000n],
    ['1250 GBP', 'GBP', 125000n],
    ['GBP 1250', 'GBP', 125000n],
    ['1250,5', 'EUR', 125050n],
    ['1,250', 'GBP', 125000n],
    ['1.250.000', 'EUR', 125000000n],
    ['1,250,000', 'KWD', 1250000000n],
    ['1.250', 'KWD', 1250n],
    ['0.005', 'KWD', 5n],
    ['¥1,250', 'JPY', 1250n],
    ['-5', 'GBP', -500n],
    ['−£5', 'GBP', -500n],
    ['  7 ', 'GBP', 700n],
    ['007', 'GBP', 700n],
    ['12,50', 'EUR', 1250n],
  ])('"%s" in %s', (text, currency, minor) => {
    expect(parseTypedAmount(text, currency)).toBe(minor);
  });

  it.each([
    ['1.250', 'GBP', 'two ways'],
    ['1,250', 'KWD', 'two ways'],
    ['1.005', 'JPY', 'two ways'],
    ['1250.555', 'GBP', 'at most 2 decimals'],
    ['12.5', 'JPY', 'no decimals'],
    ['12,50,000', 'GBP', 'not an amount'],
    ['1,25.50', 'GBP', 'not an amount'],
    ['1 2 3', 'GBP', 'not an amount'],
    ['$5', 'GBP', 'not an amount'],
    ['5 EUR', 'GBP', 'not an amount'],
    ['1e3', 'GBP', 'not an amount'],
    ['five', 'GBP', 'not an amount'],
    ['', 'GBP', 'not an amount'],
    ['5.', 'GBP', 'not an amount'],
    ['--5', 'GBP', 'not an amount'],
  ])('"%s" in %s is refused: %s', (text, currency, reason) => {
    expect(() => parseTypedAmount(text, currency)).toThrow(reason);
  });

  it('what a page shows can be typed back', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
        fc.constantFrom('GBP', 'EUR', 'CHF', 'JPY'),
        fc.constantFrom('en-GB', 'fr-FR'),
        (minor, currency, locale) => {
          const shown = formatMoney(minor, currency, locale, { symbol: false });
          expect(parseTypedAmount(shown, currency)).toBe(minor);
        },
      ),
    );
  });
});
