import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { partOf, partTotals, runningBalances, statementParts } from './statement.rules.js';

describe('the part of a statement that an entry belongs to', () => {
  it.each([
    ['contribution.received', 'received'],
    ['contribution.received.reversed', 'received'],
    ['fee.charged', 'fees'],
    ['bankCharge.taken', 'charges'],
    ['disbursement.settled', 'paidOut'],
    ['disbursement.settled.reversed', 'paidOut'],
    ['grant.returned', 'returned'],
    ['bond.closed', 'bondSurplus'],
    ['refund.paid', 'refunds'],
    ['somethingNew.happened', 'other'],
  ])('%s: %s', (kind, part) => {
    expect(partOf(kind)).toBe(part);
  });
});

describe('a statement', () => {
  it('adds up part by part', () => {
    const movements = [
      { part: 'received', amount: 1_000_00n },
      { part: 'fees', amount: -10_00n },
      { part: 'paidOut', amount: -333_33n },
      { part: 'received', amount: -1_00n },
    ] as const;
    expect(partTotals(movements)).toEqual({
      ...{ received: 999_00n, fees: -10_00n, charges: 0n, paidOut: -333_33n },
      ...{ returned: 0n, bondSurplus: 0n, refunds: 0n, other: 0n },
    });
    expect(runningBalances(5_00n, movements)).toEqual([1_005_00n, 995_00n, 661_67n, 660_67n]);
  });

  it('closes on its opening balance and all its parts', () => {
    const movement = fc.record({
      part: fc.constantFrom(...statementParts),
      amount: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
    });
    fc.assert(
      fc.property(fc.bigInt(), fc.array(movement, { minLength: 1 }), (opening, movements) => {
        const parts = Object.values(partTotals(movements)).reduce((sum, amount) => sum + amount, 0n);
        expect(runningBalances(opening, movements).at(-1)).toBe(opening + parts);
      }),
    );
  });
});
