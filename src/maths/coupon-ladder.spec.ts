import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { arrangeRateBands, couponOn, couponRate, percentReached, type RateBand } from './coupon-ladder.js';
import { compareDecimals, formatShortest, parseDecimal } from './exact.js';

const band = (from: string | null, to: string | null, rate: string): RateBand => ({
  from,
  fromInclusive: true,
  to,
  toInclusive: false,
  rate,
});
const ladder = [band('60', '80', '0.02'), band('80', '100', '0.035'), band('100', '120', '0.05')];

describe('the coupon of an outcome', () => {
  it.each([
    ['0', '0'],
    ['59.999', '0'],
    ['60', '0.02'],
    ['79.99', '0.02'],
    ['80', '0.035'],
    ['100', '0.05'],
    ['119.99', '0.05'],
    ['120', '0.05'],
    ['300', '0.05'],
  ])('at %s %% of the plan is %s', (percent, rate) => {
    expect(formatShortest(couponRate(arrangeRateBands(ladder), parseDecimal(percent)))).toBe(rate);
  });

  it('goes by what was paid for outcomes over what was planned, exact at the bound', () => {
    const rateFor = (reached: bigint) =>
      formatShortest(couponRate(arrangeRateBands(ladder), percentReached(reached, 300_000_000_000n)!));
    expect(rateFor(240_000_000_000n)).toBe('0.035');
    expect(rateFor(239_999_999_999n)).toBe('0.02');
    expect(percentReached(1n, 0n)).toBeNull();
  });

  it('is paid on capital for the days it was out', () => {
    // 100,000 for 90 days and 60,000 for 90, at 5 % over 360: 1,250 + 750.
    const stretches = [
      { from: '2026-01-01', to: '2026-04-01', capital: 100_000n },
      { from: '2026-04-01', to: '2026-07-01', capital: 60_000n },
    ];
    expect(couponOn(stretches, parseDecimal('0.05'), '30/360')).toBe(2_000n);
  });

  it('is rounded half-even, once', () => {
    // Twice 0.25 make 0.5, which is 0; twice 0.75 make 1.5, which is 2.
    const half = (capital: bigint) => [
      { from: '2026-01-01', to: '2026-01-31', capital },
      { from: '2026-02-01', to: '2026-03-01', capital },
    ];
    expect(couponOn(half(30n), parseDecimal('0.1'), '30/360')).toBe(0n);
    expect(couponOn(half(90n), parseDecimal('0.1'), '30/360')).toBe(2n);
  });
});

describe('a ladder that is not one', () => {
  it.each<[string, RateBand[], string, string]>([
    [
      'a gap',
      [band('0', '50', '0'), band('60', null, '0.05')],
      'Between 50 and 60 no band holds.',
      '/bands/1/from',
    ],
    [
      'an overlap',
      [band('0', '50', '0'), band('40', null, '0.05')],
      'Between 40 and 50 two',
      '/bands/1/from',
    ],
    [
      'a bound that no band holds',
      [band('0', '50', '0'), { ...band('50', null, '0.05'), fromInclusive: false }],
      '50 is held by no band.',
      '/bands/1/from',
    ],
    ['a negative rate', [band('0', null, '-0.01')], 'cannot be negative', '/bands/0/rate'],
    ['no band', [], 'one band at least', '/bands'],
  ])('%s is refused', (_, bands, detail, pointer) => {
    expect(() => arrangeRateBands(bands)).toThrow(
      expect.objectContaining({ detail: expect.stringContaining(detail), pointer }),
    );
  });
});

it('a ladder that rises never pays less for more', () => {
  const thousandth = fc
    .integer({ min: 0, max: 200_000 })
    .map((units) => ({ units: BigInt(units), scale: 3 }));
  fc.assert(
    fc.property(thousandth, thousandth, (one, other) => {
      const [less, more] = compareDecimals(one, other) < 0 ? [one, other] : [other, one];
      const rates = [less, more].map((percent) => couponRate(arrangeRateBands(ladder), percent));
      expect(compareDecimals(rates[0]!, rates[1]!)).toBeLessThanOrEqual(0);
    }),
  );
});
