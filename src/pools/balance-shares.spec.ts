import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { balanceShares } from './balance-shares.js';

describe('an amount shared by balances', () => {
  it.each([
    [100_00n, [300_00n, 100_00n], [75_00n, 25_00n]],
    [100n, [1n, 1n, 1n].map((each) => each * 100n), [34n, 33n, 33n]],
    [400_00n, [300_00n, 100_00n], [300_00n, 100_00n]],
    [1n, [5n, 5n], [1n]],
  ])('of %s over %s is %s', (amount, balances, shares) => {
    const funders = balances.map((remaining, index) => ({ funderId: `f${index}`, remaining }));
    expect(balanceShares(amount, funders).map((share) => share.amount)).toEqual(shares);
  });

  it('leaves out who has nothing left', () => {
    const balances = [
      { funderId: 'a', remaining: 0n },
      { funderId: 'b', remaining: 10n },
    ];
    expect(balanceShares(5n, balances)).toEqual([{ funderId: 'b', amount: 5n }]);
  });

  it('is never more than there is', () => {
    expect(() => balanceShares(11n, [{ funderId: 'a', remaining: 10n }])).toThrow(RangeError);
  });

  it('is shared to the last penny, and takes no funder below nothing', () => {
    const balances = fc.array(fc.bigInt({ min: 0n, max: 10n ** 15n }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(balances, fc.nat(10_000), (remaining, part) => {
        const funders = remaining.map((each, index) => ({ funderId: String(index), remaining: each }));
        const total = remaining.reduce((sum, each) => sum + each, 0n);
        fc.pre(total > 0n);
        const amount = (total * BigInt(part)) / 10_000n;
        const shares = balanceShares(amount, funders);
        expect(shares.reduce((sum, share) => sum + share.amount, 0n)).toBe(amount);
        for (const { funderId, amount: share } of shares)
          expect(share <= remaining[parseInt(funderId, 10)]!).toBe(true);
      }),
    );
  });
});
