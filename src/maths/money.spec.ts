import { describe, expect, it } from '@jest/globals';
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import {
  applyRate,
  basisPoints,
  formatAmount,
  formatMoney,
  isCurrency,
  minorDigits,
  parseAmount,
  percentOf,
  sum,
} from './money.js';

describe('the digits of a currency', () => {
  it.each([
    ['GBP', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['BHD', 3],
    ['XCG', 2],
    ['ZWG', 2],
    ['XOF', 0],
  ])('%s has %d', (currency, digits) => {
    expect(minorDigits(currency)).toBe(digits);
  });

  it.each(['ABC', 'gbp', 'XAU', 'XXX', '', 'HRK', 'constructor'])(
    '"%s" is no currency to pay in',
    (currency) => {
      expect(isCurrency(currency)).toBe(false);
      expect(() => minorDigits(currency)).toThrow('is not an ISO 4217 currency code');
    },
  );
});

describe('reading an amount', () => {
  it.each([
    ['1250.00', 'GBP', 125000n],
    ['-5.00', 'GBP', -500n],
    ['0.01', 'GBP', 1n],
    ['1250', 'JPY', 1250n],
    ['1.250', 'KWD', 1250n],
    ['9007199254740993.01', 'GBP', 900719925474099301n],
  ])('"%s" %s is exact', (text, currency, minor) => {
    expect(parseAmount(text, currency)).toBe(minor);
  });

  it.each([
    '1250.000',
    '1250.0',
    '1250',
    '1e3',
    '1,250.00',
    ' 1.00',
    '+1.00',
    '01.00',
    '.50',
    '1.',
    '',
    '--1.00',
    '١.٠٠',
  ])('"%s" is refused in GBP', (text) => {
    expect(() => parseAmount(text, 'GBP')).toThrow('1250.00');
  });

  it('yen with a point are refused', () => {
    expect(() => parseAmount('1250.00', 'JPY')).toThrow('no digits after the point');
  });

  it('what is written is read back', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
        fc.constantFrom('GBP', 'JPY', 'KWD'),
        (minor, currency) => {
          expect(parseAmount(formatAmount(minor, currency), currency)).toBe(minor);
        },
      ),
    );
  });
});

describe('writing an amount', () => {
  it.each([
    [125000n, 'GBP', '1250.00'],
    [-500n, 'GBP', '-5.00'],
    [-5n, 'GBP', '-0.05'],
    [0n, 'KWD', '0.000'],
    [7n, 'JPY', '7'],
  ])('%d %s is %s', (minor, currency, text) => {
    expect(formatAmount(minor, currency)).toBe(text);
  });

  it.each([
    [125000n, 'GBP', 'en-GB', {}, '£1,250.00'],
    [-125000n, 'GBP', 'en-GB', {}, '−£1,250.00'],
    [125000n, 'GBP', 'en-GB', { symbol: false }, '1,250.00'],
    [-125000n, 'EUR', 'de-DE', { symbol: false }, '−1.250,00'],
    [1250n, 'JPY', 'en-US', {}, '¥1,250'],
    [900719925474099301n, 'USD', 'en-US', {}, '$9,007,199,254,740,993.01'],
  ])('for people: %d %s in %s', (minor, currency, locale, options, text) => {
    expect(formatMoney(minor, currency, locale, options)).toBe(text);
  });
});

describe('a part of an amount', () => {
  it.each([
    [50n, '0.05', 2n],
    [70n, '0.05', 4n],
    [-50n, '0.05', -2n],
    [10n ** 20n, '0.065', 65n * 10n ** 17n],
  ])('%d at the rate %s is %d, half-even', (minor, rate, part) => {
    expect(applyRate(minor, rate)).toBe(part);
    expect(applyRate(minor, new Decimal(rate))).toBe(part);
  });

  it('per cents and basis points say the same', () => {
    expect(percentOf(10000n, '33.3333')).toBe(3333n);
    expect(percentOf(250n, '1')).toBe(2n);
    expect(basisPoints(250n, 100)).toBe(2n);
    expect(basisPoints(600_000_000n, 100)).toBe(6_000_000n);
  });

  it('a sum of nothing is nothing', () => {
    expect(sum([])).toBe(0n);
    expect(sum([1n, -3n])).toBe(-2n);
  });
});
