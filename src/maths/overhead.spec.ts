import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { splitOverhead } from './overhead.js';

describe('the overhead in an amount', () => {
  it.each([
    ['seven per cent of the direct costs, not of the whole', 107_000_00n, '0.07', 100_000_00n, 7_000_00n],
    ['rounds once: £100 at 15 % are 86.956521… of direct costs', 100_00n, '0.15', 86_96n, 13_04n],
    ['rounds from the middle to the even one: 5 ÷ 2 is 2', 5n, '1', 2n, 3n],
    ['and 7 ÷ 2 is 4', 7n, '1', 4n, 3n],
    ['keeps every digit of a rate: 12.5 % of 8 is 1', 9n, '0.125', 8n, 1n],
    ['is nothing at a rate of nothing', 12_34n, '0', 12_34n, 0n],
    ['of nothing is nothing', 0n, '0.07', 0n, 0n],
    ['of one penny stays with the work', 1n, '0.07', 1n, 0n],
  ])('%s', (_, amount, rate, direct, indirect) => {
    expect(splitOverhead(amount, rate)).toEqual({ direct, indirect });
  });

  it.each(['-0.07', 'much', '7%', ''])('refuses the rate “%s”', (rate) => {
    expect(() => splitOverhead(100n, rate)).toThrow();
  });

  it('always sums to the amount, and is the rate of what is direct to within half a minor unit of it', () => {
    const rates = fc
      .tuple(fc.bigInt({ min: 0n, max: 2_000_000n }), fc.integer({ min: 0, max: 6 }))
      .map(([units, scale]) => ({ units, scale }));
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), rates, (amount, { units, scale }) => {
        const one = 10n ** BigInt(scale);
        const text = `${units / one}${scale > 0 ? `.${String(units % one).padStart(scale, '0')}` : ''}`;
        const { direct, indirect } = splitOverhead(amount, text);
        expect(direct + indirect).toBe(amount);
        expect(direct >= 0n && indirect >= 0n).toBe(true);
        // |direct − amount ÷ (1 + rate)| ≤ ½, without dividing.
        const off = direct * (one + units) - amount * one;
        expect(2n * (off < 0n ? -off : off) <= one + units).toBe(true);
      }),
    );
  });
});
