import type { BondTerms, PayerTerm, RateCardTerm, TierTerm } from '../../src/bonds/contracts/bond-terms.js';
import type { Surroundings } from '../../src/bonds/contracts/parties.rules.js';
import { termsProblems } from '../../src/bonds/contracts/terms.rules.js';

/** Terms that are whole, as data, and what is said of them when one thing is changed. */
export const organisation = (name: string, servesAsBackbone = false) => ({ name, servesAsBackbone });

export const around: Surroundings = {
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

export const signUp: RateCardTerm = {
  ...{ metric: 'signUp', title: 'Signs up', kind: 'per_unit', price: '1680.00', unit: 'child', cap: null },
  ...{ mode: null, bands: null },
};
export const band = (
  from: string | null,
  to: string | null,
  price = '3.00',
  inclusive: [boolean, boolean] = [true, false],
) => ({
  ...{ from, to, price, fromInclusive: inclusive[0], toInclusive: inclusive[1] },
});
export const attendance: RateCardTerm = {
  ...{ metric: 'attendance', title: 'Attendance', kind: 'band', price: null, unit: null, cap: null },
  ...{ mode: 'step', bands: [band('55', '60'), band('60', '65', '7.50'), band('65', null, '12.00')] },
};
export const council: PayerTerm = {
  ...{ organisationId: 'council', weight: '2', weights: null, metrics: null, cap: null },
};
export const fund: PayerTerm = { ...council, organisationId: 'fund', weight: '1' };
export const capital: TierTerm = { kind: 'capital' };
export const preferred: TierTerm & { kind: 'preferred' } = {
  ...{ kind: 'preferred', rate: '0.04', dayCount: 'ACT/365', compounding: 'none' },
};
export const residual: TierTerm & { kind: 'residual' } = {
  kind: 'residual',
  shares: { investors: '0.2', provider: '0.3', pool: '0.5' },
};

export const whole: BondTerms = {
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
export const said = (change: Partial<BondTerms>, of: Partial<Surroundings> = {}): string[] =>
  termsProblems({ ...whole, ...change }, { ...around, ...of }).map(
    ({ pointer, message }) => `${pointer}: ${message}`,
  );
export const tiers = (...of: TierTerm[]): Partial<BondTerms> => ({
  returns: { kind: 'waterfall', tiers: of },
});
export const line = (of: Partial<RateCardTerm>, base = signUp): Partial<BondTerms> => ({
  rateCard: [{ ...base, ...of }],
});
export const one = '/terms/rateCard/0';
