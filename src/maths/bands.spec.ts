import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { arrangeBands, type Bounds, numberAt, standingOf } from './bands.js';
import { parseDecimal } from './exact.js';
import { MathsError } from './maths-error.js';

interface Priced extends Bounds {
  price: bigint;
}

/** "[55, 60) 300": a square bracket where the bound belongs to the band, "…" for no bound. */
function band(text: string): Priced {
  const [, opening, from = '', to = '', closing, price = ''] =
    /^([[(])(\S+), (\S+)([\])]) ?(\d*)$/.exec(text) ?? [];
  const bound = (given: string) => (given === '…' ? null : parseDecimal(given));
  return {
    from: bound(from),
    fromInclusive: opening === '[',
    to: bound(to),
    toInclusive: closing === ']',
    price: BigInt(price || 0),
  };
}

const newpin = ['[55, 60) 300', '[60, 65) 750', '[65, 70) 1200', '[70, 101) 1500'].map(band);

/** What bands give, as text: the whole, and the rest as a fraction. */
function given(bands: Priced[], mode: 'step' | 'interpolated', value: string): string {
  const { numerator, denominator } = numberAt(
    arrangeBands(bands, { mode }),
    parseDecimal(value),
    ({ price }) => price,
  );
  return numerator % denominator === 0n ? String(numerator / denominator) : `${numerator}/${denominator}`;
}

describe('what a band gives', () => {
  it.each([
    ['54.99', '0'],
    ['55', '300'],
    ['59.99', '300'],
    ['60', '750'],
    ['60.00', '750'],
    ['70', '1500'],
    ['100.999', '1500'],
    ['101', '0'],
    ['-60', '0'],
  ])('in steps, %s gives %s', (value, price) => {
    expect(given(newpin, 'step', value)).toBe(price);
  });

  it.each([
    ['54.99', '0'],
    ['55', '300'],
    ['57.5', '525'],
    ['59.99', '74910/100'],
    ['60', '750'],
    ['69.9', '1494'],
    ['70', '1500'],
    ['85', '1500'],
    ['101', '1500'],
    ['1000', '1500'],
  ])('interpolated, %s gives %s', (value, price) => {
    const [numerator = 0n, denominator = 1n] = price.split('/').map(BigInt);
    const found = numberAt(
      arrangeBands(newpin, { mode: 'interpolated' }),
      parseDecimal(value),
      (one) => one.price,
    );
    expect(found.numerator * denominator).toBe(numerator * found.denominator);
  });

  it('an exclusive bound leaves its value to the neighbour, or to nobody', () => {
    const bands = ['(0, 10] 1', '(10, 20) 2'].map(band);
    expect(['0', '0.1', '10', '10.1', '20'].map((value) => given(bands, 'step', value))).toEqual([
      '0',
      '1',
      '1',
      '2',
      '0',
    ]);
  });

  it('interpolated, a falling price falls straight', () => {
    expect(given(['[0, 3) 100', '[3, 9) 0'].map(band), 'interpolated', '1')).toBe('200/3');
  });

  it('a band may hold one value only, and have no bound', () => {
    const bands = ['(…, 0) 5', '[0, 0] 7', '(0, …) 9'].map(band);
    expect(['-1', '0', '0.01', '99999'].map((value) => given(bands, 'step', value))).toEqual([
      '5',
      '7',
      '9',
      '9',
    ]);
    expect(given(['[0, 0] 7', '(0, …) 9'].map(band), 'interpolated', '0')).toBe('7');
  });

  it('the order of the list means nothing', () => {
    expect(given(newpin.toReversed(), 'step', '60')).toBe('750');
    expect(arrangeBands(newpin.toReversed()).bands).toEqual(newpin);
  });

  it('says on which side of all bands a value is', () => {
    const arranged = arrangeBands(newpin);
    expect(['54', '64.9', '101'].map((value) => standingOf(arranged, parseDecimal(value)))).toEqual([
      'below',
      1,
      'beyond',
    ]);
  });
});

