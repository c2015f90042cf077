import { describe, expect, it } from '@jest/globals';
import type { BondTerms, PayerTerm, RateCardTerm, TierTerm } from './bond-terms.js';
import type { Surroundings } from './parties.rules.js';
import { amountAtStake, termsProblems } from './terms.rules.js';

const organisation = (name: string, servesAsBackbone = false) => ({ name, servesAsBackbone });

const around: Surroundings = {
  currency: 'GBP',
  providerId: 'provider',
  organisations: new Map([
    ['provider', organisation('Stream')],
    ['council', organisation('Council')],
    ['fund', organisation('Fund')],
    ['bank', organisation('Bank')],
    ['lab', organisation('Lab')],
    ['host', organisation('Host', true)],
  ]),
  verifier: null,
  before: [],
  active: null,
};

const signUp: RateCardTerm = {
  ...{ metric: 'signUp', title: 'Signs up', kind: 'per_unit', price: '1680.00', unit: 'child', cap: null },
  ...{ mode: null, bands: null },
};
const band = (
  from: string | null,
  to: string | null,
  price = '3.00',
  inclusive: [boolean, boolean] = [true, false],
) => ({
  ...{ from, to, price, fromInclusive: inclusive[0], toInclusive: inclusive[1] },
});
const attendance: RateCardTerm = {
  ...{ metric: 'attendance', title: 'Attendance', kind: 'band', price: null, unit: null, cap: null },
  ...{ mode: 'step', bands: [band('55', '60'), band('60', '65', '7.50'), band('65', null, '12.00')] },
};
const council: PayerTerm = {
  ...{ organisationId: 'council', weight: '2', weights: null, metrics: null, cap: null },
};
const fund: PayerTerm = { ...council, organisationId: 'fund', weight: '1' };
const capital: TierTerm = { kind: 'capital' };
const preferred: TierTerm = {
  ...{ kind: 'preferred', rate: '0.04', dayCount: 'ACT/365', compounding: 'none' },
};
const residual: TierTerm = { kind: 'residual', shares: { investors: '0.2', provider: '0.3', pool: '0.5' } };

const whole: BondTerms = {
  ...{ startOn: '2027-01-01', endOn: '2030-12-31', claimsEvery: 'quarterly', invoiceDueDays: 30 },
  rateCard: [signUp, attendance],
  caps: { person: null, period: null, bond: '900000.00' },
  ...{ carryForward: false, shareRule: 'fixed', payers: [council, fund] },
  verifier: { organisationId: 'lab', personId: null },
  investors: [{ organisationId: 'bank', commitment: '360000.00' }],
  returns: { kind: 'waterfall', tiers: [capital, preferred, residual] },
  ...{ guarantee: null, twoSided: null, surplus: { rule: 'payersByPaid' } },
};

/** What is said of terms with this change, "pointer: message". */
const said = (change: Partial<BondTerms>, of: Partial<Surroundings> = {}): string[] =>
  termsProblems({ ...whole, ...change }, { ...around, ...of }).map(
    ({ pointer, message }) => `${pointer}: ${message}`,
  );
