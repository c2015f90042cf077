import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type Day } from './day.js';
import { dayCounts } from './day-count.js';
import { compoundings } from './interest.js';
import { sum } from './money.js';
import { payWaterfall, type WaterfallInvestor, type WaterfallPlan } from './waterfall.js';
import type { ResidualShares, Tier } from './waterfall-tiers.js';
import { xirr } from './xirr.js';

type Flows = [on: Day, amount: bigint][];
const dated = (flows: Flows) => flows.map(([on, amount]) => ({ on, amount }));
const investor = (name: string, drawdowns: Flows, distributions: Flows = []): WaterfallInvestor => ({
  investor: name,
  drawdowns: dated(drawdowns),
  distributions: dated(distributions),
});

const capital: Tier = { kind: 'capital' };
const sixPercent: Tier = { kind: 'preferred', rate: '0.06', dayCount: 'ACT/365', compounding: 'none' };
const residual = (investors: string, provider: string, pool: string): Tier => ({
  kind: 'residual',
  shares: { investors, provider, pool },
});

const plan = (changes: Partial<WaterfallPlan>): WaterfallPlan => ({
  available: 1_000_000n,
  asOf: '2024-01-01',
  investors: [investor('A', [['2022-01-01', 100_000n]])],
  tiers: [capital, sixPercent],
  ...changes,
});
/** What each tier paid each investor, a line for each tier. */
const lines = (changes: Partial<WaterfallPlan>) =>
  payWaterfall(plan(changes)).tiers.map(
    ({ kind, paid, perInvestor }) => `${kind} ${paid}: ${perInvestor.join(' ')}`,
  );

const twoInvestors = [investor('A', [['2022-01-01', 60_000n]]), investor('B', [['2022-01-01', 40_000n]])];

describe('the tiers in their order', () => {
  const tiers: Tier[] = [{ kind: 'fee', amount: 1_000n }, capital, sixPercent, residual('0.5', '0.3', '0.2')];

  it.each([
    [0n, ['fee 0: ', 'capital 0: 0 0', 'preferred 0: 0 0', 'residual 0: 0 0'], 0n, 0n],
    [999n, ['fee 999: ', 'capital 0: 0 0', 'preferred 0: 0 0', 'residual 0: 0 0'], 0n, 0n],
    [51_000n, ['fee 1000: ', 'capital 50000: 30000 20000', 'preferred 0: 0 0', 'residual 0: 0 0'], 0n, 0n],
    [
      113_001n,
      ['fee 1000: ', 'capital 100000: 60000 40000', 'preferred 12000: 7200 4800', 'residual 1: 1 0'],
      0n,
      0n,
    ],
    [
      120_000n,
      ['fee 1000: ', 'capital 100000: 60000 40000', 'preferred 12000: 7200 4800', 'residual 7000: 2100 1400'],
      2_100n,
      1_400n,
    ],
  ])('%d are paid until they end', (available, expected, provider, pool) => {
    const asked = { available, investors: twoInvestors, tiers };
    expect(lines(asked)).toEqual(expected);
    expect(payWaterfall(plan(asked)).totals).toMatchObject({ provider, pool });
  });

  it('without a residual tier, what is left remains', () => {
    expect(payWaterfall(plan({ available: 200_000n }))).toMatchObject({
      totals: { fee: 0n, investors: 112_000n, provider: 0n, pool: 0n },
      remaining: 88_000n,
    });
  });

  it('a preferred return may come before the capital, and a fee after it', () => {
    expect(
      lines({ available: 20_000n, tiers: [sixPercent, capital, { kind: 'fee', amount: 500n }] }),
    ).toEqual(['preferred 12000: 12000', 'capital 8000: 8000', 'fee 0: ']);
  });

  it('short money is shared by what each is owed in that tier, the odd unit to the larger remainder', () => {
    // B came a year later, so of 18 owed A has 12 and B 6.
    const investors = [investor('A', [['2022-01-01', 100n]]), investor('B', [['2023-01-01', 100n]])];
    expect(lines({ available: 211n, investors })).toEqual(['capital 200: 100 100', 'preferred 11: 7 4']);
  });

  it('the residual goes by all that was drawn, also where it has come back', () => {
    const investors = [
      investor('A', [['2022-01-01', 300n]], [['2022-01-01', 300n]]),
      investor('B', [['2022-01-01', 100n]]),
    ];
    const asked = { available: 500n, investors, tiers: [capital, residual('1', '0', '0')] };
    expect(lines(asked)).toEqual(['capital 100: 0 100', 'residual 400: 300 100']);
  });
});

