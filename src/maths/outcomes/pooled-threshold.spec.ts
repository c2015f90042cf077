import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatShortest, parseDecimal } from '../exact.js';
import { sum } from '../money.js';
import { payClaims } from './outcome-payments.js';
import { meanTo } from './pooled-threshold.js';
import type { Claim, PriceBand } from './rate-card.js';
import { emptyTally, totalOf } from './tally.js';
import { agreeTerms, type TermsGiven } from './terms.js';

const from = (bound: string, price: bigint): PriceBand => ({
  ...{ from: parseDecimal(bound), fromInclusive: true, to: null, toInclusive: false },
  price,
});

/** £10.00 for each of a cohort that falls by 10 per cent; £6.00 for those that did not, if all fell by 7.5 together. */
const given: TermsGiven = {
  rateCard: [
    { metric: 'fall', kind: 'threshold', price: 0n, bands: [from('10', 1000n)], fallback: from('7.5', 600n) },
  ],
  caps: {},
  payers: [{ payer: 'State', weight: '1' }],
  carryForward: false,
};
const terms = agreeTerms(given);

const cohort = (period: string, value: string, quantity: string, people?: string[]): Claim => ({
  ...{ metric: 'fall', period, value, quantity },
  ...(people && { people }),
});
/** "gross by which threshold at which mean, earlier quantity". */
const paid = (claims: Claim[], by = terms) =>
  payClaims(by, claims, emptyTally()).map(({ gross, working }) => {
    const { threshold, mean, earlier } = (
      working as { pooled: NonNullable<typeof working & { by: 'value' }>['pooled'] }
    ).pooled!;
    return `${gross} ${threshold} ${mean && formatShortest(meanTo(mean, 4))} ${formatShortest(earlier)}`;
  });

describe('a threshold with a pooled fallback', () => {
  it('pays a cohort that reaches its own threshold by that, whatever the pool', () => {
    expect(paid([cohort('1', '10', '100')])).toEqual(['100000 own 10 0']);
    expect(paid([cohort('1', '0', '900'), cohort('2', '10', '100')])).toEqual([
      '0 neither 0 0',
      '100000 own 1 0',
    ]);
  });

  it('pays one that misses it by the fallback, where the mean by quantity reaches that', () => {
    expect(paid([cohort('1', '12', '100'), cohort('2', '6', '200')])).toEqual([
      '100000 own 12 0',
      '120000 pooled 8 0',
    ]);
  });

  it('pays then also those that had missed before, once', () => {
    const claims = [
      cohort('1', '5', '100'),
      cohort('2', '7', '50'),
      cohort('3', '9.9', '200'),
      cohort('4', '8', '10'),
    ];
    expect(paid(claims)).toEqual([
      '0 neither 5 0',
      '0 neither 5.6667 0',
      // 350 × £6.00
      '210000 pooled 8.0857 150',
      '6000 pooled 8.0833 0',
    ]);
  });

  it('leaves what was paid as it was, when the mean falls again', () => {
    expect(paid([cohort('1', '8', '100'), cohort('2', '0', '100')])).toEqual([
      '60000 pooled 8 0',
      '0 neither 4 0',
    ]);
  });

  it('is exact at the bound: a mean just below it, which rounds to it, does not reach it', () => {
    expect(paid([cohort('1', '7', '2'), cohort('2', '7.75', '4')])).toEqual([
      '0 neither 7 0',
      '3600 pooled 7.5 2',
    ]);
    expect(paid([cohort('1', '7.49999999', '3')])).toEqual(['0 neither 7.5 0']);
    const above = { ...from('7.5', 600n), fromInclusive: false };
    const open = agreeTerms({ ...given, rateCard: [{ ...given.rateCard[0]!, fallback: above }] });
    expect(paid([cohort('1', '7.5', '2')], open)).toEqual(['0 neither 7.5 0']);
  });

  it('counts a rejected cohort, whose quantity is nothing, for nothing', () => {
    expect(paid([cohort('1', '90', '0'), cohort('2', '7', '10')])).toEqual(['0 own null 0', '0 neither 7 0']);
  });

  it('shares what it pays late among the people of each claim', () => {
    const claims = [cohort('1', '5', '3', ['a', 'b']), cohort('2', '9', '5', ['c'])];
    const [, second] = payClaims(terms, claims, emptyTally());
    expect(second!.working!.parts).toEqual([
      { person: 'a', amount: 900n },
      { person: 'b', amount: 900n },
      { person: 'c', amount: 3000n },
    ]);
  });

  it.each([
    [
      { ...given.rateCard[0]!, kind: 'band' as const },
      'Only a threshold has a pooled fallback, and “fall” is none.',
      '/rateCard/0/fallback',
    ],
    [
      { ...given.rateCard[0]!, fallback: { ...from('8', 1n), to: parseDecimal('7') } },
      'No value can be in a band from 8 to 7. Its from must come first.',
      '/rateCard/0/fallback/to',
    ],
  ])('is refused where it means nothing', (line, detail, pointer) => {
    expect(() => agreeTerms({ ...given, rateCard: [line] })).toThrow(
      expect.objectContaining({ detail, pointer }),
    );
  });
});

const anyCohorts = fc.array(
  fc.record({
    metric: fc.constant('fall'),
    period: fc.constantFrom('1', '2', '3'),
    value: fc.bigInt({ min: -5n, max: 15n }).map(String),
    quantity: fc.bigInt({ min: 0n, max: 40n }).map(String),
    people: fc.constantFrom(undefined, ['a'], ['a', 'b', 'c']),
  }),
  { maxLength: 12 },
);

describe('over any cohorts, a pooled fallback', () => {
  it('pays each cohort once at most: by its own threshold, by the fallback, or not at all', () => {
    fc.assert(
      fc.property(anyCohorts, (claims) => {
        const lines = payClaims(terms, claims, emptyTally());
        const thresholds = lines.map(({ working }) =>
          working!.by === 'value' ? working!.pooled!.threshold : null,
        );
        const quantity = (isMeant: (place: number) => boolean) =>
          sum(claims.flatMap((claim, place) => (isMeant(place) ? [BigInt(claim.quantity)] : [])));
        // Misses up to the last time that the pool was reached are paid; those after it wait.
        const last = thresholds.lastIndexOf('pooled');
        const owed =
          1000n * quantity((place) => thresholds[place] === 'own') +
          600n * quantity((place) => thresholds[place] !== 'own' && place <= last);
        expect(sum(lines.map(({ gross }) => gross))).toBe(owed);
        for (const { working, gross } of lines) expect(totalOf(working!.parts)).toBe(gross);
      }),
    );
  });

  it('never pays less than the threshold alone would', () => {
    const [line] = given.rateCard;
    const alone = agreeTerms({ ...given, rateCard: [{ ...line!, fallback: undefined }] });
    const total = (by: typeof terms, claims: Claim[]) =>
      sum(payClaims(by, claims, emptyTally()).map(({ gross }) => gross));
    fc.assert(
      fc.property(anyCohorts, (claims) => {
        expect(total(terms, claims)).toBeGreaterThanOrEqual(total(alone, claims));
      }),
    );
  });

  it('comes to the same, whether cohorts are claimed one by one or at once', () => {
    fc.assert(
      fc.property(anyCohorts, (claims) => {
        const tally = emptyTally();
        const one = claims.flatMap((claim) => payClaims(terms, [claim], tally));
        expect(one).toEqual(payClaims(terms, claims, emptyTally()));
      }),
    );
  });
});
