import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changePlan, comingOf, planInWords, requireAmendment } from './pledge-change.rules.js';

const instalment = (number: number, dueOn: string, amount: bigint, received = 0n) => ({
  ...{ id: `i${number}`, number, dueOn, amount, received },
});

/** £300 in three parts: the first has come, of the second a tenth. */
const standing = [
  instalment(1, '2026-01-01', 100_00n, 100_00n),
  instalment(2, '2027-01-01', 100_00n, 10_00n),
  instalment(3, '2028-01-01', 100_00n),
];

describe('a changed pledge', () => {
  it('keeps what has come, and replaces what is to come', () => {
    const plan = changePlan(standing, [
      { dueOn: '2027-06-01', amount: 50_00n },
      { dueOn: '2028-06-01', amount: 40_00n },
    ]);
    expect(plan.kept.map(({ number, amount }) => [number, amount])).toEqual([
      [1, 100_00n],
      [2, 10_00n],
    ]);
    expect(plan.dropped.map(({ number }) => number)).toEqual([3]);
    expect(plan.added.map(({ number, dueOn, amount }) => [number, dueOn, amount])).toEqual([
      [4, '2027-06-01', 50_00n],
      [5, '2028-06-01', 40_00n],
    ]);
    expect([plan.amount, plan.openBefore, plan.openAfter]).toEqual([200_00n, 190_00n, 90_00n]);
  });

  it('that ends is what has come', () => {
    const { amount, openAfter, added } = changePlan(standing, []);
    expect([amount, openAfter, added]).toEqual([110_00n, 0n, []]);
  });

  it('is, whatever is changed, what has come and what is to come, to the penny', () => {
    const money = fc.bigInt({ min: 0n, max: 10n ** 12n });
    const any = fc
      .record({ amount: money, part: fc.integer({ min: 0, max: 100 }) })
      .map(({ amount, part }, number = 0) => ({
        ...instalment(number, '2027-01-01', amount + 1n, ((amount + 1n) * BigInt(part)) / 100n),
      }));
    const coming = fc.array(money.map((amount) => ({ dueOn: '2027-01-01', amount: amount + 1n })));
    fc.assert(
      fc.property(fc.array(any), coming, (before, parts) => {
        const plan = changePlan(before, parts);
        const received = before.reduce((sum, each) => sum + each.received, 0n);
        expect(plan.amount).toBe(received + plan.openAfter);
        expect(plan.kept.length + plan.dropped.length).toBe(before.length);
        expect(plan.amount - plan.openAfter).toBe(
          before.reduce((sum, { amount }) => sum + amount, 0n) - plan.openBefore,
        );
      }),
    );
  });
});

describe('an amendment', () => {
  it('names what is wrong', () => {
    const parts = [
      { dueOn: '2027-06-01', amount: 0n },
      { dueOn: '2027-06-01', amount: 1n },
    ];
    expect(() => requireAmendment(standing, parts)).toThrow(
      expect.objectContaining({
        fields: [
          expect.objectContaining({ pointer: '/instalments/0/amount' }),
          expect.objectContaining({ pointer: '/instalments/1/dueOn' }),
        ],
      }),
    );
  });

  it('changes something', () => {
    expect(() => requireAmendment(standing, comingOf(standing))).toThrow(
      'This is what is expected already. Change a date or an amount.',
    );
  });
});

it('a plan in words is in order of its dates, in major units', () => {
  expect(planInWords([standing[2]!, standing[1]!], 'GBP')).toEqual([
    { dueOn: '2027-01-01', amount: '100.00', received: '10.00' },
    { dueOn: '2028-01-01', amount: '100.00', received: '0.00' },
  ]);
});