describe('the preferred return', () => {
  const only = (preferred: Partial<Tier & { kind: 'preferred' }>, investors: WaterfallInvestor[]) =>
    lines({ tiers: [{ ...sixPercent, ...preferred }], investors });

  it('runs from each drawdown', () => {
    // 100,000 for 730 days and 50,000 for 365: 12,000 and 3,000.
    const two: Flows = [
      ['2022-01-01', 100_000n],
      ['2023-01-01', 50_000n],
    ];
    expect(only({}, [investor('A', two)])).toEqual(['preferred 15000: 15000']);
  });

  it('runs on capital as long as it is out', () => {
    // 100,000 for 365 days, then 40,000: 6,000 and 2,400.
    const asked = {
      tiers: [capital, sixPercent],
      investors: [investor('A', [['2022-01-01', 100_000n]], [['2023-01-01', 60_000n]])],
    };
    expect(lines(asked)).toEqual(['capital 40000: 40000', 'preferred 8400: 8400']);
  });

  it('compounds on the anniversaries of each drawdown', () => {
    // 100,000 × 1.1² - 100,000, and 100,000 for one and a half years: 10,000, then 5,500 that have not joined.
    const tenPercent = { rate: '0.1', dayCount: '30/360', compounding: 'yearly' } as const;
    const flows: Flows = [
      ['2022-01-01', 100_000n],
      ['2022-07-01', 100_000n],
    ];
    expect(only(tenPercent, [investor('A', flows)])).toEqual(['preferred 36500: 36500']);
  });

  it('bears no more interest on what has been paid of it', () => {
    // 10,000 after a year, of which 4,000 are paid; 106,000 for a year: 10,600. 6,000 and 10,600 are owed.
    const terms = { rate: '0.1', dayCount: '30/360', compounding: 'yearly' } as const;
    const asked = [investor('A', [['2022-01-01', 100_000n]], [['2023-01-01', 4_000n]])];
    expect(only(terms, asked)).toEqual(['preferred 16600: 16600']);
  });

  it('keeps the part of a unit that was rounded', () => {
    // 1.5 a year on 25: 2 are paid after the first, and after the second 3 are owed in all.
    const asked = [investor('A', [['2022-01-01', 25n]], [['2023-01-01', 2n]])];
    expect(only({}, asked)).toEqual(['preferred 1: 1']);
  });
});

describe('what was distributed before', () => {
  it('went through its investor’s tiers on its day, whatever fee is to be paid now', () => {
    // 120,000 on 2023-01-01: 100,000 of capital, 6,000 preferred, 14,000 of the residual. Nothing is owed since.
    const asked = {
      available: 1_000n,
      investors: [investor('A', [['2022-01-01', 100_000n]], [['2023-01-01', 120_000n]])],
      tiers: [{ kind: 'fee', amount: 400n }, capital, sixPercent, residual('0', '0', '1')] as Tier[],
    };
    expect(lines(asked)).toEqual(['fee 400: ', 'capital 0: 0', 'preferred 0: 0', 'residual 600: 0']);
  });

  it('counts on the day of a drawdown after it', () => {
    const asked = [investor('A', [['2022-01-01', 100_000n]], [['2022-01-01', 100_000n]])];
    expect(lines({ investors: asked })).toEqual(['capital 0: 0', 'preferred 0: 0']);
  });

  it('before all that was drawn, it returned none of it', () => {
    const asked = [investor('A', [['2022-01-01', 100_000n]], [['2021-12-31', 50_000n]])];
    expect(lines({ investors: asked })).toEqual(['capital 100000: 100000', 'preferred 12000: 12000']);
  });

  it('pays preferred before capital where the tiers say so, and then capital stays out', () => {
    // After a year 6,000 preferred and 4,000 of capital; 96,000 for another: 5,760.
    const asked = [investor('A', [['2022-01-01', 100_000n]], [['2023-01-01', 10_000n]])];
    expect(lines({ investors: asked, tiers: [sixPercent, capital] })).toEqual([
      'preferred 5760: 5760',
      'capital 96000: 96000',
    ]);
  });
});

