import { describe, expect, it } from '@jest/globals';
import { termPeriods } from './term-periods.js';

const text = (from: string, to: string, months: number) =>
  termPeriods(from, to, months).map((period) => `${period.number}: ${period.from} ${period.to}`);

describe('the periods of a term', () => {
  it('follow each other, the last as short as the term leaves it', () => {
    expect(text('2026-04-01', '2026-11-15', 3)).toEqual([
      '1: 2026-04-01 2026-06-30',
      '2: 2026-07-01 2026-09-30',
      '3: 2026-10-01 2026-11-15',
    ]);
  });

  it('clamp to a short month and return', () => {
    expect(text('2026-01-31', '2026-04-29', 1)).toEqual([
      '1: 2026-01-31 2026-02-27',
      '2: 2026-02-28 2026-03-30',
      '3: 2026-03-31 2026-04-29',
    ]);
  });

  it('of a term that ends before it begins are none, and of a thousand years too many', () => {
    expect(text('2026-04-01', '2026-03-31', 3)).toEqual([]);
    expect(() => termPeriods('2000-01-01', '2999-12-31', 1)).toThrow('1200 times at most');
  });
});
