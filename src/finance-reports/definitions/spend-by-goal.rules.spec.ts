import { describe, expect, it } from '@jest/globals';
import { type GrantSpend, spendByGoals } from './spend-by-goal.rules.js';

const grant = (goals: string[], paid: bigint, spent = 0n): GrantSpend => ({
  ...{ reference: 'A', title: 'Core support', payee: 'Stream', goals, paid, returned: 1n, spent },
  notReported: paid - 1n - spent,
});

describe('spend by goal', () => {
  it('never splits a grant between its goals', () => {
    const grants = [
      grant(['School', 'Youth'], 100n, 70n),
      grant(['Youth'], 30n),
      grant(['School'], 20n, 5n),
      grant(['Youth'], 7n, 6n),
      grant([], 3n),
    ];
    expect(spendByGoals(grants)).toEqual([
      { goals: 'No goal named', paid: 3n, returned: 1n, spent: 0n, notReported: 2n },
      { goals: 'School', paid: 20n, returned: 1n, spent: 5n, notReported: 14n },
      { goals: 'Youth', paid: 37n, returned: 2n, spent: 6n, notReported: 29n },
      { goals: 'School, Youth', paid: 100n, returned: 1n, spent: 70n, notReported: 29n },
    ]);
    expect(spendByGoals([])).toEqual([]);
  });
});
