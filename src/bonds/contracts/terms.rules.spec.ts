import { describe, expect, it } from '@jest/globals';
import {
  signUp,
  band,
  attendance,
  council,
  fund,
  whole,
  said,
  line,
  one,
} from '../../../test/support/whole-terms.js';
import type { BondTerms, PayerTerm, RateCardTerm } from './bond-terms.js';

describe('terms that are whole', () => {
  it('have nothing against them', () => {
    expect(said({})).toEqual([]);
  });

  it('may have a coupon ladder, a guarantee, two sides and shares of the surplus', () => {
    const rates = [
      { ...band(null, '80'), rate: '0' },
      { ...band('80', null), rate: '0.05' },
    ];
    const more: Partial<BondTerms> = {
      returns: { kind: 'couponLadder', dayCount: '30/360', bands: rates },
      guarantee: { guarantorId: 'fund', share: '0.5' },
      twoSided: { bands: [{ ...band(null, '50'), rate: '0.1' }] },
      surplus: {
        rule: 'shares',
        shares: [
          { organisationId: 'council', share: '0.25' },
          { organisationId: 'fund', share: '0.75' },
        ],
      },
    };
    expect(said(more)).toEqual([]);
  });
});

describe('the term', () => {
  it('ends after it begins, within fifty years', () => {
    expect(said({ endOn: '2027-01-01' })).toEqual(['/terms/endOn: The term ends after it begins.']);
    expect(said({ endOn: '2077-01-02' })).toEqual(['/terms/endOn: The term ends within 50 years.']);
  });
});

const threshold: Partial<RateCardTerm> = { kind: 'threshold', bands: [band('60', null)] };

describe('the rate card', () => {
  it.each<[string, Partial<BondTerms>, string]>([
    ['nothing', { rateCard: [] }, '/terms/rateCard: Say what is paid for: one metric at least.'],
    [
      'a metric twice',
      { rateCard: [signUp, signUp] },
      '/terms/rateCard/1/metric: The metric “signUp” stands on the rate card twice.',
    ],
    ['no price', line({ price: null }), `${one}/price: Say what “signUp” is worth: a price above zero.`],
    [
      'a price of nothing',
      line({ price: '0.00' }),
      `${one}/price: Say what “signUp” is worth: a price above zero.`,
    ],
    [
      'bands beside a price',
      line({ bands: [band('1', '2')] }),
      `${one}/bands: “signUp” is paid by its price, so it has no bands.`,
    ],
    [
      'a mode without bands',
      line({ mode: 'step' }),
      `${one}/mode: “signUp” has no bands, so nothing runs between them.`,
    ],
    [
      'a price beside bands',
      line({ price: '1.00' }, attendance),
      `${one}/price: The bands say what “attendance” is worth: leave this out.`,
    ],
    ['no bands', line({ bands: [] }, attendance), `${one}/bands: Give one band at least.`],
    [
      'a gap',
      line({ bands: [band('55', '60'), band('65', '70')] }, attendance),
      `${one}/bands/1/from: Between 60 and 65 no band holds.`,
    ],
    [
      'a gap of one value',
      line({ bands: [band('55', '60'), band('60', '65', '1.00', [false, false])] }, attendance),
      `${one}/bands/1/from: 60 is held by no band.`,
    ],
    [
      'an overlap',
      line({ bands: [band('55', '62'), band('60', '65')] }, attendance),
      `${one}/bands/1/from: Between 60 and 62 two bands hold.`,
    ],
    [
      'a value held twice',
      line({ bands: [band('55', '60', '1.00', [true, true]), band('60', '65')] }, attendance),
      `${one}/bands/1/from: 60 is held by two bands.`,
    ],
    [
      'an empty band',
      line({ bands: [band('60', '55')] }, attendance),
      `${one}/bands/0/to: No value can be in a band from 60 to 55. Its from must come first.`,
    ],
    [
      'a line from nowhere',
      line({ mode: 'interpolated', bands: [band(null, '60')] }, attendance),
      `${one}/bands/0/from: An interpolated band needs a from: its price holds there.`,
    ],
    [
      'bands that pay nothing',
      line({ bands: [band('55', '60', '0.00')] }, attendance),
      `${one}/bands: No band of “attendance” pays anything.`,
    ],
    [
      'two thresholds',
      line({ kind: 'threshold' }, attendance),
      `${one}/bands: The threshold of “attendance” needs exactly one band.`,
    ],
    [
      'a pooled fallback of what is no threshold',
      line({ fallback: band('50', null) }, attendance),
      `${one}/fallback: Only a threshold has a pooled fallback, and “attendance” is none.`,
    ],
    [
      'a pooled fallback that no mean can reach',
      line({ ...threshold, fallback: band('50', '40') }, attendance),
      `${one}/fallback/to: No value can be in a band from 50 to 40. Its from must come first.`,
    ],
    [
      'a pooled fallback that pays nothing',
      line({ ...threshold, fallback: band('50', null, '0.00') }, attendance),
      `${one}/fallback/price: A pooled fallback that pays nothing does nothing: give it a price, or leave it out.`,
    ],
  ])('is refused with %s', (_, change, sentence) => {
    expect(said(change)).toContain(sentence);
  });

  it('may have a threshold, and a lower one that all its claims together may reach', () => {
    expect(said(line({ ...threshold, fallback: band('50', null, '2.00') }, attendance))).toEqual([]);
  });
});

