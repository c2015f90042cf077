import { describe, expect, it } from '@jest/globals';
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import {
  compareDecimals,
  divideHalfEven,
  formatDecimal,
  formatShortest,
  onCommonScale,
  parseDecimal,
  ratioOf,
} from './exact.js';

describe('dividing half-even', () => {
  it.each([
    [5n, 10n, 0n],
    [15n, 10n, 2n],
    [25n, 10n, 2n],
    [35n, 10n, 4n],
    [26n, 10n, 3n],
    [-5n, 10n, 0n],
    [-15n, 10n, -2n],
    [-25n, 10n, -2n],
    [-26n, 10n, -3n],
    [25n, -10n, -2n],
    [7n, 1n, 7n],
  ])('%d ÷ %d is %d', (numerator, denominator, quotient) => {
    expect(divideHalfEven(numerator, denominator)).toBe(quotient);
  });

  it('is never further off than a half, and a mirror image below zero', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt({ min: 1n, max: 10n ** 30n }), (numerator, denominator) => {
        const quotient = divideHalfEven(numerator, denominator);
        const off = 2n * (quotient * denominator - numerator);
        expect(off <= denominator && -off <= denominator).toBe(true);
        expect(divideHalfEven(-numerator, denominator)).toBe(-quotient);
      }),
    );
  });

  it('refuses zero', () => {
    expect(() => divideHalfEven(1n, 0n)).toThrow('divided by zero');
  });
});

describe('reading a decimal', () => {
  it.each([
    ['0.065', { units: 65n, scale: 3 }],
    ['-12.50', { units: -1250n, scale: 2 }],
    ['100', { units: 100n, scale: 0 }],
  ])('"%s" loses nothing', (text, exact) => {
    expect(parseDecimal(text)).toEqual(exact);
  });

  it('takes a Decimal as the number it is', () => {
    expect(parseDecimal(new Decimal('0.00000001'))).toEqual({ units: 1n, scale: 8 });
  });

  it.each(['', '1e3', '+1', '.5', '5.', '1,5', ' 1', '0x10', 'NaN', 'Infinity', '1'.repeat(31)])(
    '"%s" is refused',
    (text) => {
      expect(() => parseDecimal(text)).toThrow('is not a decimal number');
    },
  );

  it('decimals keep their proportions on a common scale', () => {
    expect(onCommonScale(['1', '0.5', '0.25'].map(parseDecimal))).toEqual([100n, 50n, 25n]);
  });
});

describe('exact decimals as text, and compared', () => {
  it.each([
    ['2.50', '2.50', '2.5'],
    ['-0.150', '-0.150', '-0.15'],
    ['-0.00', '0.00', '0'],
    ['0060', '60', '60'],
    ['100.0', '100.0', '100'],
  ])('"%s" is written "%s", shortest "%s"', (text, full, shortest) => {
    expect(formatDecimal(parseDecimal(text))).toBe(full);
    expect(formatShortest(parseDecimal(text))).toBe(shortest);
  });

  it.each([
    ['2.5', '2.50', 0],
    ['-1', '0.5', -1],
    ['59.99', '6', 1],
  ])('%s against %s is %d', (a, b, order) => {
    expect(compareDecimals(parseDecimal(a), parseDecimal(b))).toBe(order);
  });

  it.each([
    ['170', '200', '0.850000'],
    ['20', '150', '0.133333'],
    ['-30', '200.0', '-0.150000'],
    ['2', '-3', '-0.666667'],
    ['0.0000005', '1', '0.000000'],
    ['0.0000015', '1', '0.000002'],
    ['5', '0.00', null],
  ])('%s ÷ %s to six places is %s', (dividend, divisor, ratio) => {
    expect(ratioOf(parseDecimal(dividend), parseDecimal(divisor), 6)).toBe(ratio);
  });
});
