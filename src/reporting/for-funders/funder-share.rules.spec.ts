import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sum } from '../../maths/money.js';
import { type PaidIn, shareOfSpent } from './funder-share.rules.js';

const paid = (...amounts: bigint[]): PaidIn[] =>
  amounts.map((amount, index) => ({ funderId: `funder ${index}`, amount }));

describe('a funder’s share of what was spent', () => {
  it('is by what its money had paid into the grant', () => {
    expect(shareOfSpent(9_000n, paid(20_000n, 10_000n), 'funder 0')).toBe(6_000n);
    expect(shareOfSpent(9_000n, paid(20_000n, 10_000n), 'funder 1')).toBe(3_000n);
  });

  it('has the odd cent go to the earlier of equals', () => {
    expect(shareOfSpent(1_001n, paid(500n, 500n), 'funder 0')).toBe(501n);
    expect(shareOfSpent(1_001n, paid(500n, 500n), 'funder 1')).toBe(500n);
  });

  it('is nothing for a funder whose money the grant never had, or has given back', () => {
    expect(shareOfSpent(1_000n, paid(500n), 'another')).toBe(0n);
    expect(shareOfSpent(1_000n, paid(500n, 0n), 'funder 1')).toBe(0n);
  });

  it('is not known where no money had come by then', () => {
    expect(shareOfSpent(1_000n, [], 'funder 0')).toBeNull();
  });

  it('together with the others’ is the whole, whatever was paid', () => {
    const amounts = fc.array(fc.bigInt({ min: 1n, max: 10n ** 12n }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), amounts, (spent, each) => {
        const all = paid(...each);
        const shares = all.map(({ funderId }) => shareOfSpent(spent, all, funderId)!);
        expect(sum(shares)).toBe(spent);
      }),
    );
  });
});
