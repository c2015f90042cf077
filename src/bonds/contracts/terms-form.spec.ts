import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { BondTerms } from './bond-terms.js';
import { claimsEvery, compoundings, dayCounts, metricKinds, shareRules } from './bond-terms.js';
import { readTerms } from './read-terms.js';
import { fieldOf, formPointer, formValuesOf, placedInForm, termsInputOf } from './terms-form-mapping.js';

const names = ['signUp', 'attendance', 'exam', 'job-6', 'level_3'];
const ids = ['council', 'fund', 'bank', 'lab', 'host'];
const id = fc.constantFrom(...ids);
const orNull = <Value>(of: fc.Arbitrary<Value>) => fc.option(of, { nil: null });
const amount = fc
  .bigInt({ min: 0n, max: 99_999_999n })
  .map((minor) => `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`);
/** A decimal in its shortest form. */
const decimal = (most: number) =>
  fc.tuple(fc.nat(most), fc.nat(9999)).map(([whole, rest]) => {
    const digits = String(rest).padStart(4, '0').replace(/0+$/, '');
    return digits ? `${whole}.${digits}` : String(whole);
  });
const rate = decimal(1);
const bounds = {
  from: orNull(decimal(100)),
  to: orNull(decimal(100)),
  fromInclusive: fc.boolean(),
  toInclusive: fc.boolean(),
};
const band = fc.record({ ...bounds, price: amount });
const coupon = fc.record({ ...bounds, rate });

const line = fc
  .record({
    metric: fc.constantFrom(...names),
    title: fc.constantFrom('A child signs up', 'Half a year in work'),
    kind: fc.constantFrom(...metricKinds),
    price: orNull(amount),
    unit: orNull(fc.constantFrom('child', 'person')),
    cap: orNull(amount),
    mode: fc.constantFrom('step' as const, 'interpolated' as const),
    bands: fc.array(band, { maxLength: 4 }),
    fallback: fc.option(band, { nil: undefined }),
  })
  .map(({ fallback, ...all }) => {
    const isBanded = all.kind !== 'per_unit' && all.kind !== 'per_person_once';
    return {
      ...all,
      mode: isBanded ? all.mode : null,
      bands: isBanded || all.bands.length > 0 ? all.bands : null,
      ...(fallback && { fallback }),
    };
  });

const payer = fc.record({
  organisationId: id,
  weight: orNull(decimal(9)),
  weights: orNull(
    fc.uniqueArray(fc.record({ metric: fc.constantFrom(...names), weight: decimal(9) }), {
      ...{ minLength: 1, maxLength: 3, selector: ({ metric }) => metric },
    }),
  ),
  metrics: orNull(fc.uniqueArray(fc.constantFrom(...names), { minLength: 1 })),
  cap: orNull(amount),
});

const tier = fc.oneof(
  fc.record({ kind: fc.constant('fee' as const), amount }),
  fc.record({ kind: fc.constant('capital' as const) }),
  fc.record({
    ...{ kind: fc.constant('preferred' as const), rate },
    ...{ dayCount: fc.constantFrom(...dayCounts), compounding: fc.constantFrom(...compoundings) },
  }),
  fc.record({ kind: fc.constant('irrCap' as const), rate }),
  fc.record({
    kind: fc.constant('residual' as const),
    shares: fc.record({ investors: rate, provider: rate, pool: rate }),
  }),
);

