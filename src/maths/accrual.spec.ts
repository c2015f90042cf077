import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { accrue, type AccrualPeriod, type AccrualPlan } from './accrual.js';
import { addDays } from './day.js';
import { dayCounts } from './day-count.js';
import { compoundings } from './interest.js';
import { sum } from './money.js';

const plan = (periods: AccrualPeriod[], changes: Partial<AccrualPlan> = {}): AccrualPlan => ({
  principal: 100_000n,
  rate: '0.1',
  dayCount: '30/360',
  compounding: 'none',
  periods,
  ...changes,
});
const lines = (asked: AccrualPlan) =>
  accrue(asked).periods.map(({ interest, balance }) => `${interest} → ${balance}`);

describe('interest', () => {
  it('runs on what is left after the repayments of earlier periods', () => {
    const { periods, totalInterest } = accrue(
      plan(
        [
          { from: '2024-01-01', to: '2024-07-01', repay: 4_000_000n },
          { from: '2024-07-01', to: '2025-01-01', repay: 6_000_000n },
          { from: '2025-01-01', to: '2025-02-01' },
        ],
        { principal: 10_000_000n, rate: '0.05', dayCount: 'ACT/365' },
      ),
    );
    expect(periods).toEqual([
      { days: 182, interest: 249_315n, repaid: 4_000_000n, balance: 6_000_000n },
      { days: 184, interest: 151_233n, repaid: 6_000_000n, balance: 0n },
      { days: 31, interest: 0n, repaid: 0n, balance: 0n },
    ]);
    expect(totalInterest).toBe(400_548n);
  });

  it.each([
    // 0.5, 1.5 and 2.5 units: from the middle to the even one
    [180n, 0n],
    [540n, 2n],
    [900n, 2n],
    [901n, 3n],
  ])('is rounded half-even: %d units for 10 days at 10 %% give %d', (principal, interest) => {
    const asked = plan([{ from: '2024-01-01', to: '2024-01-11' }], { principal });
    expect(accrue(asked).totalInterest).toBe(interest);
  });

  it('does not run between two periods', () => {
    expect(
      lines(
        plan([
          { from: '2024-01-01', to: '2024-07-01' },
          { from: '2025-01-01', to: '2025-07-01' },
        ]),
      ),
    ).toEqual(['5000 → 100000', '5000 → 100000']);
  });
});

describe('compounding on each anniversary of the first day', () => {
  it('years that are one period each', () => {
    const years = ['2021', '2022', '2023'].map((year) => ({
      from: `${year}-01-01`,
      to: `${Number(year) + 1}-01-01`,
    }));
    expect(lines(plan(years, { compounding: 'yearly' }))).toEqual([
      '10000 → 110000',
      '11000 → 121000',
      '12100 → 133100',
    ]);
  });

  it('a period over three years grows within itself', () => {
    const asked = plan([{ from: '2021-01-01', to: '2024-01-01' }], { compounding: 'yearly' });
    expect(accrue(asked)).toEqual({
      periods: [{ days: 1080, interest: 33_100n, repaid: 0n, balance: 133_100n }],
      totalInterest: 33_100n,
    });
  });

  it('a period over an anniversary takes both balances, each for its days', () => {
    // Half a year: 5,000. Half a year: 5,000, and both join. Half a year on 110,000: 5,500, twice, and both join.
    expect(
      lines(
        plan(
          [
            { from: '2023-01-01', to: '2023-07-01' },
            { from: '2023-07-01', to: '2024-07-01' },
            { from: '2024-07-01', to: '2025-01-01' },
            { from: '2025-01-01', to: '2025-07-01' },
          ],
          { compounding: 'yearly' },
        ),
      ),
    ).toEqual(['5000 → 100000', '10500 → 110000', '5500 → 121000', '6050 → 121000']);
  });

  it('interest joins before what is repaid that day, so that a year’s interest can be paid at its end', () => {
    expect(
      lines(
        plan(
          [
            { from: '2023-01-01', to: '2024-01-01', repay: 10_000n },
            { from: '2024-01-01', to: '2025-01-01', repay: 110_000n },
          ],
          { compounding: 'yearly' },
        ),
      ),
    ).toEqual(['10000 → 100000', '10000 → 0']);
  });

  it('an anniversary between two periods counts', () => {
    const asked = plan(
      [
        { from: '2023-01-01', to: '2023-07-01' },
        { from: '2024-02-01', to: '2024-08-01' },
      ],
      { compounding: 'yearly' },
    );
    expect(lines(asked)).toEqual(['5000 → 100000', '5250 → 105000']);
  });

  it('29 February has its anniversary on the 28th, and in a leap year on the 29th', () => {
    // 365, 365, 365 and 366 days at 36.5 %: 0.365, 0.365, 0.365 and 0.366 of a growing balance.
    const days = ['2024-02-29', '2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29'];
    const years = days.slice(1).map((to, index) => ({ from: days[index]!, to }));
    const terms = { rate: '0.365', dayCount: 'ACT/365', compounding: 'yearly' } as const;
    expect(lines(plan(years, terms))).toEqual([
      '36500 → 136500',
      '49822 → 186322',
      '68008 → 254330',
      '93085 → 347415',
    ]);
    expect(accrue(plan([{ from: '2024-02-29', to: '2028-02-29' }], terms)).totalInterest).toBe(247_415n);
  });

  it('what joins within a period is rounded only when the period ends', () => {
    // 5 units at 10 %: 0.5 joins, and 5.5 bear 0.55. Rounded at once it would be 0 and 0.5, which is 0 in the end.
    const asked = plan([{ from: '2023-01-01', to: '2025-01-01' }], { principal: 5n, compounding: 'yearly' });
    expect(lines(asked)).toEqual(['1 → 6']);
  });
});

