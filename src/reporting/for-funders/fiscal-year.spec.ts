import { describe, expect, it } from '@jest/globals';
import { fiscalYear, fiscalYearOf } from './fiscal-year.js';

describe('a fiscal year', () => {
  it('is a calendar year where it begins in January', () => {
    expect(fiscalYear(2026, 1)).toEqual({ year: 2026, label: '2026', from: '2026-01-01', to: '2026-12-31' });
  });

  it('is named by both years that it lies in', () => {
    expect(fiscalYear(2026, 4)).toEqual({
      ...{ year: 2026, label: '2026/27', from: '2026-04-01', to: '2027-03-31' },
    });
    expect(fiscalYear(2099, 10).label).toBe('2099/00');
  });

  it('ends in February on its last day', () => {
    expect(fiscalYear(2027, 3).to).toBe('2028-02-29');
  });

  it.each([
    ['2026-03-31', '2025/26'],
    ['2026-04-01', '2026/27'],
    ['2027-01-15', '2026/27'],
  ])('of %s that begins in April is %s', (day, label) => {
    expect(fiscalYearOf(day, 4).label).toBe(label);
  });
});
