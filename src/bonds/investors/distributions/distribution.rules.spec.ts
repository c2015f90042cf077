import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseAmount, sum } from '../../../maths/money.js';
import type { ReturnTerms, TierTerm } from '../../contracts/bond-terms.js';
import { capitalStretches, type DistributionInputs, workOut } from './distribution.rules.js';
import { inputsOf, kept } from './kept-working.js';

const flows = (
  partyId: string,
  drawn: bigint,
  distributions: { on: string; capital: bigint; income: bigint }[] = [],
) => ({
  ...{ partyId, investor: partyId, distributions },
  drawdowns: [{ on: '2022-01-01', amount: drawn }],
});
const tiers: TierTerm[] = [
  { kind: 'fee', amount: '100.00' },
  { kind: 'capital' },
  { kind: 'preferred', rate: '0.06', dayCount: 'ACT/365', compounding: 'none' },
  { kind: 'residual', shares: { investors: '0.5', provider: '0.3', pool: '0.2' } },
];
const waterfall: ReturnTerms = { kind: 'waterfall', tiers };
const ladder: ReturnTerms = {
  kind: 'couponLadder',
  dayCount: '30/360',
  bands: [
    { from: null, fromInclusive: true, to: '80', toInclusive: false, rate: '0' },
    { from: '80', fromInclusive: true, to: '100', toInclusive: false, rate: '0.03' },
    { from: '100', fromInclusive: true, to: null, toInclusive: true, rate: '0.05' },
  ],
};
const given = (more: Partial<DistributionInputs> = {}): DistributionInputs => ({
  ...{ source: 'proceeds', currency: 'GBP', asOf: '2024-01-01', available: 1_200_00n, returns: waterfall },
  ...{ feesPaid: 0n, outcomes: null, investors: [flows('A', 600_00n), flows('B', 400_00n)] },
  ...more,
});
const paidByTier = (inputs: DistributionInputs) =>
  workOut(inputs).tiers.map(({ kind, paid }) => [kind, paid]);

describe('a distribution by a waterfall', () => {
  it('pays tier by tier, and keeps the pool’s share in the bond', () => {
    const result = workOut(given({ available: 1_300_00n }));
    expect(result.tiers).toEqual([
      { kind: 'fee', paid: 100_00n, perInvestor: [], provider: 0n, pool: 0n },
      { kind: 'capital', paid: 1_000_00n, perInvestor: [600_00n, 400_00n], provider: 0n, pool: 0n },
      { kind: 'preferred', paid: 120_00n, perInvestor: [72_00n, 48_00n], provider: 0n, pool: 0n },
      { kind: 'residual', paid: 80_00n, perInvestor: [24_00n, 16_00n], provider: 24_00n, pool: 16_00n },
    ]);
    expect(result.totals).toEqual({ fee: 100_00n, investors: 1_160_00n, provider: 24_00n, pool: 16_00n });
    expect([result.paid, result.remaining]).toEqual([1_284_00n, 0n]);
    expect(result.shares.map(({ capital, income }) => [capital, income])).toEqual([
      [600_00n, 96_00n],
      [400_00n, 64_00n],
    ]);
  });

  it('takes a fee once: what earlier distributions paid of it is not paid again', () => {
    expect(paidByTier(given({ available: 50_00n, feesPaid: 60_00n }))[0]).toEqual(['fee', 40_00n]);
    expect(paidByTier(given({ available: 50_00n, feesPaid: 100_00n }))[0]).toEqual(['fee', 0n]);
  });

  it('goes on where the one before it ended', () => {
    const investors = [
      flows('A', 600_00n, [{ on: '2023-01-01', capital: 600_00n, income: 36_00n }]),
      flows('B', 400_00n, [{ on: '2023-01-01', capital: 300_00n, income: 0n }]),
    ];
    const { tiers: worked, shares } = workOut(given({ available: 200_00n, feesPaid: 100_00n, investors }));
    expect(worked.map(({ kind, perInvestor }) => [kind, perInvestor])).toEqual([
      ['fee', []],
      ['capital', [0n, 100_00n]],
      ['preferred', [0n, 30_00n]],
      ['residual', [21_00n, 14_00n]],
    ]);
    expect(shares.map(({ capital, income }) => [capital, income])).toEqual([
      [0n, 21_00n],
      [100_00n, 44_00n],
    ]);
  });

  it('calls capital what goes beyond the capital tier while capital is out', () => {
    // By other terms, its capital came through the preferred return: the ledger says it is still out.
    const investors = [flows('A', 600_00n, [{ on: '2024-01-01', capital: 0n, income: 600_00n }])];
    const { shares } = workOut(given({ available: 200_00n, feesPaid: 100_00n, investors }));
    expect(shares.map(({ capital, income }) => [capital, income])).toEqual([[136_00n, 0n]]);
  });
});