describe('what is refused', () => {
  it.each<[string, AccrualPeriod[], string]>([
    ['a period that ends before it begins', [{ from: '2024-01-02', to: '2024-01-01' }], '/periods/0/to'],
    ['a period of no day', [{ from: '2024-01-01', to: '2024-01-01' }], '/periods/0/to'],
    [
      'a period that overlaps the one before it',
      [
        { from: '2024-01-01', to: '2024-02-01' },
        { from: '2024-01-31', to: '2024-03-01' },
      ],
      '/periods/1/from',
    ],
    [
      'more repaid than is left',
      [{ from: '2024-01-01', to: '2024-02-01', repay: 100_001n }],
      '/periods/0/repay',
    ],
  ])('%s', (_, periods, pointer) => {
    expect(() => accrue(plan(periods))).toThrow(expect.objectContaining({ pointer }));
  });
});

describe('whatever the terms', () => {
  const terms = fc.record({
    principal: fc.bigInt({ min: 0n, max: 10n ** 15n }),
    rate: fc.integer({ min: 0, max: 5000 }).map((points) => `0.${String(points).padStart(4, '0')}`),
    dayCount: fc.constantFrom(...dayCounts),
    compounding: fc.constantFrom(...compoundings),
  });
  const lengths = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 6 });
  const consecutive = (days: number[]): AccrualPeriod[] => {
    let from = '2023-02-28';
    return days.map((length) => {
      const period = { from, to: addDays(from, length) };
      from = period.to;
      return period;
    });
  };

  it('interest is never lost: the balance of a whole number of years is the principal and all interest', () => {
    fc.assert(
      fc.property(terms, lengths, (given, days) => {
        const periods = consecutive(days);
        const last = periods.at(-1)!;
        const end = `${Number(last.to.slice(0, 4)) + 1}-02-28`;
        if (last.to < end) periods.push({ from: last.to, to: end });
        const { periods: accrued, totalInterest } = accrue({ ...given, compounding: 'yearly', periods });
        expect(accrued.at(-1)!.balance).toBe(given.principal + totalInterest);
        expect(sum(accrued.map(({ interest }) => interest))).toBe(totalInterest);
      }),
    );
  });

  it('simple interest on calendar days does not depend on how time is cut, but for one rounding a period', () => {
    fc.assert(
      fc.property(terms, lengths, (given, days) => {
        const simple = { ...given, dayCount: 'ACT/365', compounding: 'none' } as const;
        const periods = consecutive(days);
        const inOne = [{ from: periods[0]!.from, to: periods.at(-1)!.to }];
        const off =
          2n *
          (accrue({ ...simple, periods }).totalInterest -
            accrue({ ...simple, periods: inOne }).totalInterest);
        expect((off < 0n ? -off : off) <= BigInt(periods.length + 1)).toBe(true);
      }),
    );
  });

  it('compounding never gives less than simple interest', () => {
    fc.assert(
      fc.property(terms, lengths, (given, days) => {
        const periods = consecutive(days);
        const total = (compounding: 'none' | 'yearly') =>
          accrue({ ...given, compounding, periods }).totalInterest;
        expect(total('yearly') >= total('none')).toBe(true);
      }),
    );
  });
});