/** Terms that may be kept, whole or not: a metric stands on the rate card once, and a payer is named once. */
const anyTerms: fc.Arbitrary<BondTerms> = fc.record({
  startOn: fc.constantFrom('2027-01-01', '2028-02-29'),
  endOn: fc.constantFrom('2026-12-31', '2030-12-31'),
  claimsEvery: fc.constantFrom(...claimsEvery),
  invoiceDueDays: fc.nat(365),
  rateCard: fc.uniqueArray(line, { maxLength: 5, selector: ({ metric }) => metric }),
  caps: fc.record({ person: orNull(amount), period: orNull(amount), bond: orNull(amount) }),
  carryForward: fc.boolean(),
  shareRule: fc.constantFrom(...shareRules),
  payers: fc.uniqueArray(payer, { maxLength: 5, selector: ({ organisationId }) => organisationId }),
  verifier: fc.record({ organisationId: orNull(id), personId: orNull(id) }),
  investors: fc.array(fc.record({ organisationId: id, commitment: amount }), { maxLength: 3 }),
  returns: fc.oneof(
    fc.record({ kind: fc.constant('waterfall' as const), tiers: fc.array(tier, { maxLength: 6 }) }),
    fc.record({
      ...{ kind: fc.constant('couponLadder' as const), dayCount: fc.constantFrom(...dayCounts) },
      bands: fc.array(coupon, { maxLength: 4 }),
    }),
  ),
  guarantee: orNull(fc.record({ guarantorId: id, share: rate })),
  twoSided: orNull(fc.record({ bands: fc.array(coupon, { minLength: 1, maxLength: 3 }) })),
  surplus: fc.oneof(
    fc.record({ rule: fc.constant('payersByPaid' as const) }),
    fc.record({
      rule: fc.constant('shares' as const),
      shares: fc.array(fc.record({ organisationId: id, share: rate }), { maxLength: 3 }),
    }),
  ),
});

describe('terms in their form', () => {
  it('are the same terms when it is sent back', () => {
    fc.assert(
      fc.property(anyTerms, (terms) => {
        expect(readTerms(termsInputOf(formValuesOf(terms)), 'GBP')).toEqual(terms);
      }),
    );
  });

  it('say a rate in per cent, and what is left in three shares', () => {
    const [terms] = fc.sample(anyTerms, 1);
    const returns: BondTerms['returns'] = {
      kind: 'waterfall',
      tiers: [
        { kind: 'preferred', rate: '0.065', dayCount: 'ACT/365', compounding: 'none' },
        { kind: 'residual', shares: { investors: '0.2', provider: '0.3', pool: '0.5' } },
      ],
    };
    expect(formValuesOf({ ...terms!, returns }).tiers).toEqual([
      { kind: 'preferred', percent: '6.5', dayCount: 'ACT/365', compounding: 'none' },
      { kind: 'residual', shares: '20; 30; 50' },
    ]);
  });
});

/** Two outcomes, whose bands were typed in turns; a payer with weights below another's. */
const form = {
  ...formValuesOf(readTerms(emptyInput(), 'GBP')),
  rateCard: [
    { metric: 'signUp', title: 'Signs up', kind: 'per_unit', price: '1.00' },
    { metric: 'exam', title: 'Exam', kind: 'band' },
    { metric: 'job', title: 'Job', kind: 'band' },
  ],
  bands: [
    { metric: 'job', from: '1', price: '1.00' },
    { metric: 'exam', from: '1', to: '2', price: '1.00' },
    { metric: 'job', from: '5', price: '1.00' },
    { metric: 'exam', from: '4', price: '1.00' },
  ],
  fallbacks: [
    { metric: 'job', from: '1', price: '1.00' },
    { metric: 'exam', from: '1', price: '1.00' },
  ],
  payers: [{ organisationId: 'council' }, { organisationId: 'fund' }],
  weights: [
    { organisationId: 'fund', metric: 'exam', weight: '1' },
    { organisationId: 'council', metric: 'exam', weight: '1' },
    { organisationId: 'fund', metric: 'job', weight: '1' },
  ],
};

function emptyInput() {
  return {
    ...{
      startOn: '2027-01-01',
      endOn: '2030-12-31',
      claimsEvery: 'yearly',
      invoiceDueDays: 30,
      rateCard: [],
    },
    ...{ caps: {}, carryForward: false, shareRule: 'fixed', payers: [], verifier: {}, investors: [] },
    ...{ returns: { kind: 'waterfall' }, surplus: { rule: 'payersByPaid' } },
  };
}

