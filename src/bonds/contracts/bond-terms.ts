import type { Day } from '../../maths/day.js';

/**
 * The terms of a bond as they are signed: plain data, kept as JSON, hashed whole. Amounts are decimal strings in major
 * units with exactly the currency's digits, rates and quantities decimal strings, organisations their ids.
 */
export interface BondTerms {
  startOn: Day;
  endOn: Day;
  /** How long a claim's period is; periods are counted from `startOn`, the last ends with the term. */
  claimsEvery: ClaimsEvery;
  invoiceDueDays: number;
  rateCard: RateCardTerm[];
  caps: CapTerms;
  /** Whether what a period's cap trims is claimed again in the next period. */
  carryForward: boolean;
  shareRule: ShareRule;
  payers: PayerTerm[];
  verifier: VerifierTerm;
  investors: InvestorTerm[];
  returns: ReturnTerms;
  guarantee: GuaranteeTerm | null;
  /** What investors pay where outcomes are poor. */
  twoSided: TwoSidedTerm | null;
  surplus: SurplusTerm;
}

export const claimsEvery = ['monthly', 'quarterly', 'halfYearly', 'yearly'] as const;
export type ClaimsEvery = (typeof claimsEvery)[number];

export const shareRules = ['fixed', 'perMetric', 'remainingCap'] as const;
/** By one weight each; by a weight for each metric; or by what is left of each one's cap. */
export type ShareRule = (typeof shareRules)[number];

export const metricKinds = ['per_unit', 'per_person_once', 'band', 'threshold', 'improvement'] as const;
export type MetricKind = (typeof metricKinds)[number];

export interface RateCardTerm {
  /** As claims name it, such as `signUp`. */
  metric: string;
  title: string;
  kind: MetricKind;
  /** Null where the bands give it. */
  price: string | null;
  unit: string | null;
  /** The most that is paid for it over the whole term. */
  cap: string | null;
  mode: 'step' | 'interpolated' | null;
  bands: BandTerm[] | null;
  /**
   * Of a threshold: what all its claims together, by their mean value, may reach where one alone does not. Left out where
   * there is none, so that terms from before keep their hash.
   */
  fallback?: BandTerm;
}

/** From one value to another, each bound in it or not; null is no bound. */
export interface BoundsTerm {
  from: string | null;
  to: string | null;
  fromInclusive: boolean;
  toInclusive: boolean;
}

/** What an outcome within the bounds is worth. */
export interface BandTerm extends BoundsTerm {
  price: string;
}

export interface CapTerms {
  person: string | null;
  period: string | null;
  bond: string | null;
}

export interface PayerTerm {
  organisationId: string;
  /** Of `fixed` shares. */
  weight: string | null;
  /** Of `perMetric` shares; a metric that is left out is none of its business. */
  weights: { metric: string; weight: string }[] | null;
  /** The metrics it pays for; null for all. */
  metrics: string[] | null;
  cap: string | null;
}

/** One of the two: an organisation, or a person who belongs to no party. */
export interface VerifierTerm {
  organisationId: string | null;
  personId: string | null;
}

export interface InvestorTerm {
  organisationId: string;
  commitment: string;
}

export const dayCounts = ['ACT/365', 'ACT/360', '30/360'] as const;
export type DayCountTerm = (typeof dayCounts)[number];

export const compoundings = ['none', 'yearly'] as const;

export const tierKinds = ['fee', 'capital', 'preferred', 'irrCap', 'residual'] as const;

export type TierTerm =
  | { kind: 'fee'; amount: string }
  | { kind: 'capital' }
  | { kind: 'preferred'; rate: string; dayCount: DayCountTerm; compounding: (typeof compoundings)[number] }
  | { kind: 'irrCap'; rate: string }
  | { kind: 'residual'; shares: { investors: string; provider: string; pool: string } };

/** A waterfall of tiers; or capital and a coupon, whose rate the share of the plan that was reached decides. */
export type ReturnTerms =
  | { kind: 'waterfall'; tiers: TierTerm[] }
  | { kind: 'couponLadder'; dayCount: DayCountTerm; bands: CouponBandTerm[] };

/** Outcome payments as a percentage of what the plan expected of the same time, and the rate it is worth. */
export interface CouponBandTerm extends BoundsTerm {
  rate: string;
}

export interface GuaranteeTerm {
  guarantorId: string;
  /** Of the capital that is not returned when the bond closes. */
  share: string;
}

export interface TwoSidedTerm {
  /** Below a percentage of the plan, what investors pay into the bond, as a share of their drawn capital. */
  bands: CouponBandTerm[];
}

/** Whose fund balance the surplus of a closed bond is: the payers' by what each paid, or fixed shares. */
export type SurplusTerm =
  { rule: 'payersByPaid' } | { rule: 'shares'; shares: { organisationId: string; share: string }[] };
