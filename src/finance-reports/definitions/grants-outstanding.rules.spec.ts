import { describe, expect, it } from '@jest/globals';
import { unpaidPlan, yearsDue } from './grants-outstanding.rules.js';
import type { KeptInstalment } from './plans/instalments-then.js';

let numbers = 0;
const instalment = (
  dueOn: string | null,
  amount: string,
  more: Partial<KeptInstalment> = {},
): KeptInstalment => {
  numbers += 1;
  return {
    ...{
      instalmentId: String(numbers),
      grantId: 'g',
      number: numbers,
      dueOn,
      nominalOn: dueOn ?? '2028-06-01',
    },
    ...{ amount, state: 'planned', holdReasons: [], ...more },
  };
};

const plan = [
  instalment('2027-01-31', '100', { state: 'held', holdReasons: ['Cash short by £1', 'Suspended'] }),
  instalment('2027-03-31', '200'),
  instalment('2027-03-31', '50', { state: 'held', holdReasons: ['Suspended'] }),
  instalment('2029-03-31', '400'),
  instalment(null, '800'),
];

describe('what is outstanding of a grant', () => {
  it('tells what is next, what is late and what is held, each reason once', () => {
    expect(unpaidPlan(plan, '2027-03-31')).toEqual({
      ...{ planned: 1550n, nextDueOn: '2027-03-31', next: 250n, overdue: 100n },
      ...{ held: 150n, holdReasons: ['Cash short by £1', 'Suspended'] },
    });
    expect(unpaidPlan(plan.slice(0, 1), '2027-03-31')).toMatchObject({ nextDueOn: null, next: 0n });
  });

  it('falls due by year, each year between the first and the last', () => {
    expect(yearsDue(plan, '2027-03-31')).toEqual([
      { year: '2027', unpaid: 350n, overdue: 100n, held: 150n, waiting: 0n, lateOrHeld: 150n },
      { year: '2028', unpaid: 800n, overdue: 0n, held: 0n, waiting: 800n, lateOrHeld: 0n },
      { year: '2029', unpaid: 400n, overdue: 0n, held: 0n, waiting: 0n, lateOrHeld: 0n },
    ]);
    expect(yearsDue([], '2027-03-31')).toEqual([]);
  });
});
