import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { holidayCalendar } from './business-day.js';
import { addDays, addMonths } from './day.js';
import { sum } from './money.js';
import {
  planInstalments,
  type SchedulePlan,
  sliceAmount,
  type Slice,
  upliftByIndex,
  upliftOf,
} from './schedule.js';

const plan = (changes: Partial<SchedulePlan>): SchedulePlan => ({
  amount: 10_000n,
  startOn: '2027-01-31',
  template: [{ remaining: true }],
  everyMonths: 1,
  businessDay: 'none',
  calendar: holidayCalendar(null),
  ...changes,
});
const anyTemplate = fc
  .array(
    fc.oneof(
      fc.record({ percent: fc.constantFrom('5', '12.5', '33.3333', '0') }),
      fc.record({ amount: fc.bigInt({ min: 0n, max: 500n }) }),
    ),
    {
      maxLength: 6,
    },
  )
  .map((slices): Slice[] => [...slices, { remaining: true }]);

describe('cutting an amount into slices', () => {
  it.each<[bigint, Slice[], bigint[]]>([
    [10_003n, [{ percent: '50' }, { percent: '50' }], [5002n, 5001n]],
    [100n, [{ percent: '33.3' }, { percent: '33.3' }, { percent: '33.4' }], [33n, 33n, 34n]],
    [250n, [{ percent: '1' }, { percent: '3' }, { remaining: true }], [2n, 8n, 240n]],
    [10_000n, [{ amount: 2500n }, { percent: '50' }, { remaining: true }], [2500n, 5000n, 2500n]],
    [10_000n, [{ amount: 5000n }, { percent: '50' }], [5000n, 5000n]],
    [10_000n, [{ percent: '60' }, { percent: '40' }, { remaining: true }], [6000n, 4000n, 0n]],
    [100n, [{ remaining: true }], [100n]],
  ])('%d by %j', (amount, template, slices) => {
    expect(sliceAmount(amount, template)).toEqual(slices);
  });

  it.each<[Slice[], string]>([
    [[], '/template'],
    [[{ percent: '60' }, { percent: '50' }], '/template'],
    [[{ percent: '60' }, { percent: '30' }], '/template'],
    [[{ amount: 10_001n }, { remaining: true }], '/template'],
    [[{ percent: '100' }, { amount: 1n }], '/template'],
    [[{ remaining: true }, { percent: '10' }], '/template/0/remaining'],
    [[{ remaining: true }, { remaining: true }], '/template/0/remaining'],
    [[{ percent: '-10' }, { percent: '110' }], '/template/0'],
    [[{ amount: -1n }, { remaining: true }], '/template/0'],
  ])('%j is refused at %s', (template, pointer) => {
    expect(() => sliceAmount(10_000n, template)).toThrow(expect.objectContaining({ pointer }));
  });

  it('slices sum to the amount, and none is negative', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 10_000n, max: 10n ** 20n }), anyTemplate, (amount, template) => {
        const percents = template.filter((slice) => 'percent' in slice && slice.percent === '33.3333').length;
        fc.pre(percents < 2);
        const slices = sliceAmount(amount, template);
        expect(sum(slices)).toBe(amount);
        expect(slices.every((slice) => slice >= 0n)).toBe(true);
      }),
    );
  });
});

