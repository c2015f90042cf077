import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  periodAfter,
  periodContaining,
  periodLengths,
  periodNamed,
  periodsBetween,
} from './calendar-period.js';
import { addDays } from './day.js';

describe('a period of the calendar', () => {
  it.each([
    ['month', '2028-02-29', { key: '2028-02', from: '2028-02-01', to: '2028-02-29' }],
    ['quarter', '2026-11-23', { key: '2026-Q4', from: '2026-10-01', to: '2026-12-31' }],
    ['halfYear', '2026-06-30', { key: '2026-H1', from: '2026-01-01', to: '2026-06-30' }],
    ['year', '2026-06-30', { key: '2026', from: '2026-01-01', to: '2026-12-31' }],
  ] as const)('is the %s that %s lies in', (length, day, period) => {
    expect(periodContaining(length, day)).toEqual(period);
    expect(periodNamed(length, period.key)).toEqual(period);
  });

  it.each([
    ['quarter', '2026-Q5', '"2026-Q5" is not a quarter such as "2026-Q4".'],
    ['quarter', '2026', '"2026" is not a quarter such as "2026-Q4".'],
    ['month', '2026-13', '"2026-13" is not a month such as "2026-10".'],
    ['halfYear', '2026-Q1', '"2026-Q1" is not a half-year such as "2026-H2".'],
    ['year', '2026-01', '"2026-01" is not a year such as "2026".'],
    ['year', '0000', '"0000" is not a year such as "2026".'],
  ] as const)('of the length %s is not called %s', (length, key, sentence) => {
    expect(() => periodNamed(length, key)).toThrow(sentence);
  });

  it('is followed by another, without a day between them or in both', () => {
    const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(fc.constantFrom(...periodLengths), day, (length, date) => {
        const period = periodContaining(length, date.toISOString().slice(0, 10));
        const next = periodAfter(length, period);
        expect(next.from).toBe(addDays(period.to, 1));
        expect(periodNamed(length, next.key)).toEqual(next);
      }),
    );
  });

  it('comes in a row, from that of the first day to that of the last', () => {
    expect(periodsBetween('quarter', '2026-08-15', '2027-01-01').map(({ key }) => key)).toEqual([
      '2026-Q3',
      '2026-Q4',
      '2027-Q1',
    ]);
    expect(periodsBetween('year', '2026-08-15', '2020-01-01')).toEqual([]);
  });
});
