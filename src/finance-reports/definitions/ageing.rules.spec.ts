import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../maths/day.js';
import { sum } from '../../maths/money.js';
import { ageBands, bandOf, daysLate, overdueOf, sumByBand } from './ageing.rules.js';

describe('how late something is', () => {
  it('is counted in full days from the day after it was due', () => {
    const on = '2027-03-31';
    const bands = [
      '2027-04-01',
      '2027-03-31',
      '2027-03-30',
      '2027-03-01',
      '2027-02-28',
      '2027-01-30',
      '2027-01-29',
      '2026-12-31',
      '2026-12-30',
    ];
    expect(bands.map((dueOn) => [daysLate(dueOn, on), bandOf(dueOn, on)])).toEqual([
      ...[
        [0, 'notDue'],
        [0, 'notDue'],
        [1, 'upTo30'],
        [30, 'upTo30'],
        [31, 'upTo60'],
        [60, 'upTo60'],
      ],
      ...[
        [61, 'upTo90'],
        [90, 'upTo90'],
        [91, 'over90'],
      ],
    ]);
  });

  it('puts every amount in one band', () => {
    const items = fc.array(
      fc.record({
        dueOn: fc.integer({ min: -200, max: 200 }).map((days) => addDays('2027-03-31', days)),
        amount: fc.bigInt({ min: 1n, max: 10n ** 12n }),
      }),
    );
    fc.assert(
      fc.property(items, (all) => {
        const sums = sumByBand(all, '2027-03-31');
        expect(sum(ageBands.map((band) => sums[band]))).toBe(sum(all.map(({ amount }) => amount)));
        expect(overdueOf(sums)).toBe(
          sum(all.filter(({ dueOn }) => dueOn < '2027-03-31').map(({ amount }) => amount)),
        );
      }),
    );
  });
});