describe('up to a rate of return', () => {
  const cap = (rate: string): Tier => ({ kind: 'irrCap', rate });

  it('in whole years it is exact', () => {
    expect(lines({ tiers: [cap('0.1')] })).toEqual(['irrCap 121000: 121000']);
  });

  it('counts what the tiers before it pay', () => {
    expect(lines({ tiers: [capital, sixPercent, cap('0.1'), cap('0.2')] })).toEqual([
      'capital 100000: 100000',
      'preferred 12000: 12000',
      'irrCap 9000: 9000',
      'irrCap 23000: 23000',
    ]);
  });

  it('counts what was paid before at its day, and goes by each investor’s own flows', () => {
    // A: 121,000 - 55,000 × 1.1. B has more than its ten per cent. C came later: 110,000.
    const investors = [
      investor('A', [['2022-01-01', 100_000n]], [['2023-01-01', 55_000n]]),
      investor('B', [['2022-01-01', 100_000n]], [['2023-01-01', 111_000n]]),
      investor('C', [['2023-01-01', 100_000n]]),
    ];
    expect(lines({ investors, tiers: [cap('0.1')] })).toEqual(['irrCap 170500: 60500 0 110000']);
  });

  it('in parts of a year it is rounded up: a unit less would not reach it', () => {
    // 100,000 × 1.1 ^ (182 ÷ 365) = 104,867.06…
    const asOf = '2022-07-02';
    expect(lines({ asOf, tiers: [cap('0.1')] })).toEqual(['irrCap 104868: 104868']);
    const rateOf = (amount: bigint) =>
      xirr([
        { on: '2022-01-01', amount: -100_000n },
        { on: asOf, amount },
      ]).rate;
    expect(rateOf(104_868n)! >= '0.1').toBe(true);
    expect(rateOf(104_867n)! < '0.1').toBe(true);
  });
});

describe('what is refused', () => {
  it.each<[string, Partial<WaterfallPlan>, string]>([
    ['shares that are not the whole', { tiers: [residual('0.5', '0.3', '0.21')] }, '/tiers/0/shares'],
    ['a tier after the residual', { tiers: [residual('1', '0', '0'), capital] }, '/tiers/1'],
    [
      'a drawdown after the day',
      { investors: [investor('A', [['2024-01-02', 1n]])] },
      '/investors/0/drawdowns/0/on',
    ],
    [
      'a distribution after the day',
      { investors: [investor('A', [['2022-01-01', 1n]], [['2024-01-02', 1n]])] },
      '/investors/0/distributions/0/on',
    ],
    [
      'a residual for investors of whom none has drawn',
      { investors: [investor('A', [])], tiers: [residual('1', '0', '0')] },
      '/investors',
    ],
  ])('%s', (_, changes, pointer) => {
    expect(() => payWaterfall(plan(changes))).toThrow(expect.objectContaining({ pointer }));
  });
});

