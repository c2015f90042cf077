import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ReportingFrequency } from '../grants/grant.rules.js';
import { addDays, type Day, daysBetween } from '../maths/day.js';
import { periodsAfter, reportingPeriods } from './reporting-period.rules.js';

const months = { monthly: 1, quarterly: 3, halfYearly: 6, yearly: 12 } as const;
const byMonths = Object.keys(months) as (keyof typeof months)[];

const spans = (startOn: Day, endOn: Day, frequency: ReportingFrequency) =>
  reportingPeriods({ startOn, endOn, frequency, dueAfterDays: 30 }).map(({ from, to }) => [from, to]);

describe('the reporting periods of a grant', () => {
  it('follow each other from its first day to its last', () => {
    expect(spans('2027-01-01', '2027-12-31', 'quarterly')).toEqual([
      ['2027-01-01', '2027-03-31'],
      ['2027-04-01', '2027-06-30'],
      ['2027-07-01', '2027-09-30'],
      ['2027-10-01', '2027-12-31'],
    ]);
    expect(spans('2027-04-06', '2029-04-05', 'yearly')).toEqual([
      ['2027-04-06', '2028-04-05'],
      ['2028-04-06', '2029-04-05'],
    ]);
    expect(spans('2027-01-01', '2027-12-31', 'halfYearly')).toEqual([
      ['2027-01-01', '2027-06-30'],
      ['2027-07-01', '2027-12-31'],
    ]);
  });

  it('end with the grant, though the last is a short one', () => {
    expect(spans('2027-01-01', '2027-05-10', 'quarterly')).toEqual([
      ['2027-01-01', '2027-03-31'],
      ['2027-04-01', '2027-05-10'],
    ]);
    expect(spans('2027-01-01', '2027-01-01', 'yearly')).toEqual([['2027-01-01', '2027-01-01']]);
    expect(spans('2027-01-01', '2028-01-01', 'yearly')).toEqual([
      ['2027-01-01', '2027-12-31'],
      ['2028-01-01', '2028-01-01'],
    ]);
  });

  it('begin on the 31st again after a shorter month', () => {
    expect(spans('2027-01-31', '2027-05-30', 'monthly')).toEqual([
      ['2027-01-31', '2027-02-27'],
      ['2027-02-28', '2027-03-30'],
      ['2027-03-31', '2027-04-29'],
      ['2027-04-30', '2027-05-30'],
    ]);
    expect(spans('2028-02-29', '2031-02-27', 'yearly')).toEqual([
      ['2028-02-29', '2029-02-27'],
      ['2029-02-28', '2030-02-27'],
      ['2030-02-28', '2031-02-27'],
    ]);
  });

  it('are due so many calendar days after they end, weekend or not', () => {
    const dues = (dueAfterDays: number) =>
      reportingPeriods({ startOn: '2027-01-01', endOn: '2027-06-30', frequency: 'quarterly', dueAfterDays });
    expect(dues(30).map(({ dueOn }) => dueOn)).toEqual(['2027-04-30', '2027-07-30']);
    expect(dues(0).map(({ dueOn }) => dueOn)).toEqual(['2027-03-31', '2027-06-30']);
    expect(dues(31)[0]).toEqual({
      number: 1,
      from: '2027-01-01',
      to: '2027-03-31',
      dueOn: '2027-05-01',
      lateAfter: '2027-05-01',
    });
  });

  it('are refused for a grant that would never end', () => {
    expect(() => spans('2027-01-01', '2127-01-01', 'monthly')).toThrow('1200 times at most');
    expect(spans('2027-01-01', '2126-12-31', 'monthly')).toHaveLength(1200);
  });

  it('do not drift in a hundred years, reckoned on the calendar by hand', () => {
    const day = fc.record({
      year: fc.integer({ min: 1990, max: 2090 }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 31 }),
    });
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 0, max: 36_500 }),
        fc.constantFrom(...byMonths),
        fc.integer({ min: 0, max: 366 }),
        (first, length, frequency, dueAfterDays) => {
          const startOn = clamped(first.year, first.month, first.day);
          const endOn = addDays(startOn, length);
          const periods = reportingPeriods({ startOn, endOn, frequency, dueAfterDays });
          const anchor = Number(startOn.slice(8));
          expect(periods.map(({ from }) => from)).toEqual(
            startsByHand(first.year, first.month, anchor, endOn, frequency),
          );
          periods.forEach(({ to, dueOn }, index) => {
            const next = periods[index + 1];
            expect(to).toBe(next ? addDays(next.from, -1) : endOn);
            expect(daysBetween(to, dueOn)).toBe(dueAfterDays);
          });
        },
      ),
      { numRuns: 40 },
    );
  });
});

/** The oracle: counts years and months by hand, and knows nothing of the rule's arithmetic. */
function startsByHand(
  firstYear: number,
  firstMonth: number,
  day: number,
  endOn: Day,
  every: keyof typeof months,
): Day[] {
  const step = months[every];
  const starts: Day[] = [];
  for (let year = firstYear, month = firstMonth; ; month += step) {
    while (month > 12) {
      month -= 12;
      year += 1;
    }
    const start = clamped(year, month, day);
    if (start > endOn) return starts;
    starts.push(start);
  }
}

function clamped(year: number, month: number, day: number): Day {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const last = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]!;
  const two = (part: number) => String(part).padStart(2, '0');
  return `${year}-${two(month)}-${two(Math.min(day, last))}`;
}

describe('the periods after what was handed in', () => {
  const longer = reportingPeriods({
    startOn: '2027-01-01',
    endOn: '2028-12-31',
    frequency: 'yearly',
    dueAfterDays: 30,
  });

  it('are all of them while nothing was', () => {
    expect(periodsAfter(null, longer)).toEqual(longer);
  });

  it('are numbered on from it', () => {
    expect(periodsAfter({ number: 1, to: '2027-12-31' }, longer)).toEqual([
      { number: 2, from: '2028-01-01', to: '2028-12-31', dueOn: '2029-01-30', lateAfter: '2029-01-30' },
    ]);
  });

  it('begin the day after one that was cut short by the old end of the term', () => {
    expect(periodsAfter({ number: 2, to: '2028-03-31' }, longer)).toEqual([
      { number: 3, from: '2028-04-01', to: '2028-12-31', dueOn: '2029-01-30', lateAfter: '2029-01-30' },
    ]);
  });
});
