import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sum } from '../../../maths/money.js';
import { openParts } from './open-plan.rules.js';

const part = (dueOn: string, amount: bigint, received = 0n) => ({ dueOn, amount, received });
const shown = (parts: ReturnType<typeof openParts>) => parts.map(({ dueOn, open }) => [dueOn, open]);

describe('what is still to come of a pledge', () => {
  it('is what its parts tell, where they tell of that day', () => {
    const parts = [part('2027-01-01', 100n), part('2026-01-01', 100n, 40n), part('2028-01-01', 100n, 100n)];
    expect(shown(openParts(parts, 160n, '1'))).toEqual([
      ['2026-01-01', 60n],
      ['2027-01-01', 100n],
    ]);
  });

  it('is reckoned from the oldest part on, where more or less had come by then', () => {
    const parts = [part('2026-01-01', 100n, 100n), part('2027-01-01', 100n, 100n), part('2028-01-01', 100n)];
    expect(shown(openParts(parts, 170n, '1'))).toEqual([
      ['2027-01-01', 70n],
      ['2028-01-01', 100n],
    ]);
  });

  it('is rounded down at its planning rate as a whole, and its parts with it', () => {
    const parts = openParts(
      [part('2026-01-01', 9_999_99n), part('2027-01-01', 10_000_01n)],
      20_000_00n,
      '0.8625',
    );
    expect(parts.map(({ inPool }) => inPool)).toEqual([8_624_99n, 8_625_01n]);
  });

  it('is never more or less than the ledger says, whatever was told', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 9n });
    const parts = fc.array(
      fc.record({ amount, share: fc.integer({ min: 0, max: 100 }), day: fc.integer({ min: 10, max: 28 }) }),
    );
    fc.assert(
      fc.property(parts, fc.integer({ min: 0, max: 100 }), (planned, openShare) => {
        const open = (sum(planned.map((each) => each.amount)) * BigInt(openShare)) / 100n;
        const told = planned.map((each) =>
          part(`2027-01-${each.day}`, each.amount, (each.amount * BigInt(each.share)) / 100n),
        );
        const left = openParts(told, open, '0.0137');
        expect(sum(left.map((each) => each.open))).toBe(open);
        expect(sum(left.map((each) => each.inPool))).toBe((open * 137n) / 10_000n);
        expect(left.every((each) => each.open > 0n && each.inPool >= 0n)).toBe(true);
      }),
    );
  });
});