describe('a cap', () => {
  it('is above nothing, and not above the bond’s own', () => {
    const above = 'A cap above the bond’s own, £900,000.00, can never be reached. Lower it, or leave it out.';
    expect(said({ caps: { ...whole.caps, period: '0.00' } })).toEqual([
      '/terms/caps/period: A cap of nothing pays nothing: raise it, or leave it out.',
    ]);
    expect(said({ caps: { ...whole.caps, person: '900000.01' } })).toEqual([`/terms/caps/person: ${above}`]);
    expect(said({ payers: [council, { ...fund, cap: '900000.01' }] })).toEqual([
      `/terms/payers/1/cap: ${above}`,
    ]);
    expect(said({ ...line({ cap: '900000.01' }) })).toEqual([`${one}/cap: ${above}`]);
    expect(said({ payers: [council, { ...fund, cap: '900000.00' }] })).toEqual([]);
  });
});

describe('payers', () => {
  const by = (shareRule: BondTerms['shareRule'], ...payers: PayerTerm[]) => ({ shareRule, payers });
  const unweighted = { ...council, weight: null };
  const metered = (...weights: [string, string][]): PayerTerm => ({
    ...unweighted,
    weights: weights.map(([metric, weight]) => ({ metric, weight })),
  });

  it.each<[string, Partial<BondTerms>, string[]]>([
    ['nobody', { payers: [] }, ['/terms/payers: Say who pays for outcomes: one payer at least.']],
    [
      'one twice',
      by('fixed', council, council),
      ['/terms/payers/1/organisationId: This payer is named twice.'],
    ],
    [
      'no weight',
      by('fixed', council, { ...fund, weight: null }),
      ['/terms/payers/1/weight: Shares are fixed, so every payer needs a weight.'],
    ],
    [
      'a weight too many',
      by('remainingCap', { ...council, cap: '1.00' }),
      ['/terms/payers/0/weight: Shares are not fixed, so no payer has one weight: leave it out.'],
    ],
    [
      'weights by metric where they are fixed',
      by('fixed', { ...metered(['signUp', '1']), weight: '1' }),
      ['/terms/payers/0/weights: Shares do not go by metric: leave these weights out.'],
    ],
    [
      'no weights by metric',
      by('perMetric', unweighted),
      [
        '/terms/payers/0/weights: Shares go by metric, so every payer needs a weight for one at least.',
        '/terms/rateCard/0/metric: Nobody pays for “signUp”.',
        '/terms/rateCard/1/metric: Nobody pays for “attendance”.',
      ],
    ],
    [
      'no cap to share by',
      by('remainingCap', unweighted, { ...unweighted, organisationId: 'fund', cap: '1.00' }),
      ['/terms/payers/0/cap: Shares go by what is left of each cap, so every payer needs one.'],
    ],
    [
      'an unknown metric',
      by('fixed', council, { ...fund, metrics: ['signup'] }),
      ['/terms/payers/1/metrics/0: The rate card has no metric “signup”.'],
    ],
    [
      'a metric twice',
      by('fixed', council, { ...fund, metrics: ['signUp', 'signUp'] }),
      ['/terms/payers/1/metrics/1: “signUp” is named twice.'],
    ],
    [
      'a weight for an unknown metric',
      by('perMetric', metered(['signUp', '1'], ['attendance', '1'], ['exam', '1'])),
      ['/terms/payers/0/weights/2/metric: The rate card has no metric “exam”.'],
    ],
    [
      'two weights for a metric',
      by('perMetric', metered(['signUp', '1'], ['attendance', '1'], ['signUp', '2'])),
      ['/terms/payers/0/weights/2/metric: “signUp” has two weights.'],
    ],
    [
      'metrics beside weights by metric',
      by('perMetric', { ...metered(['signUp', '1'], ['attendance', '1']), metrics: ['signUp'] }),
      ['/terms/payers/0/metrics: Its weights say which metrics it pays for: leave this out.'],
    ],
    [
      'a metric that nobody pays for',
      by('fixed', { ...council, metrics: ['signUp'] }),
      ['/terms/rateCard/1/metric: Nobody pays for “attendance”.'],
    ],
    [
      'weights of nothing',
      by('fixed', { ...council, weight: '0' }),
      [
        '/terms/rateCard/0/metric: The weights of those who pay for “signUp” sum to zero, so nobody has a share.',
        '/terms/rateCard/1/metric: The weights of those who pay for “attendance” sum to zero, so nobody has a share.',
      ],
    ],
  ])('are refused with %s', (_, change, sentences) => {
    expect(said(change)).toEqual(sentences);
  });
});