describe('a place in the terms', () => {
  it.each([
    ['/terms/endOn', '/endOn'],
    ['/terms/rateCard/1/metric', '/rateCard/1/metric'],
    ['/terms/rateCard/1/bands/1/from', '/bands/3/from'],
    ['/terms/rateCard/2/bands/1/price', '/bands/2/price'],
    ['/terms/rateCard/1/bands', '/bands'],
    ['/terms/rateCard/1/fallback/to', '/fallbacks/1/to'],
    ['/terms/rateCard/2/fallback', '/fallbacks/0/metric'],
    ['/terms/caps/person', '/capPerson'],
    ['/terms/payers/0/cap', '/payers/0/cap'],
    ['/terms/payers/0/metrics/2', '/payers/0/metrics'],
    ['/terms/payers/1/weights/1/metric', '/weights/2/metric'],
    ['/terms/payers/0/weights', '/weights'],
    ['/terms/verifier', '/verifierOrganisationId'],
    ['/terms/verifier/personId', '/verifierPersonId'],
    ['/terms/investors', '/investors'],
    ['/terms/returns/tiers/2/rate', '/tiers/2/percent'],
    ['/terms/returns/tiers/2/shares', '/tiers/2/shares'],
    ['/terms/returns/tiers', '/tiers'],
    ['/terms/returns/bands/1/from', '/couponBands/1/from'],
    ['/terms/returns/dayCount', '/couponDayCount'],
    ['/terms/twoSided/bands/0/rate', '/twoSidedBands/0/percent'],
    ['/terms/guarantee/share', '/guaranteePercent'],
    ['/terms/surplus/shares/1/share', '/surplusShares/1/percent'],
    ['/providerId', '/providerId'],
  ])('%s is %s in the form', (place, field) => {
    expect(formPointer(form, place)).toBe(field);
  });

  it('leads to its field', () => {
    const terms = readTerms(termsInputOf({ ...form, payers: [], weights: [] }), 'GBP');
    expect(fieldOf(terms, '/terms/rateCard/2/bands/0/from')).toBe('field-bands-2-from');
  });

  it('is where a refusal is said', async () => {
    const refused = new DomainError('ruleBroken', 'No.', [
      { pointer: '/terms/caps/bond', code: 'ruleBroken', message: 'No.' },
    ]);
    const placed = placedInForm(form, () => Promise.reject(refused));
    await expect(placed).rejects.toMatchObject({ detail: 'No.', fields: [{ pointer: '/capBond' }] });
  });
});

describe('a form is refused', () => {
  const refusals = (more: object): string[] => {
    try {
      termsInputOf({ ...form, ...more });
    } catch (error) {
      if (error instanceof DomainError)
        return error.fields.map(({ pointer, message }) => `${pointer}: ${message}`);
      throw error;
    }
    return [];
  };

  it.each([
    [{}, []],
    [
      { bands: [{ metric: 'signup', price: '1.00' }] },
      ['/bands/0/metric: The rate card has no metric “signup”.'],
    ],
    [
      {
        fallbacks: [
          { metric: 'job', price: '1.00' },
          { metric: 'job', price: '2.00' },
        ],
      },
      ['/fallbacks/1/metric: “job” has a pooled fallback already.'],
    ],
    [
      { weights: [{ organisationId: 'bank', metric: 'exam', weight: '1' }] },
      ['/weights/0/organisationId: It is none of the payers above.'],
    ],
    [
      { payers: [{ organisationId: 'council', metrics: 'sign up, 3rd' }], weights: [] },
      ['/payers/0/metrics: Name metrics as the rate card does, such as “signUp, attendance”.'],
    ],
    [
      { tiers: [{ kind: 'residual', shares: '20; 80' }] },
      ['/tiers/0/shares: Write three shares: investors; provider; pool.'],
    ],
    [{ guarantorId: 'bank' }, ['/guaranteePercent: Say how much of lost capital is guaranteed.']],
    [{ guaranteePercent: '50' }, ['/guarantorId: Say who guarantees it, or leave the share out.']],
  ])('with %j', (more, sentences) => {
    expect(refusals(more)).toEqual(sentences);
  });
});
