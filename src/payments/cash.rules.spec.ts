import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Source } from '../maths/attribution.js';
import { shareOut, shortfalls, type Till } from './cash.rules.js';

const source = (key: string, remaining: bigint, earmark: string | null = null): Source => ({
  ...{ key, funder: key, earmark, remaining },
  on: '2026-01-01',
});
const till = (more: Partial<Till>): Till => ({
  ...{ rule: 'pro_rata', sources: [source('north', 1_000_00n)], reserve: 0n, cash: 1_000_00n },
  ...more,
});
const wish = (amount: bigint, ...purpose: string[]) => ({ amount, purpose });

describe('whether there is money for a payment', () => {
  it('says by how much it falls short, after what was promised earlier and the reserve', () => {
    expect(shortfalls(till({}), [], [wish(1_000_00n)])).toEqual([0n]);
    expect(shortfalls(till({ reserve: 200_00n }), [], [wish(1_000_00n)])).toEqual([200_00n]);
    expect(shortfalls(till({}), [wish(300_00n)], [wish(1_000_00n)])).toEqual([300_00n]);
  });

  it('goes in due order: what is met takes its money, what is not leaves it to the next', () => {
    const due = [wish(600_00n), wish(500_00n), wish(400_00n), wish(1n)];
    expect(shortfalls(till({}), [], due)).toEqual([0n, 100_00n, 0n, 1n]);
  });

  it('is never more than cash less fees payable', () => {
    expect(shortfalls(till({ cash: 990_00n }), [], [wish(1_000_00n)])).toEqual([10_00n]);
  });

  it('counts earmarked money only for its purpose, and not at all under pro rata', () => {
    const sources = [source('north', 100_00n), source('south', 50_00n, 'school')];
    const earmarkFirst = till({ rule: 'earmark_first', sources, cash: 150_00n });
    expect(shortfalls(earmarkFirst, [], [wish(150_00n, 'school')])).toEqual([0n]);
    expect(shortfalls(earmarkFirst, [], [wish(150_00n, 'health')])).toEqual([50_00n]);
    expect(shortfalls({ ...earmarkFirst, rule: 'pro_rata' }, [], [wish(150_00n, 'school')])).toEqual([
      50_00n,
    ]);
  });
});

describe('whose money pays', () => {
  const sources = [source('a', 200_00n), source('b', 100_00n), source('c', 100_00n)];

  it('is shared by remaining balances, the odd penny to the largest remainder', () => {
    expect(shareOut(till({ sources }), wish(10_01n))).toEqual([
      { key: 'a', amount: 5_01n },
      { key: 'b', amount: 2_50n },
      { key: 'c', amount: 2_50n },
    ]);
  });

  it('is the oldest money first under fifo, whoever gave it', () => {
    const dated = [
      { ...source('march', 100_00n), on: '2026-03-01' },
      { ...source('january', 33_33n), on: '2026-01-01' },
      { ...source('february', 100_00n, 'school'), on: '2026-02-01' },
    ];
    expect(shareOut(till({ rule: 'fifo', sources: dated }), wish(140_00n, 'school'))).toEqual([
      { key: 'march', amount: 6_67n },
      { key: 'january', amount: 33_33n },
      { key: 'february', amount: 100_00n },
    ]);
    expect(shareOut(till({ rule: 'fifo', sources: dated }), wish(40_00n))).toEqual([
      { key: 'march', amount: 6_67n },
      { key: 'january', amount: 33_33n },
    ]);
  });

  it('is what is earmarked to the purpose before anything else under earmark first, each by balances', () => {
    const earmarked = [
      source('a', 100_00n),
      source('b', 200_00n),
      source('a for school', 10_00n, 'school'),
      source('c for school', 20_00n, 'school'),
      source('c for health', 500_00n, 'health'),
    ];
    const earmarkFirst = till({ rule: 'earmark_first', sources: earmarked });
    // 10.00 of 30.00: a third is 3.33⅓, two thirds 6.66⅔, so the odd penny is the second one's.
    expect(shareOut(earmarkFirst, wish(10_00n, 'school'))).toEqual([
      { key: 'a for school', amount: 3_33n },
      { key: 'c for school', amount: 6_67n },
    ]);
    expect(shareOut(earmarkFirst, wish(40_01n, 'school'))).toEqual([
      { key: 'a', amount: 3_34n },
      { key: 'b', amount: 6_67n },
      { key: 'a for school', amount: 10_00n },
      { key: 'c for school', amount: 20_00n },
    ]);
  });

  it('is always the whole, whatever the rule and however it was paid before', () => {
    const anySources = fc.array(
      fc.tuple(
        fc.bigInt({ min: 0n, max: 10n ** 9n }),
        fc.constantFrom(null, 'school', 'health'),
        fc.constantFrom('2026-01-01', '2026-06-01'),
      ),
      { minLength: 1, maxLength: 12 },
    );
    const rules = fc.constantFrom('pro_rata' as const, 'fifo' as const, 'earmark_first' as const);
    fc.assert(
      fc.property(
        rules,
        anySources,
        fc.array(fc.bigInt({ min: 1n, max: 10n ** 9n }), { maxLength: 8 }),
        (rule, made, amounts) => {
          const left = made.map(([remaining, earmark, on], index) => ({
            ...source(`s${index}`, remaining, earmark),
            on,
          }));
          for (const amount of amounts) {
            const all = till({ rule, sources: left, cash: 10n ** 12n });
            const [short] = shortfalls(all, [], [wish(amount, 'school')]);
            if (short !== 0n) continue;
            const drawings = shareOut(all, wish(amount, 'school'));
            expect(drawings.reduce((total, drawing) => total + drawing.amount, 0n)).toBe(amount);
            for (const { key, amount: part } of drawings)
              left.find((one) => one.key === key)!.remaining -= part;
            expect(left.every(({ remaining }) => remaining >= 0n)).toBe(true);
          }
        },
      ),
    );
  });
});
