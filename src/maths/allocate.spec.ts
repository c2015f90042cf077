import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allocate, allocateByDecimals } from './allocate.js';
import { sum } from './money.js';

const weightList = fc
  .array(fc.bigInt({ min: 0n, max: 10n ** 18n }), { minLength: 1, maxLength: 20 })
  .filter((weights) => sum(weights) > 0n);

describe('sharing by weight', () => {
  it.each([
    [1003n, [50n, 50n], [502n, 501n]],
    [100n, [1n, 1n, 1n], [34n, 33n, 33n]],
    [100_000_000n, [1608444n, 1004454n, 1667720n], [37575042n, 23465163n, 38959795n]],
    [5n, [0n, 1n, 0n], [0n, 5n, 0n]],
    [0n, [1n, 2n], [0n, 0n]],
    [1n, [1n, 3n], [0n, 1n]],
    [-1003n, [50n, 50n], [-502n, -501n]],
    [2n ** 80n + 1n, [1n, 1n], [2n ** 79n + 1n, 2n ** 79n]],
  ])('%d by %p', (total, weights, parts) => {
    expect(allocate(total, weights)).toEqual(parts);
  });

  it('decimal weights keep their proportions', () => {
    expect(allocateByDecimals(1000n, ['0.5', '0.25', '0.25'])).toEqual([500n, 250n, 250n]);
    expect(allocateByDecimals(10n, ['33.3', '33.3', '33.4'])).toEqual([3n, 3n, 4n]);
  });

  it.each([[[]], [[0n]], [[0n, 0n]]])('weights %p have nothing to go by', (weights) => {
    expect(() => allocate(100n, weights)).toThrow('sum to zero');
  });

  it('a negative weight is refused by its place', () => {
    expect(() => allocate(100n, [1n, -1n])).toThrow(expect.objectContaining({ pointer: '/weights/1' }));
  });

  it('the parts sum to the whole, and each is within one unit of its exact share', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), weightList, (total, weights) => {
        const parts = allocate(total, weights);
        const whole = sum(weights);
        expect(sum(parts)).toBe(total);
        parts.forEach((part, index) => {
          const off = part * whole - total * weights[index]!;
          expect(off < whole && -off < whole).toBe(true);
        });
      }),
    );
  });

  it('a heavier weight never gets less, and scaling all weights changes nothing', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), weightList, (total, weights) => {
        const parts = allocate(total, weights);
        weights.forEach((weight, i) =>
          weights.forEach((other, j) => expect(weight > other ? parts[i]! >= parts[j]! : true).toBe(true)),
        );
        expect(
          allocate(
            total,
            weights.map((weight) => weight * 7n),
          ),
        ).toEqual(parts);
      }),
    );
  });

  it('different weights get the same wherever they stand', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.integer({ min: 1, max: 9 }), (total, turn) => {
        const weights = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n]; // sum 100: remainders may tie, so compare those that do not
        const remainders = weights.map((weight) => (total * weight) % 100n);
        fc.pre(new Set(remainders).size === weights.length);
        const turned = [...weights.slice(turn), ...weights.slice(0, turn)];
        const parts = allocate(total, weights);
        expect(allocate(total, turned)).toEqual([...parts.slice(turn), ...parts.slice(0, turn)]);
      }),
    );
  });
});
