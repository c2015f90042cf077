import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDecimals,
  compareDecimals,
  divideDecimals,
  onStraightLine,
  parseTypedDecimal,
  plainDecimal,
  roundDecimal,
  subtractDecimals,
} from './decimals.js';

describe('decimals', () => {
  it('are written without zeros that say nothing', () => {
    expect(['62.50', '-0.0', '007', '1200', '-0.050'].map(plainDecimal)).toEqual([
      '62.5',
      '0',
      '7',
      '1200',
      '-0.05',
    ]);
  });

  it('add up exactly, where floats do not', () => {
    expect(addDecimals(['0.1', '0.2'])).toBe('0.3');
    expect(addDecimals(['12345678901234567890', '0.000001'])).toBe('12345678901234567890.000001');
    expect(addDecimals([])).toBe('0');
    expect([subtractDecimals('0.3', '0.1'), subtractDecimals('1', '-2.50')]).toEqual(['0.2', '3.5']);
  });

  it('divide to six places, half-even', () => {
    expect(divideDecimals('1', '3')).toBe('0.333333');
    expect(divideDecimals('2', '3', 100n)).toBe('66.666667');
    expect(divideDecimals('0.0000005', '1')).toBe('0');
    expect(divideDecimals('0.0000015', '1')).toBe('0.000002');
    expect(() => divideDecimals('1', '0.0')).toThrow('Nothing can be divided by zero.');
  });

  it('compare as numbers, not as text', () => {
    expect([compareDecimals('10', '9'), compareDecimals('1.50', '1.5'), compareDecimals('-2', '-1')]).toEqual(
      [1, 0, -1],
    );
    expect(['2.5', '3.5', '-2.55', '7'].map((text) => roundDecimal(text, 0))).toEqual(['2', '4', '-3', '7']);
  });
});

describe('a straight line', () => {
  const [a, b] = [
    { on: '2026-01-01', value: '10' },
    { on: '2026-01-11', value: '20.5' },
  ];

  it('goes between two points and beyond them, by days', () => {
    expect(onStraightLine(a, b, '2026-01-05')).toBe('14.2');
    expect(onStraightLine(a, b, '2026-01-21')).toBe('31');
    expect(onStraightLine(b, a, '2025-12-22')).toBe('-0.5');
  });

  it('passes through both', () => {
    const value = fc
      .integer({ min: -1_000_000, max: 1_000_000 })
      .map((units) => plainDecimal((units / 100).toFixed(2)));
    fc.assert(
      fc.property(value, value, (first, second) => {
        const [from, to] = [
          { on: '2026-01-31', value: first },
          { on: '2028-02-29', value: second },
        ];
        expect(onStraightLine(from, to, from.on)).toBe(first);
        expect(onStraightLine(from, to, to.on)).toBe(second);
      }),
    );
  });
});

describe('a typed number', () => {
  it.each([
    ['62.5', '62.5'],
    ['62,5', '62.5'],
    [' 62.50 %', '62.5'],
    ['1,250.5', '1250.5'],
    ['1.250,5', '1250.5'],
    ['1 250', '1250'],
    ['1,250,000', '1250000'],
    ['0,125', '0.125'],
    ['1.250', '1.25'],
    ['\u22123', '-3'],
  ])('%j is %s', (typed, value) => expect(parseTypedDecimal(typed)).toBe(value));

  it.each(['', 'n/a', '1,25,0', '1.2.3,4,5', '12-3', '.5', '1e5'])('%j is none', (typed) => {
    expect(() => parseTypedDecimal(typed)).toThrow('is not a number such as "62.5".');
  });

  it('is refused where it can be read in two ways', () => {
    expect(() => parseTypedDecimal('1,250')).toThrow(
      '"1,250" can be read in two ways. Write "1250" if you mean thousands.',
    );
  });
});
