import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from './day.js';
import { forecastCash, type ForecastPlan } from './forecast.js';
import { sum } from './money.js';

const plan = (changes: Partial<ForecastPlan>): ForecastPlan => ({
  openOn: '2026-01-31',
  openingCash: 1000n,
  reserve: 0n,
  months: 3,
  pledges: [],
  instalments: [],
  ...changes,
});
const inTheYear = fc.integer({ min: 0, max: 364 }).map((offset) => addDays('2026-01-01', offset));
const amount = fc.bigInt({ min: 0n, max: 10n ** 18n });

describe('forecasting cash', () => {
  it('months are calendar months, even from the 31st', () => {
    expect(forecastCash(plan({})).months.map(({ month }) => month)).toEqual([
      '2026-01',
      '2026-02',
      '2026-03',
    ]);
  });

  it('expected money is rounded half-even per pledge', () => {
    const pledges = [5n, 7n].map((each) => ({ dueOn: '2026-02-01', amount: each, confidence: '0.5' }));
    expect(forecastCash(plan({ pledges })).months[1]).toMatchObject({
      in: 12n,
      closing: 1012n,
      closingExpected: 1006n,
    });
  });

  it('what is overdue counts in the first month, what is later than the last does not', () => {
    const instalments = ['2025-06-01', '2026-01-01', '2026-03-31', '2026-04-01'].map((dueOn) => ({
      dueOn,
      amount: 100n,
    }));
    expect(forecastCash(plan({ instalments })).months.map(({ out }) => out)).toEqual([200n, 0n, 100n]);
  });

  it('exactly the reserve is no cliff, one unit less is', () => {
    const instalments = [{ dueOn: '2026-02-10', amount: 600n }];
    expect(forecastCash(plan({ instalments, reserve: 400n })).cliff).toBeNull();
    expect(forecastCash(plan({ instalments, reserve: 401n })).cliff).toEqual({
      month: '2026-02',
      shortBy: 1n,
    });
  });

  it.each([0, 1201, 1.5])('%d months are refused', (months) => {
    expect(() => forecastCash(plan({ months }))).toThrow('1 to 1200');
  });

  it('closing = opening + all in − all out, and certain pledges are expected in full', () => {
    const pledges = fc.array(fc.record({ dueOn: inTheYear, amount }), { maxLength: 20 });
    fc.assert(
      fc.property(pledges, pledges, amount, (certain, instalments, openingCash) => {
        const asked = plan({ openOn: '2026-01-01', months: 12, openingCash, pledges: certain, instalments });
        const { months } = forecastCash(asked);
        const last = months.at(-1)!;
        const moved = sum(certain.map((each) => each.amount)) - sum(instalments.map((each) => each.amount));
        expect(last.closing).toBe(openingCash + moved);
        expect(months.every((month) => month.closing === month.closingExpected)).toBe(true);
        expect(sum(months.map((month) => month.in - month.out))).toBe(moved);
      }),
    );
  });

  it('the less sure the pledges, the lower the expectation, and the order of lists does not matter', () => {
    const pledges = fc.array(
      fc.record({ dueOn: inTheYear, amount, confidence: fc.constantFrom('0', '0.25', '1') }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(pledges, (unsure) => {
        const asked = plan({ openOn: '2026-01-01', months: 12, pledges: unsure });
        const forecast = forecastCash(asked);
        expect(forecast.months.every(({ closing, closingExpected }) => closingExpected <= closing)).toBe(
          true,
        );
        expect(forecastCash({ ...asked, pledges: unsure.toReversed() })).toEqual(forecast);
      }),
    );
  });
});
