import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sharedWeights } from './decision-weights.service.js';

const voter = (personId: string, ...organisationIds: string[]) => ({ personId, organisationIds });

describe('weights by contribution', () => {
  it('are shared equally by those who speak for one organisation, the odd penny by id', () => {
    const weights = sharedWeights(
      [{ funderId: 'north', amount: 100n }],
      [voter('c', 'north'), voter('a', 'north'), voter('b', 'north'), voter('d', 'south')],
    );
    expect([...weights]).toEqual([
      ['c', 33n],
      ['a', 34n],
      ['b', 33n],
      ['d', 0n],
    ]);
  });

  it('are summed for who speaks for several', () => {
    const contributed = [
      { funderId: 'north', amount: 100n },
      { funderId: 'south', amount: 7n },
    ];
    expect(sharedWeights(contributed, [voter('a', 'north', 'south'), voter('b', 'south')])).toEqual(
      new Map([
        ['a', 104n],
        ['b', 3n],
      ]),
    );
  });

  it('sum to what was contributed by those who have somebody to vote', () => {
    const amounts = fc.array(fc.bigInt({ min: 1n, max: 10n ** 15n }), { minLength: 1, maxLength: 6 });
    const sits = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(amounts, sits, (contributed, seats) => {
        const voters = seats.map((at, index) => voter(`p${index}`, String(at)));
        const weights = sharedWeights(
          contributed.map((amount, at) => ({ funderId: String(at), amount })),
          voters,
        );
        const heard = contributed.filter((_, at) => seats.includes(at));
        const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0n);
        expect(total).toBe(heard.reduce((sum, amount) => sum + amount, 0n));
      }),
    );
  });
});
