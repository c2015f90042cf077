import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { percentOfRate, rateOfPercent } from './uplift-percent.js';

describe('a yearly uplift in per cent', () => {
  it.each([
    ['2.5', '0.025'],
    ['100', '1'],
    ['0', '0'],
    ['-0.5', '-0.005'],
    ['12', '0.12'],
  ])('of %s is the rate %s, and back', (percent, rate) => {
    expect(rateOfPercent(percent)).toBe(rate);
    expect(percentOfRate(rate)).toBe(percent);
  });

  it('loses nothing on the way', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 12n }), (units) => {
        const percent = `${units}.5`;
        expect(percentOfRate(rateOfPercent(percent))).toBe(percent);
      }),
    );
  });
});
