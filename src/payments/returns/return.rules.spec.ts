import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type PaidShare, returnShares, withThePartner } from './return.rules.js';

const paid = (accountId: string, amount: bigint, earmarkId: string | null = null): PaidShare => ({
  accountId,
  funderId: `funder of ${accountId}`,
  earmarkId,
  amount,
});

describe('what a partner returns', () => {
  it('goes to those whose money it was, in the shares that paid the grant', () => {
    expect(returnShares(100_00n, [paid('a', 200_00n), paid('b', 100_00n)])).toEqual([
      { funderId: 'funder of a', earmarkId: null, amount: 66_67n },
      { funderId: 'funder of b', earmarkId: null, amount: 33_33n },
    ]);
  });

  it('keeps the restriction that the money had', () => {
    expect(returnShares(30n, [paid('a', 20n), paid('b', 40n, 'goal')])).toEqual([
      { funderId: 'funder of a', earmarkId: null, amount: 10n },
      { funderId: 'funder of b', earmarkId: 'goal', amount: 20n },
    ]);
  });

  it('gives an odd penny to the lower account id, whatever the order', () => {
    const shares = returnShares(1n, [paid('b', 50n), paid('a', 50n)]);
    expect(shares).toEqual([{ funderId: 'funder of a', earmarkId: null, amount: 1n }]);
  });

  it('is never more than was paid and not returned before', () => {
    expect(withThePartner([paid('a', 2n), paid('b', 1n)])).toBe(3n);
    expect(() => returnShares(4n, [paid('a', 2n), paid('b', 1n)])).toThrow(RangeError);
  });

  it('is shared to the last unit, and nobody gets back more than they paid', () => {
    const amounts = fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(amounts, fc.bigInt({ min: 1n, max: 100n }), (weights, percent) => {
        const shares = weights.map((amount, index) => paid(`account ${index}`, amount));
        const amount = (withThePartner(shares) * percent) / 100n;
        if (amount === 0n) return;
        const back = returnShares(amount, shares);
        expect(back.reduce((whole, share) => whole + share.amount, 0n)).toBe(amount);
        for (const { funderId, amount: part } of back) {
          const own = shares.find((share) => share.funderId === funderId)!;
          expect(part <= own.amount).toBe(true);
        }
      }),
    );
  });
});