describe('planning instalments', () => {
  it('the 31st clamps and returns', () => {
    const template: Slice[] = [{ percent: '25' }, { percent: '25' }, { percent: '25' }, { percent: '25' }];
    expect(planInstalments(plan({ template })).map(({ dueOn }) => dueOn)).toEqual([
      '2027-01-31',
      '2027-02-28',
      '2027-03-31',
      '2027-04-30',
    ]);
  });

  it('a date that was moved moves no later one', () => {
    const template: Slice[] = [{ percent: '50' }, { percent: '50' }];
    const [first, second] = planInstalments(
      plan({
        startOn: '2027-12-25',
        template,
        businessDay: 'following',
        calendar: holidayCalendar('GB-ENG'),
      }),
    );
    expect(first).toEqual({ nominalOn: '2027-12-25', dueOn: '2027-12-29', amount: 5000n, uplift: 0n });
    expect(second).toMatchObject({ nominalOn: '2028-01-25', dueOn: '2028-01-25' });
  });

  it('uplift compounds by full years, half-even', () => {
    expect([0, 1, 2, 3].map((years) => upliftOf(100_000n, '0.025', years))).toEqual([
      0n,
      2500n,
      5062n,
      7689n,
    ]);
    expect([upliftOf(50n, '0.05', 1), upliftOf(70n, '0.05', 1)]).toEqual([2n, 4n]);
    const template: Slice[] = [{ percent: '50' }, { percent: '25' }, { percent: '25' }];
    const uplifts = planInstalments(
      plan({ startOn: '2026-04-01', template, everyMonths: 8, upliftRate: '0.1' }),
    );
    expect(uplifts.map(({ uplift }) => uplift)).toEqual([0n, 0n, 250n]);
  });

  it('every date is counted from the start, whatever came between', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20_000 }).map((offset) => addDays('2000-01-01', offset)),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 30 }),
        (startOn, everyMonths, count) => {
          const template: Slice[] = [
            ...Array.from({ length: count }, () => ({ percent: '1' })),
            { remaining: true },
          ];
          planInstalments(plan({ startOn, everyMonths, template })).forEach(({ nominalOn }, index) => {
            expect(nominalOn).toBe(addMonths(startOn, index * everyMonths));
          });
        },
      ),
    );
  });

  it('a schedule of more than a hundred years, or of no step, is refused', () => {
    const template: Slice[] = [{ percent: '50' }, { percent: '25' }, { percent: '25' }];
    expect(() => planInstalments(plan({ template, everyMonths: 601 }))).toThrow('a hundred years');
    expect(() => planInstalments(plan({ template, everyMonths: 0 }))).toThrow('one month apart');
  });
});

describe('a schedule on fixed dates, by an index table', () => {
  const plan = {
    amount: 300_00n,
    startOn: '2027-01-15',
    template: [{ percent: '40' }, { percent: '30' }, { remaining: true as const }],
    everyMonths: 1,
    businessDay: 'none' as const,
    calendar: holidayCalendar(null),
  };
  const dates = ['2027-01-15', '2028-03-01', '2029-06-30'];

  it('is due on those dates, and grows by the index of each year so far', () => {
    const planned = planInstalments({ ...plan, dates, upliftIndex: ['0.10', '0.05'] });
    expect(planned.map(({ nominalOn, amount, uplift }) => [nominalOn, amount, uplift])).toEqual([
      ['2027-01-15', 120_00n, 0n],
      ['2028-03-01', 90_00n, 9_00n],
      ['2029-06-30', 90_00n, 13_95n], // 1.10 × 1.05 − 1 = 15.5 %
    ]);
  });

  it.each([
    [{ dates: ['2027-01-14', '2028-01-01', '2029-01-01'] }, '/template/0/on'],
    [{ dates: ['2027-01-15', '2027-01-15', '2029-01-01'] }, '/template/1/on'],
    [{ dates: ['2027-01-15'] }, '/template'],
    [{ dates, upliftIndex: ['0.10'] }, '/upliftIndex'],
  ])('is refused for %j', (more, pointer) => {
    expect(() => planInstalments({ ...plan, ...more })).toThrow(expect.objectContaining({ pointer }));
  });

  it('of one rate every year is that of the rate', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.nat(9), fc.nat(20), (amount, tenths, years) => {
        const rate = `0.0${tenths}`;
        const index = Array.from({ length: years }, () => rate);
        expect(upliftByIndex(amount, index, years)).toBe(upliftOf(amount, rate, years));
      }),
    );
  });
});
