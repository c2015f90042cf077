import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from './day.js';
import { dayCounts, daysOfYear, interestDays } from './day-count.js';

describe('days of interest', () => {
  it.each([
    // from, to, calendar days, days of 30-day months
    ['2023-01-01', '2024-01-01', 365, 360],
    ['2024-01-01', '2025-01-01', 366, 360],
    ['2024-01-01', '2024-07-01', 182, 180],
    ['2024-01-15', '2024-02-15', 31, 30],
    // The 31st at the beginning counts as the 30th, and then at the end too.
    ['2024-01-31', '2024-03-31', 60, 60],
    ['2024-01-30', '2024-03-31', 61, 60],
    ['2024-01-31', '2024-02-01', 1, 1],
    ['2024-01-30', '2024-01-31', 1, 0],
    // At the end only, it stays the 31st.
    ['2024-01-29', '2024-03-31', 62, 62],
    ['2024-01-01', '2024-01-31', 30, 30],
    ['2024-01-01', '2024-12-31', 365, 360],
    // February ends early, and nothing makes up for it.
    ['2023-01-31', '2023-02-28', 28, 28],
    ['2024-01-31', '2024-02-29', 29, 29],
    ['2023-02-28', '2023-03-01', 1, 3],
    ['2024-02-28', '2024-03-01', 2, 3],
    ['2024-02-29', '2024-03-01', 1, 2],
    ['2023-02-28', '2023-03-31', 31, 33],
    ['2024-02-29', '2025-02-28', 365, 359],
    ['2024-02-28', '2028-02-28', 1461, 1440],
    // The century that is no leap year, and the one that is.
    ['1900-02-28', '1900-03-01', 1, 3],
    ['2000-02-28', '2000-03-01', 2, 3],
    // Half-yearly coupons of a bond: equal in 30/360, unequal in the calendar.
    ['2017-01-31', '2017-07-31', 181, 180],
    ['2017-07-31', '2018-01-31', 184, 180],
    ['2024-05-01', '2024-05-01', 0, 0],
  ])('%s to %s: %d calendar days, %d by 30/360', (from, to, calendar, bond) => {
    expect(interestDays('ACT/365', from, to)).toBe(calendar);
    expect(interestDays('ACT/360', from, to)).toBe(calendar);
    expect(interestDays('30/360', from, to)).toBe(bond);
  });

  it('make a year of 365 or 360', () => {
    expect(dayCounts.map(daysOfYear)).toEqual([365, 360, 360]);
  });

  it('never run backwards as time goes on', () => {
    const offset = fc.integer({ min: 0, max: 5000 });
    fc.assert(
      fc.property(fc.constantFrom(...dayCounts), offset, offset, (dayCount, start, length) => {
        const from = addDays('2019-12-28', start);
        const to = addDays(from, length);
        const days = interestDays(dayCount, from, to);
        expect(interestDays(dayCount, from, addDays(to, 1)) >= days && days >= 0).toBe(true);
      }),
    );
  });
});
