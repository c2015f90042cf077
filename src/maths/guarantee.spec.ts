import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { guaranteePayment } from './guarantee.js';
import { sum } from './money.js';

const at = (drawn: bigint, returned: bigint) => ({ drawn, returned });

describe('what a guarantor pays at the close', () => {
  it.each([
    ['all came back', '0.75', [at(100n, 100n)], 0n, [0n]],
    ['nothing came back', '0.75', [at(9_600_000n, 0n)], 7_200_000n, [7_200_000n]],
    ['a part came back', '0.5', [at(600n, 200n), at(400n, 300n)], 250n, [200n, 50n]],
    ['one gained, which is no other’s', '1', [at(100n, 150n), at(100n, 40n)], 60n, [0n, 60n]],
    ['nothing is guaranteed', '0', [at(100n, 0n)], 0n, [0n]],
    // Half of 5 is 2.5
    ['half-even', '0.5', [at(5n, 0n)], 2n, [2n]],
    ['the odd unit to the earlier', '0.5', [at(5n, 0n), at(9n, 0n)], 7n, [3n, 4n]],
    ['no investors', '0.5', [], 0n, []],
  ])('%s', (_, share, investors, paid, toInvestors) => {
    expect(guaranteePayment(share, investors)).toMatchObject({ paid, toInvestors });
  });

  it.each(['-0.1', '1.0001'])('a share of %s is refused', (share) => {
    expect(() => guaranteePayment(share, [])).toThrow('from 0 to 1');
  });

  it('never gives anybody more than the loss, and sums to what is paid', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 12n });
    fc.assert(
      fc.property(
        fc.array(fc.record({ drawn: amount, returned: amount }), { maxLength: 5 }),
        fc.integer({ min: 0, max: 100 }),
        (investors, percent) => {
          const { paid, shortfall, toInvestors } = guaranteePayment((percent / 100).toFixed(2), investors);
          expect(sum(toInvestors)).toBe(paid);
          expect(paid <= shortfall).toBe(true);
          investors.forEach(({ drawn, returned }, index) => {
            const lost = returned < drawn ? drawn - returned : 0n;
            expect(toInvestors[index]! <= lost).toBe(true);
          });
        },
      ),
    );
  });
});
