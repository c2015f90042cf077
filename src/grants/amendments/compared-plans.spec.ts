import { describe, expect, it } from '@jest/globals';
import type { PlanLine } from './amendment.rules.js';
import { byYear, comparePlans } from './compared-plans.js';

const line = (number: number, nominalOn: string, amount: bigint, more: Partial<PlanLine> = {}): PlanLine => ({
  ...{ id: `id-${number}`, number, nominalOn, dueOn: nominalOn, after: null, amount, uplift: 0n },
  ...{ state: 'planned', isAskedFor: false, ...more },
});

const before = [
  line(1, '2027-01-31', 25_000n, { state: 'paid' }),
  line(2, '2027-07-31', 25_000n, { state: 'due', isAskedFor: true }),
  line(3, '2028-01-31', 25_000n),
  line(4, '2028-07-31', 25_000n),
];

describe('two plans of a grant', () => {
  it('say of each instalment what becomes of it, in the order of their days', () => {
    const after = [before[0]!, before[1]!, line(5, '2027-12-31', 10_000n), before[3]!];
    expect(
      comparePlans(before, after).map(({ number, before: was, then, fate }) => [number, was, then, fate]),
    ).toEqual([
      [1, 25_000n, 25_000n, 'fixed'],
      [2, 25_000n, 25_000n, 'fixed'],
      [5, null, 10_000n, 'new'],
      [3, 25_000n, null, 'takenOut'],
      [4, 25_000n, 25_000n, 'stays'],
    ]);
  });

  it('pay in each year what falls into it', () => {
    expect([...byYear(before)]).toEqual([
      ['2027', 50_000n],
      ['2028', 50_000n],
    ]);
  });
});
