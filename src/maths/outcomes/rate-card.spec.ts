import { describe, expect, it } from '@jest/globals';
import { arrangeBands, type BandMode } from '../bands.js';
import { formatShortest, parseDecimal } from '../exact.js';
import { type Claim, priceClaim, type PriceBand, type RateLine } from './rate-card.js';

const claim = (more: Partial<Claim>): Claim => ({ period: '1', metric: 'm', ...more });
const nobody: ReadonlySet<string> = new Set();

const perUnit = (price: bigint): RateLine => ({ metric: 'm', cap: null, kind: 'per_unit', price });
const perPerson: RateLine = { metric: 'm', cap: null, kind: 'per_person_once', price: 330_000n };
const step = (from: string, to: string | null, price: bigint): PriceBand => ({
  from: parseDecimal(from),
  fromInclusive: true,
  to: to === null ? null : parseDecimal(to),
  toInclusive: false,
  price,
});
const banded = (
  kind: 'band' | 'threshold' | 'improvement',
  bands: PriceBand[],
  mode: BandMode = 'step',
): RateLine => ({ metric: 'm', cap: null, kind, bands: arrangeBands(bands, { mode }) });

/** Accepted and gross, as text. */
function priced(line: RateLine, more: Partial<Claim>, countedBefore = nobody): string {
  const { accepted, gross, parts } = priceClaim(line, claim(more), countedBefore);
  expect(parts.reduce((total, { amount }) => total + amount, 0n)).toBe(gross);
  return `${formatShortest(accepted)} → ${gross}`;
}

describe('a claim priced by quantity', () => {
  it.each([
    ['2', 168_000n, '2 → 336000'],
    ['0', 168_000n, '0 → 0'],
    ['2.50', 3n, '2.5 → 8'],
    ['0.5', 5n, '0.5 → 2'],
    ['1.5', 5n, '1.5 → 8'],
    ['0.3333333333', 10n ** 18n, '0.3333333333 → 333333333300000000'],
  ])('%s × %d: %s, half-even', (quantity, price, result) => {
    expect(priced(perUnit(price), { quantity })).toBe(result);
  });

  it('for people who are named, in equal parts, the odd unit to the earlier', () => {
    expect(priceClaim(perUnit(5n), claim({ quantity: '1', people: ['b', 'a', 'b'] }), nobody)).toEqual({
      by: 'quantity',
      accepted: { units: 1n, scale: 0 },
      price: 5n,
      gross: 5n,
      parts: [
        { person: 'b', amount: 3n },
        { person: 'a', amount: 2n },
      ],
    });
  });

  it.each([
    [{}, 'missing', '/quantity'],
    [{ people: ['a'] }, 'missing', '/quantity'],
    [{ quantity: '-1' }, 'negativeQuantity', '/quantity'],
  ])('%j is refused', (more, code, pointer) => {
    expect(() => priced(perUnit(1n), more)).toThrow(expect.objectContaining({ code, pointer }));
  });
});

describe('a claim priced once for each person', () => {
  it('counts each key once, and says who does not count and why', () => {
    const people = ['a', 'b', 'a', 'c'];
    expect(priceClaim(perPerson, claim({ people }), new Set(['c']))).toEqual({
      by: 'people',
      accepted: { units: 2n, scale: 0 },
      price: 330_000n,
      counted: ['a', 'b'],
      notCounted: [
        { person: 'a', because: 'named twice' },
        { person: 'c', because: 'counted before' },
      ],
      gross: 660_000n,
      parts: [
        { person: 'a', amount: 330_000n },
        { person: 'b', amount: 330_000n },
      ],
    });
  });

  it('nobody new comes to nothing, and nobody at all must be said', () => {
    expect(priced(perPerson, { people: [] })).toBe('0 → 0');
    expect(() => priced(perPerson, { quantity: '2' })).toThrow(
      expect.objectContaining({ code: 'missing', pointer: '/people' }),
    );
  });
});

describe('a claim priced by a value', () => {
  const bands = [step('55', '60', 300n), step('60', '65', 750n)];

  it.each([
    ['54.9', '1 → 0'],
    ['55', '1 → 300'],
    ['59.99', '1 → 300'],
    ['60', '1 → 750'],
    ['65', '1 → 0'],
  ])('in steps, %s: %s', (value, result) => {
    expect(priced(banded('band', bands), { value })).toBe(result);
  });

  it.each([
    ['54.9', '1', '1 → 0'],
    ['55', '1', '1 → 300'],
    // 300 + 450 × 1/5 = 390
    ['56', '1', '1 → 390'],
    // 300 + 450 × 0.01/5 = 300.9, and rounded only once with a quantity: × 5 = 1504.5, to the even
    ['55.01', '1', '1 → 301'],
    ['55.01', '5', '5 → 1504'],
    ['62', '2', '2 → 1500'],
    ['80', '2', '2 → 1500'],
  ])('interpolated, %s × %s: %s', (value, quantity, result) => {
    expect(priced(banded('band', bands, 'interpolated'), { value, quantity })).toBe(result);
  });

  it('a threshold is reached or not; an improvement may be below zero', () => {
    const threshold = banded('threshold', [step('75', null, 9900n)]);
    expect(['74.999', '75', '100'].map((value) => priced(threshold, { value, quantity: '3' }))).toEqual([
      '3 → 0',
      '3 → 29700',
      '3 → 29700',
    ]);
    const improvement = banded('improvement', [step('-1', '0', 5n), step('0', '10', 7n)]);
    expect(['-1', '-0.5', '0', '-2'].map((value) => priced(improvement, { value }))).toEqual([
      '1 → 5',
      '1 → 5',
      '1 → 7',
      '1 → 0',
    ]);
  });

  it('keeps which band held the value, and the exact price', () => {
    expect(
      priceClaim(banded('band', bands, 'interpolated'), claim({ value: '55.01' }), nobody),
    ).toMatchObject({
      by: 'value',
      value: { units: 5501n, scale: 2 },
      standing: 0,
      price: { numerator: 150_450n, denominator: 500n },
    });
    expect(priceClaim(banded('band', bands), claim({ value: '66' }), nobody)).toMatchObject({
      standing: 'beyond',
    });
  });

  it('a value must be said, and a quantity not be negative', () => {
    expect(() => priced(banded('band', bands), { quantity: '1' })).toThrow(
      expect.objectContaining({ code: 'missing', pointer: '/value' }),
    );
    expect(() => priced(banded('band', bands), { value: '60', quantity: '-1' })).toThrow(
      expect.objectContaining({ code: 'negativeQuantity', pointer: '/quantity' }),
    );
  });
});
