import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sum } from '../../maths/money.js';
import type { MovementSum } from '../../pools/funder-statement/movements.read.js';
import { allFunders, funderLines } from './funder-statement.rules.js';

const moved = (funderId: string, kind: string, opening: bigint, amount: bigint): MovementSum => ({
  ...{ funderId, funder: `Fund ${funderId}`, kind, grantId: null },
  ...{ opening, amount },
});

describe('the statements of funders', () => {
  it('lead from opening to closing, a reversal in the part of what it reverses', () => {
    const [north, south] = funderLines([
      moved('n', 'contribution.received', 500_00n, 100_00n),
      moved('n', 'contribution.received.reversed', 0n, -100_00n),
      moved('n', 'fee.charged', -5_00n, -1_00n),
      moved('n', 'disbursement.settled', 0n, -200_01n),
      moved('s', 'bond.closed', 0n, 7n),
    ]);
    expect([north!.opening, north!.parts.received, north!.parts.fees, north!.parts.paidOut]).toEqual([
      ...[495_00n, 0n, -1_00n, -200_01n],
    ]);
    expect([north!.closing, south!.parts.bondSurplus, south!.closing]).toEqual([293_99n, 7n, 7n]);
  });

  it('together hold all that moved, whatever it was', () => {
    const kinds = ['contribution.received', 'bankCharge.taken', 'refund.paid.reversed', 'something.new'];
    const row = fc
      .record({
        funder: fc.constantFrom('a', 'b', 'c'),
        kind: fc.constantFrom(...kinds),
        opening: fc.bigInt(),
        amount: fc.bigInt(),
      })
      .map(({ funder, kind, opening, amount }) => moved(funder, kind, opening, amount));
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const all = allFunders(funderLines(rows));
        expect(all.opening).toBe(sum(rows.map(({ opening }) => opening)));
        expect(all.closing).toBe(sum(rows.flatMap(({ opening, amount }) => [opening, amount])));
        expect(all.opening + sum(Object.values(all.parts))).toBe(all.closing);
      }),
    );
  });
});
