import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attribute, attributionRules, ShortOfMoney, type Source } from './attribution.js';
import { addDays } from './day.js';
import { sum } from './money.js';

const source = (key: string, remaining: bigint, changes: Partial<Source> = {}): Source => ({
  key,
  funder: key,
  earmark: null,
  on: '2025-01-01',
  remaining,
  ...changes,
});

const anySources = fc
  .array(
    fc.record({
      funder: fc.constantFrom('A', 'B', 'C'),
      earmark: fc.constantFrom(null, null, 'reading', 'housing'),
      on: fc.integer({ min: 0, max: 30 }).map((offset) => addDays('2025-01-01', offset)),
      remaining: fc.bigInt({ min: 0n, max: 10n ** 18n }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((sources) => sources.map((each, index): Source => ({ key: String(index), ...each })));

describe('whose money pays', () => {
  it('pro rata: by remaining balance, the odd unit to the earlier', () => {
    expect(
      attribute('pro_rata', [source('A', 600n), source('B', 300n), source('C', 100n)], 501n, []),
    ).toEqual([
      { key: 'A', amount: 301n },
      { key: 'B', amount: 150n },
      { key: 'C', amount: 50n },
    ]);
  });

  it('pro rata: a funder has one share, however many contributions it made', () => {
    const sources = [
      source('1', 5n, { funder: 'A' }),
      source('2', 10n, { funder: 'B' }),
      source('3', 5n, { funder: 'A' }),
    ];
    expect(attribute('pro_rata', sources, 3n, [])).toEqual([
      { key: '1', amount: 2n },
      { key: '2', amount: 1n },
    ]);
  });

  it('pro rata: earmarked money is not used, even for its own purpose', () => {
    const sources = [source('A', 100n, { earmark: 'reading' }), source('B', 100n)];
    expect(attribute('pro_rata', sources, 100n, ['reading'])).toEqual([{ key: 'B', amount: 100n }]);
    expect(() => attribute('pro_rata', sources, 101n, ['reading'])).toThrow(ShortOfMoney);
  });

  it('fifo: the oldest first, those of one day as they stand', () => {
    const sources = [source('A', 100n, { on: '2025-01-02' }), source('B', 100n), source('C', 100n)];
    expect(attribute('fifo', sources, 150n, [])).toEqual([
      { key: 'B', amount: 100n },
      { key: 'C', amount: 50n },
    ]);
  });

  it('fifo: money earmarked to the purpose takes its turn by date', () => {
    const sources = [
      source('A', 100n, { on: '2025-01-02' }),
      source('B', 100n, { earmark: 'reading' }),
      source('C', 100n, { earmark: 'housing' }),
    ];
    expect(attribute('fifo', sources, 150n, ['reading'])).toEqual([
      { key: 'A', amount: 50n },
      { key: 'B', amount: 100n },
    ]);
  });

  it('earmark first: what matches the goal or the grant, pro rata, then unearmarked', () => {
    const sources = [
      source('A', 100n, { earmark: 'reading' }),
      source('B', 100n),
      source('C', 100n, { earmark: 'housing' }),
      source('D', 300n, { earmark: 'grant 7' }),
    ];
    expect(attribute('earmark_first', sources, 40n, ['reading', 'grant 7'])).toEqual([
      { key: 'A', amount: 10n },
      { key: 'D', amount: 30n },
    ]);
    expect(attribute('earmark_first', sources, 450n, ['reading', 'grant 7'])).toEqual([
      { key: 'A', amount: 100n },
      { key: 'B', amount: 50n },
      { key: 'D', amount: 300n },
    ]);
  });

  it('short money is refused with the shortfall', () => {
    const short = () => attribute('fifo', [source('A', 10_000n)], 10_001n, []);
    expect(short).toThrow(
      expect.objectContaining({ code: 'shortOfMoney', needed: 10_001n, free: 10_000n, shortfall: 1n }),
    );
  });

  it('nothing is paid by nobody, and less than nothing is refused', () => {
    expect(attribute('pro_rata', [], 0n, [])).toEqual([]);
    expect(() => attribute('pro_rata', [], -1n, [])).toThrow('cannot be negative');
  });

  it('over any history: parts sum to the whole, nobody is overdrawn, foreign earmarks stay untouched', () => {
    fc.assert(
      fc.property(
        anySources,
        fc.array(fc.tuple(fc.constantFrom(...attributionRules), fc.bigInt({ min: 0n, max: 10n ** 18n })), {
          maxLength: 8,
        }),
        (sources, payments) => {
          for (const [rule, amount] of payments) {
            let drawings;
            try {
              drawings = attribute(rule, sources, amount, ['reading']);
            } catch (error) {
              const free = sources.filter(
                ({ earmark }) => earmark === null || (rule !== 'pro_rata' && earmark === 'reading'),
              );
              expect(error).toBeInstanceOf(ShortOfMoney);
              expect(sum(free.map(({ remaining }) => remaining)) < amount).toBe(true);
              continue;
            }
            expect(sum(drawings.map((drawing) => drawing.amount))).toBe(amount);
            for (const drawing of drawings) {
              const drawn = sources.find(({ key }) => key === drawing.key)!;
              drawn.remaining -= drawing.amount;
              expect(drawn.remaining >= 0n && drawing.amount > 0n && drawn.earmark !== 'housing').toBe(true);
            }
          }
        },
      ),
    );
  });

  it('fifo by date does not depend on the order of the list', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }),
        fc.bigInt({ min: 0n, max: 600n }),
        (order, amount) => {
          const sources = order.map((day) => source(String(day), 100n, { on: addDays('2025-01-01', day) }));
          const byKey = (keys: Source[]) =>
            attribute('fifo', keys, amount, []).sort((a, b) => a.key.localeCompare(b.key));
          expect(byKey(sources)).toEqual(byKey(sources.toSorted((a, b) => a.key.localeCompare(b.key))));
        },
      ),
    );
  });
});
