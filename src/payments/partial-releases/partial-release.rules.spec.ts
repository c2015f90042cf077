import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { splitInstalment } from './partial-release.rules.js';

const when = { restOn: '2027-03-01', today: '2027-01-05', currency: 'GBP' };

describe('an instalment released in part', () => {
  it('leaves the rest, with its part of the uplift', () => {
    expect(splitInstalment({ amount: 1_000_00n, uplift: 30_00n }, 400_00n, when)).toEqual({
      released: { amount: 400_00n, uplift: 12_00n },
      rest: { amount: 600_00n, uplift: 18_00n },
    });
  });

  it.each([
    [0n, '/amount'],
    [1_000_00n, '/amount'],
  ])('is refused for %s', (amount, pointer) => {
    expect(() => splitInstalment({ amount: 1_000_00n, uplift: 0n }, amount, when)).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ pointer })] }),
    );
  });

  it('is refused where the rest would be planned for today', () => {
    expect(() => splitInstalment({ amount: 2n, uplift: 0n }, 1n, { ...when, restOn: when.today })).toThrow(
      'to come',
    );
  });

  it('is in both parts together what it was', () => {
    const amounts = fc.bigInt({ min: 2n, max: 10n ** 14n });
    fc.assert(
      fc.property(amounts, fc.nat(100), fc.nat(100), (amount, share, upliftShare) => {
        const uplift = (amount * BigInt(upliftShare)) / 100n;
        const part = (amount * BigInt(share)) / 100n;
        fc.pre(part > 0n && part < amount);
        const { released, rest } = splitInstalment({ amount, uplift }, part, when);
        expect([released.amount + rest.amount, released.uplift + rest.uplift]).toEqual([amount, uplift]);
      }),
    );
  });
});