describe('a distribution by a coupon ladder', () => {
  const outcomes = { reached: 90_00n, expected: 100_00n };

  it('returns capital first, then the coupon that outcomes are worth, by capital and the days it was out', () => {
    const result = workOut(given({ returns: ladder, outcomes, available: 1_200_00n }));
    expect(result.tiers.map(({ kind, paid, perInvestor }) => [kind, paid, perInvestor])).toEqual([
      ['capital', 1_000_00n, [600_00n, 400_00n]],
      ['coupon', 60_00n, [36_00n, 24_00n]],
    ]);
    expect([result.remaining, result.coupon]).toEqual([140_00n, { percent: '90.00', rate: '0.03' }]);
  });

  it('pays of the coupon only what was not paid yet, on capital as it went back', () => {
    const investors = [flows('A', 600_00n, [{ on: '2023-01-01', capital: 300_00n, income: 10_00n }])];
    // 600 for a year and 300 for another, at 3 %: 27, of which it had 10.
    const { tiers: worked } = workOut(given({ returns: ladder, outcomes, investors }));
    expect(worked.map(({ paid }) => paid)).toEqual([300_00n, 17_00n]);
  });

  it.each([
    [{ reached: 79_99n, expected: 100_00n }, 0n],
    [{ reached: 100_00n, expected: 100_00n }, 100_00n],
  ])('at %j pays the coupon of that band', (of, coupon) => {
    expect(workOut(given({ returns: ladder, outcomes: of })).tiers[1]!.paid).toBe(coupon);
  });

  it('cannot be worked out where no plan says what was expected', () => {
    expect(() => workOut(given({ returns: ladder }))).toThrow('no plan says so');
  });
});

describe('what the guarantor paid', () => {
  it('is capital, to each by what it has lost', () => {
    const investors = [
      flows('A', 600_00n, [{ on: '2023-01-01', capital: 600_00n, income: 5_00n }]),
      flows('B', 400_00n),
    ];
    const result = workOut(given({ source: 'guarantee', available: 150_00n, investors }));
    expect(result.shares.map(({ capital, income }) => [capital, income])).toEqual([
      [0n, 0n],
      [150_00n, 0n],
    ]);
    expect([result.paid, result.remaining, result.totals.fee]).toEqual([150_00n, 0n, 0n]);
  });
});

describe('any distribution', () => {
  const money = fc.bigInt({ min: 0n, max: 10_000_00n });
  const anyInputs = fc
    .tuple(
      money,
      money,
      money,
      fc.constantFrom(waterfall, ladder),
      fc.constantFrom('proceeds' as const, 'guarantee' as const),
    )
    .map(([available, a, b, returns, source]) =>
      given({
        ...{ available, returns, source, outcomes: { reached: 95n, expected: 100n } },
        investors: [flows('A', a + 1n), flows('B', b)],
      }),
    );

  it('comes to what was available, and never returns more capital than is out', () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const { tiers: worked, paid, remaining, totals, shares } = workOut(inputs);
        expect(sum(worked.map((tier) => tier.paid)) + remaining).toBe(inputs.available);
        expect(paid + totals.pool + remaining).toBe(inputs.available);
        expect(sum(shares.map(({ capital, income }) => capital + income))).toBe(totals.investors);
        shares.forEach(({ capital }, place) =>
          expect(capital <= inputs.investors[place]!.drawdowns[0]!.amount).toBe(true),
        );
      }),
    );
  });

  it('is worked out again from what was kept of it', () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const json = JSON.parse(JSON.stringify({ inputs: kept(inputs, 'GBP') })) as Parameters<
          typeof inputsOf
        >[0];
        expect(workOut(inputsOf(json))).toEqual(workOut(inputs));
      }),
    );
  });
});

describe('capital that is out', () => {
  it('is counted from what comes to what goes', () => {
    const investor = flows('A', 600_00n, [{ on: '2022-07-01', capital: 600_00n, income: 0n }]);
    investor.drawdowns.push({ on: '2022-03-01', amount: 50_00n });
    expect(capitalStretches(investor, '2022-12-31')).toEqual([
      { from: '2022-01-01', to: '2022-03-01', capital: 600_00n },
      { from: '2022-03-01', to: '2022-07-01', capital: 650_00n },
      { from: '2022-07-01', to: '2022-12-31', capital: 50_00n },
    ]);
  });
});

interface Case {
  name: string;
  input: {
    currency: string;
    available: string;
    asOf: string;
    investors: { investor: string; drawdowns: { on: string; amount: string }[] }[];
    tiers: TierTerm[];
  };
  output: { tiers: { paid: string; perInvestor: { amount: string }[] }[]; remaining: string };
}

// Worked cases that live beside the project, where they are at hand.
const casesFile = new URL('../../../../../shared/cases/waterfall.json', import.meta.url);

describe('the worked cases of waterfalls', () => {
  if (existsSync(casesFile)) {
    const cases = JSON.parse(readFileSync(casesFile, 'utf8')) as Case[];
    it.each(cases)('$name', ({ input, output }) => checkCase(input, output));
  } else {
    it('are not beside the project (../shared/cases): nothing to compare with', () => {
      expect(existsSync(casesFile)).toBe(false);
    });
  }
});

function checkCase(input: Case['input'], output: Case['output']): void {
  const minor = (text: string) => parseAmount(text, input.currency);
  const { tiers: worked, remaining } = workOut({
    ...{ source: 'proceeds', currency: input.currency, asOf: input.asOf, available: minor(input.available) },
    ...{ returns: { kind: 'waterfall', tiers: input.tiers }, feesPaid: 0n, outcomes: null },
    investors: input.investors.map(({ investor, drawdowns }) => ({
      ...{ partyId: investor, investor, distributions: [] },
      drawdowns: drawdowns.map(({ on, amount }) => ({ on, amount: minor(amount) })),
    })),
  });
  expect(worked.map(({ paid, perInvestor }) => ({ paid, perInvestor }))).toEqual(
    output.tiers.map(({ paid, perInvestor }) => ({
      paid: minor(paid),
      perInvestor: perInvestor.map(({ amount }) => minor(amount)),
    })),
  );
  expect(remaining).toBe(minor(output.remaining));
}