const tiers = (...of: TierTerm[]): Partial<BondTerms> => ({ returns: { kind: 'waterfall', tiers: of } });
const line = (of: Partial<RateCardTerm>, base = signUp): Partial<BondTerms> => ({
  rateCard: [{ ...base, ...of }],
});
const one = '/terms/rateCard/0';

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
  ])('is refused with %s', (_, change, sentence) => {
    expect(said(change)).toContain(sentence);
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

describe('returns', () => {
  const rate = 'A rate is a share of one: write 6 per cent as 0.06.';

  it.each<[string, Partial<BondTerms>, string[]]>([
    [
      'no investor',
      { investors: [] },
      ['/terms/investors: Say who lends the capital: one investor at least.'],
    ],
    [
      'an investor twice',
      { investors: [...whole.investors, ...whole.investors] },
      ['/terms/investors/1/organisationId: This investor is named twice.'],
    ],
    [
      'a commitment of nothing',
      { investors: [{ organisationId: 'bank', commitment: '0.00' }] },
      ['/terms/investors/0/commitment: An investor commits more than nothing.'],
    ],
    ['no tier', tiers(), ['/terms/returns/tiers: Say in which order investors are paid: one tier at least.']],
    [
      'no return of capital',
      tiers(preferred),
      ['/terms/returns/tiers: No tier returns the capital: add one.'],
    ],
    [
      'capital twice',
      tiers(capital, capital),
      ['/terms/returns/tiers/1/kind: Capital is returned once only.'],
    ],
    [
      'two preferred returns',
      tiers(capital, preferred, preferred),
      ['/terms/returns/tiers/2/kind: There is one preferred return at most.'],
    ],
    [
      'a residual that is not last',
      tiers(residual, capital),
      ['/terms/returns/tiers/0/kind: The residual takes all that is left, so it comes last.'],
    ],
    [
      'two residuals',
      tiers(capital, residual, residual),
      ['/terms/returns/tiers/2/kind: What is left is shared once only.'],
    ],
    [
      'an IRR cap before what it counts',
      tiers({ kind: 'irrCap', rate: '0.08' }, capital),
      [
        '/terms/returns/tiers/0/kind: An IRR cap counts the capital and the preferred return, so it comes after them.',
      ],
    ],
    [
      'an IRR cap under another',
      tiers(capital, { kind: 'irrCap', rate: '0.08' }, { kind: 'irrCap', rate: '0.08' }),
      ['/terms/returns/tiers/2/rate: A later IRR cap lies above the one before it, or it would pay nothing.'],
    ],
    [
      'a fee of nothing',
      tiers({ kind: 'fee', amount: '0.00' }, capital),
      ['/terms/returns/tiers/0/amount: A fee of nothing is no tier: take it out.'],
    ],
    [
      'a rate in per cent',
      tiers(capital, { ...preferred, rate: '4' }),
      [`/terms/returns/tiers/1/rate: ${rate}`],
    ],
    [
      'a rate of nothing',
      tiers(capital, { ...preferred, rate: '0.00' }),
      ['/terms/returns/tiers/1/rate: A rate of nothing pays nothing: take this tier out.'],
    ],
    [
      'shares that are not the whole',
      tiers(capital, {
        ...residual,
        shares: { investors: '0.2', provider: '0.3', pool: '0.4999' },
      }),
      ['/terms/returns/tiers/1/shares: The shares of investors, provider and pool must sum to 1.'],
    ],
    [
      'coupons with a gap',
      {
        returns: {
          kind: 'couponLadder',
          dayCount: 'ACT/365',
          bands: [
            { ...band('0', '80'), rate: '0' },
            { ...band('90', null), rate: '0.05' },
          ],
        },
      },
      ['/terms/returns/bands/1/from: Between 80 and 90 no band holds.'],
    ],
    [
      'a coupon in per cent',
      { returns: { kind: 'couponLadder', dayCount: 'ACT/365', bands: [{ ...band('0', null), rate: '5' }] } },
      [`/terms/returns/bands/0/rate: ${rate}`],
    ],
    [
      'two sides without bands',
      { twoSided: { bands: [] } },
      ['/terms/twoSided/bands: Give one band at least.'],
    ],
    [
      'a guarantee of nothing',
      { guarantee: { guarantorId: 'fund', share: '0' } },
      ['/terms/guarantee/share: A guarantee of nothing guarantees nothing.'],
    ],
    [
      'a guarantee of more than all',
      { guarantee: { guarantorId: 'fund', share: '1.01' } },
      [`/terms/guarantee/share: ${rate}`],
    ],
    [
      'a surplus that is not shared whole',
      { surplus: { rule: 'shares', shares: [{ organisationId: 'fund', share: '0.9' }] } },
      ['/terms/surplus/shares: The shares of the surplus must sum to 1, such as 0.5 and 0.5.'],
    ],
    [
      'a surplus shared twice with one',
      {
        surplus: {
          rule: 'shares',
          shares: [
            { organisationId: 'fund', share: '0.5' },
            { organisationId: 'fund', share: '0.5' },
          ],
        },
      },
      ['/terms/surplus/shares/1/organisationId: This organisation is named twice.'],
    ],
  ])('are refused with %s', (_, change, sentences) => {
    expect(said(change)).toEqual(sentences);
  });
});

describe('parties', () => {
  const independent = 'A verifier is independent: neither the provider nor an investor of the bond.';
  const by = (organisationId: string | null, personId: string | null = null) => ({
    verifier: { organisationId, personId },
  });
  const sam = (...sitsFor: string[]) => ({ verifier: { name: 'Sam', sitsFor } });
  const host =
    'Host serves the coalition as its backbone, so it neither pays, lends nor is paid here. Choose another organisation.';

  it.each<[string, Partial<BondTerms>, Partial<Surroundings>, string[]]>([
    [
      'nobody who verifies',
      by(null),
      {},
      ['/terms/verifier: Say who verifies: an organisation, or a person.'],
    ],
    [
      'two who verify',
      by('lab', 'sam'),
      sam(),
      ['/terms/verifier/personId: Either an organisation verifies, or a person: not both.'],
    ],
    ['the provider as verifier', by('provider'), {}, [`/terms/verifier/organisationId: ${independent}`]],
    ['an investor as verifier', by('bank'), {}, [`/terms/verifier/organisationId: ${independent}`]],
    [
      'the guarantor as verifier',
      { ...by('lab'), guarantee: { guarantorId: 'lab', share: '1' } },
      {},
      ['/terms/verifier/organisationId: A verifier is independent: it guarantees nothing.'],
    ],
    [
      'a verifier who sits for the provider',
      by(null, 'sam'),
      sam('provider'),
      ['/terms/verifier/personId: Sam sits for Stream, so somebody else must verify.'],
    ],
    [
      'a verifier who sits for an investor',
      by(null, 'sam'),
      sam('council', 'bank'),
      ['/terms/verifier/personId: Sam sits for Bank, so somebody else must verify.'],
    ],
    [
      'a verifier from elsewhere',
      by(null, 'sam'),
      {},
      ['/terms/verifier/personId: Choose a person who has a seat in this coalition.'],
    ],
    [
      'the provider as payer',
      { payers: [council, { ...fund, organisationId: 'provider' }] },
      {},
      ['/terms/payers/1/organisationId: The provider does not pay for its own outcomes.'],
    ],
    [
      'the provider as investor',
      { investors: [{ organisationId: 'provider', commitment: '1.00' }] },
      {},
      [
        '/terms/investors/0/organisationId: The provider is no investor: what it earns on top is its share of the residual.',
      ],
    ],
    [
      'a guarantor of its own capital',
      { guarantee: { guarantorId: 'bank', share: '1' } },
      {},
      ['/terms/guarantee/guarantorId: An investor does not guarantee capital that is its own.'],
    ],
    [
      'the backbone as payer',
      { payers: [{ ...council, organisationId: 'host' }] },
      {},
      [`/terms/payers/0/organisationId: ${host}`],
    ],
    [
      'the backbone as investor',
      { investors: [{ organisationId: 'host', commitment: '1.00' }] },
      {},
      [`/terms/investors/0/organisationId: ${host}`],
    ],
    ['the backbone as provider', {}, { providerId: 'host' }, [`/providerId: ${host}`]],
    [
      'a stranger',
      { investors: [{ organisationId: 'elsewhere', commitment: '1.00' }] },
      {},
      ['/terms/investors/0/organisationId: Choose an organisation of this coalition.'],
    ],
  ])('are refused with %s', (_, change, of, sentences) => {
    expect(said(change, of)).toEqual(sentences);
  });

  it('may be verified by a person who sits for a payer, or for the backbone', () => {
    expect(said(by(null, 'sam'), sam('council', 'host'))).toEqual([]);
  });
});

describe('an amendment', () => {
  const party = (role: 'payer' | 'investor' | 'verifier', organisationId: string, drawn = 0n) => ({
    ...{ role, organisationId, name: organisationId, hasMoney: true, drawn },
  });

  it('keeps a payer that was invoiced and an investor with capital, and no other', () => {
    const before = [
      party('payer', 'lender'),
      party('investor', 'saver'),
      { ...party('payer', 'idle'), hasMoney: false },
    ];
    expect(said({}, { before })).toEqual([
      '/terms/payers: lender was invoiced under this contract, so it stays a payer. Give it a cap, or no weight.',
      '/terms/investors: saver has capital in this contract, so it stays an investor.',
    ]);
  });

  it('leaves a commitment at what was paid in or above', () => {
    const before = [party('investor', 'bank', 36_000_001n)];
    expect(said({}, { before })).toEqual([
      '/terms/investors/0/commitment: bank has paid in £360,000.01: it cannot commit less.',
    ]);
    expect(said({}, { before: [party('investor', 'bank', 36_000_000n)] })).toEqual([]);
  });

  it('does not let who invested verify, nor who verified invest', () => {
    expect(said({}, { before: [{ ...party('investor', 'lab'), hasMoney: false }] })).toEqual([
      '/terms/verifier/organisationId: A verifier is independent: neither the provider nor an investor of the bond.',
    ]);
    expect(said({}, { before: [party('verifier', 'bank')] })).toEqual([
      '/terms/investors/0/organisationId: It has verified this bond by an earlier version, so it cannot invest in it.',
    ]);
  });

  it('of an active bond leaves the beginning and the periods', () => {
    expect(said({}, { active: { startOn: '2026-01-01', claimsEvery: 'yearly' } })).toEqual([
      '/terms/startOn: Periods are counted from 2026-01-01 while the bond is active: leave it.',
      '/terms/claimsEvery: The periods of claims stay as they are while the bond is active.',
    ]);
  });
});

describe('what is at stake', () => {
  it('is the bond’s cap or what investors commit, whichever is more', () => {
    expect(amountAtStake(whole, 'GBP')).toBe(90_000_000n);
    const uncapped = { ...whole, caps: { ...whole.caps, bond: null } };
    expect(amountAtStake(uncapped, 'GBP')).toBe(36_000_000n);
  });
});
