import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RateBand } from './coupon-ladder.js';
import { parseDecimal } from './exact.js';
import { sum } from './money.js';
import { arrangeFloor, paidByInvestors } from './two-sided.js';

const band = (from: string, to: string, rate: string): RateBand => ({
  from,
  fromInclusive: true,
  to,
  toInclusive: false,
  rate,
});
// Half of the plan is the floor.
const floor = [band('0', '25', '0.1'), band('25', '50', '0.04')];
const paid = (percent: string, drawn: bigint[]) =>
  paidByInvestors(arrangeFloor(floor), parseDecimal(percent), drawn);

describe('what investors pay when the outcome is poor', () => {
  it.each([
    ['100', [0n, 0n]],
    ['50', [0n, 0n]],
    ['49.99', [24_000n, 16_000n]],
    ['25', [24_000n, 16_000n]],
    ['24.99', [60_000n, 40_000n]],
    ['0', [60_000n, 40_000n]],
    ['-1', [60_000n, 40_000n]],
  ])('at %s %% of the plan: %j', (percent, amounts) => {
    expect(paid(percent, [600_000n, 400_000n])).toEqual(amounts);
  });

  it('is rounded half-even as a whole, the odd unit to the larger remainder', () => {
    // A tenth of 25 is 2.5: 2. A tenth of 35 is 3.5: 4, of which 20 bear 2.29 and 15 bear 1.71.
    expect(paid('0', [25n])).toEqual([2n]);
    expect(paid('0', [20n, 15n])).toEqual([2n, 2n]);
  });

  it('nobody has drawn anything, so nobody pays', () => {
    expect(paid('0', [0n, 0n])).toEqual([0n, 0n]);
  });

  it('more than all capital is refused', () => {
    expect(() => arrangeFloor([band('0', '50', '1.01')])).toThrow(
      expect.objectContaining({ pointer: '/bands/0/rate', detail: 'Give a rate from 0 to 1.' }),
    );
  });

  it('never is more than anybody has drawn', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 0, max: 1000 }),
        (drawn, thousandths) => {
          const share = (thousandths / 1000).toFixed(3);
          const bands = arrangeFloor([band('0', '50', share)]);
          const amounts = paidByInvestors(bands, parseDecimal('10'), drawn);
          expect(amounts.every((amount, index) => amount >= 0n && amount <= drawn[index]!)).toBe(true);
          const off = sum(amounts) * 1000n - sum(drawn) * BigInt(thousandths);
          expect(off <= 500n && off >= -500n).toBe(true);
        },
      ),
    );
  });
});