describe('whatever the terms', () => {
  const on = fc.integer({ min: 0, max: 1500 }).map((offset) => addDays('2020-01-01', offset));
  const flows = (most: bigint, maxLength: number) =>
    fc.array(fc.record({ on, amount: fc.bigInt({ min: 0n, max: most }) }), { maxLength });
  const rate = fc.integer({ min: 0, max: 3000 }).map((points) => `0.${String(points).padStart(4, '0')}`);
  const shares = fc
    .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }))
    .map(([a, b]): ResidualShares => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const [investors, provider, pool] = [low, high - low, 100 - high].map((part) =>
        (part / 100).toFixed(2),
      );
      return { investors: investors!, provider: provider!, pool: pool! };
    });
  const beforeResidual: fc.Arbitrary<Tier> = fc.oneof(
    fc.record({ kind: fc.constant('fee' as const), amount: fc.bigInt({ min: 0n, max: 10_000n }) }),
    fc.constant(capital),
    fc.record({
      kind: fc.constant('preferred' as const),
      rate,
      dayCount: fc.constantFrom(...dayCounts),
      compounding: fc.constantFrom(...compoundings),
    }),
    fc.record({ kind: fc.constant('irrCap' as const), rate }),
  );
  const anyPlan = fc.record({
    available: fc.bigInt({ min: 0n, max: 10n ** 7n }),
    asOf: fc.constant('2025-02-28'),
    investors: fc
      .array(fc.record({ drawdowns: flows(10n ** 6n, 4), distributions: flows(500_000n, 3) }), {
        minLength: 1,
        maxLength: 4,
      })
      .map((investors) =>
        investors.map(({ drawdowns, distributions }, index): WaterfallInvestor => ({
          investor: String(index),
          // Somebody has always drawn something.
          drawdowns: [...drawdowns, { on: '2020-06-30', amount: 1n }],
          distributions,
        })),
      ),
    tiers: fc
      .tuple(fc.array(beforeResidual, { maxLength: 4 }), fc.option(shares))
      .map(([first, last]): Tier[] => (last ? [...first, { kind: 'residual', shares: last }] : first)),
  });
  const receivedBy = ({ tiers }: ReturnType<typeof payWaterfall>, place: number) =>
    sum(tiers.map(({ perInvestor }) => perInvestor[place] ?? 0n));

  it('all that is available is paid or remains, and nobody is paid less than nothing', () => {
    fc.assert(
      fc.property(anyPlan, (asked) => {
        const { tiers, totals, remaining } = payWaterfall(asked);
        expect(sum(tiers.map(({ paid }) => paid)) + remaining).toBe(asked.available);
        expect(sum(Object.values(totals)) + remaining).toBe(asked.available);
        expect(totals.investors).toBe(sum(tiers.flatMap(({ perInvestor }) => perInvestor)));
        const amounts = [remaining, ...tiers.flatMap(({ paid, perInvestor }) => [paid, ...perInvestor])];
        expect(amounts.every((amount) => amount >= 0n)).toBe(true);
      }),
    );
  });

  it('a tier is paid only when those before it are paid in full', () => {
    fc.assert(
      fc.property(anyPlan, (asked) => {
        const { tiers } = payWaterfall(asked);
        const inFull = payWaterfall({ ...asked, available: 10n ** 12n }).tiers;
        tiers.slice(1).forEach(({ paid }, index) => {
          if (paid > 0n) expect(tiers[index]!.paid).toBe(inFull[index]!.paid);
        });
      }),
    );
  });

  it('more available never pays an investor less, but for the odd unit of largest remainders', () => {
    fc.assert(
      fc.property(anyPlan, fc.bigInt({ min: 0n, max: 10n ** 6n }), (asked, more) => {
        const before = payWaterfall(asked);
        const after = payWaterfall({ ...asked, available: asked.available + more });
        asked.investors.forEach((_, place) => {
          // Where three or more share, a larger whole may move the odd unit to somebody else (the Alabama paradox).
          const oddUnit = asked.investors.length > 1 ? 1n : 0n;
          expect(receivedBy(after, place) >= receivedBy(before, place) - oddUnit).toBe(true);
        });
      }),
    );
  });

  it('what is paid up to a rate of return gives each investor that rate, and not a unit more', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ on, amount: fc.bigInt({ min: 1_000n, max: 10n ** 6n }) }), {
          minLength: 1,
          maxLength: 4,
        }),
        rate,
        (drawdowns, capRate) => {
          const asOf = '2025-02-28';
          const paid = payWaterfall({
            available: 10n ** 12n,
            asOf,
            investors: [{ investor: 'A', drawdowns, distributions: [] }],
            tiers: [capital, { kind: 'irrCap', rate: capRate }],
          }).totals.investors;
          const rateOf = (amount: bigint) =>
            xirr([...drawdowns.map((flow) => ({ ...flow, amount: -flow.amount })), { on: asOf, amount }])
              .rate!;
          expect(Number(rateOf(paid)) >= Number(capRate)).toBe(true);
          // Ten places do not always tell a unit: then the rates are the same.
          expect(Number(rateOf(paid - 1n)) <= Number(capRate)).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('a distribution and the waterfall of a day are one: who was paid first that day is owed so much less', () => {
    fc.assert(
      fc.property(anyPlan, fc.bigInt({ min: 0n, max: 10n ** 6n }), (asked, early) => {
        const [first] = asked.investors;
        const alone = {
          ...asked,
          investors: [first!],
          tiers: asked.tiers.filter(({ kind }) => kind !== 'fee' && kind !== 'residual'),
        };
        const whole = payWaterfall({ ...alone, available: early + asked.available });
        const paidEarly = {
          ...first!,
          distributions: [...first!.distributions, { on: asked.asOf, amount: early }],
        };
        const split = payWaterfall({ ...alone, investors: [paidEarly] });
        const most = payWaterfall({ ...alone, available: 10n ** 12n }).totals.investors;
        const throughTiers = early < most ? early : most;
        expect(split.totals.investors + throughTiers).toBe(whole.totals.investors);
      }),
    );
  });
});