describe('bands that are no bands are refused, and say where', () => {
  it.each([
    [[], 'bandsMissing', 'Give one band at least.', '/bands'],
    [['[50, 60)', '[65, 70)'], 'bandsGap', 'Between 60 and 65 no band holds.', '/bands/1/from'],
    [['[65, 70)', '[50, 60)'], 'bandsGap', 'Between 60 and 65 no band holds.', '/bands/0/from'],
    [['[50, 60]', '[60, 70)'], 'bandsOverlap', '60 is held by two bands.', '/bands/1/from'],
    [['[50, 60)', '(60.0, 70)'], 'bandsGap', '60 is held by no band.', '/bands/1/from'],
    [['[50, 62.5)', '[60, 70)'], 'bandsOverlap', 'Between 60 and 62.5 two bands hold.', '/bands/1/from'],
    [['[50, 70)', '[55, 60)'], 'bandsOverlap', 'Between 55 and 60 two bands hold.', '/bands/1/from'],
    [['[50, …)', '[60, 70)'], 'bandsOverlap', 'From 60 on two bands hold.', '/bands/1/from'],
    [['(…, 50)', '(…, 70)'], 'bandsOverlap', 'Up to 50 two bands hold.', '/bands/1/from'],
    [['(…, …)', '(…, …)'], 'bandsOverlap', 'Two bands have no bounds.', '/bands/1/from'],
    [['[60, 60]', '[60, 60]'], 'bandsOverlap', '60 is held by two bands.', '/bands/1/from'],
    [['[60, 60)'], 'bandEmpty', 'No value can be in a band from 60 to 60.', '/bands/0/to'],
    [
      ['[70, 60)'],
      'bandEmpty',
      'No value can be in a band from 70 to 60. Its from must come first.',
      '/bands/0/to',
    ],
  ])('%j', (bands, code, detail, pointer) => {
    expect(() => arrangeBands(bands.map(band))).toThrow(expect.objectContaining({ code, detail, pointer }));
  });

  it('interpolated bands need a from, where the price holds', () => {
    const refused = () =>
      arrangeBands([band('(…, 5)')], { mode: 'interpolated', pointer: '/rateCard/0/bands' });
    expect(refused).toThrow(
      expect.objectContaining({ code: 'boundMissing', pointer: '/rateCard/0/bands/0/from' }),
    );
  });
});

describe('over any bands', () => {
  const tenths = (units: bigint) => ({ units, scale: 1 });
  const anyBand = fc.record({
    from: fc.bigInt({ min: 0n, max: 12n }).map(tenths),
    fromInclusive: fc.boolean(),
    to: fc.bigInt({ min: 0n, max: 12n }).map(tenths),
    toInclusive: fc.boolean(),
  });
  const holds = ({ from, fromInclusive, to, toInclusive }: Bounds, units: bigint) =>
    (from === null || units > from.units * 10n || (units === from.units * 10n && fromInclusive)) &&
    (to === null || units < to.units * 10n || (units === to.units * 10n && toInclusive));

  it('they are taken exactly when every value between the first and the last is held once', () => {
    fc.assert(
      fc.property(fc.array(anyBand, { minLength: 1, maxLength: 4 }), (bands) => {
        // Hundredths, so that there is a value between any two bounds.
        const values = Array.from({ length: 141 }, (_, index) => BigInt(index - 10));
        const counts = values.map((units) => bands.filter((one) => holds(one, units)).length);
        const whole = counts.slice(
          counts.findIndex((count) => count > 0),
          counts.findLastIndex((count) => count > 0) + 1,
        );
        const sound =
          whole.every((count) => count === 1) &&
          bands.every((one) => values.some((units) => holds(one, units)));
        let taken = true;
        try {
          arrangeBands(bands);
        } catch (error) {
          expect(error).toBeInstanceOf(MathsError);
          taken = false;
        }
        expect(taken).toBe(sound);
      }),
      { numRuns: 1000 },
    );
  });

  it('rising prices never fall with the value', () => {
    const widths = fc.array(fc.bigInt({ min: 1n, max: 50n }), { minLength: 1, maxLength: 6 });
    const rises = fc.array(fc.bigInt({ min: 0n, max: 10_000n }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(widths, rises, fc.bigInt({ min: -20n, max: 400n }), (wide, rise, at) => {
        let from = 0n;
        let price = 0n;
        const bands = wide.map((width, index): Priced => {
          const to = from + width;
          price += rise[index]!;
          const one = { from: tenths(from), fromInclusive: true, to: tenths(to), toInclusive: false, price };
          from = to;
          return one;
        });
        bands.at(-1)!.to = null;
        for (const mode of ['step', 'interpolated'] as const) {
          const arranged = arrangeBands(bands, { mode });
          const priceAt = (units: bigint) => numberAt(arranged, { units, scale: 2 }, (one) => one.price);
          const [lower, upper] = [priceAt(at * 10n), priceAt(at * 10n + 1n)];
          expect(lower.numerator * upper.denominator <= upper.numerator * lower.denominator).toBe(true);
          expect(standingOf(arranged, { units: at * 10n, scale: 2 }) === 'below').toBe(at < 0n);
        }
      }),
    );
  });
});
