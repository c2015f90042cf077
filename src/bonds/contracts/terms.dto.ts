import {
  Amount,
  CalendarDay,
  Choice,
  Decimal,
  Flag,
  Id,
  Integer,
  Metric,
  Metrics,
  Nested,
  Rate,
  Text,
} from '../../platform/http/fields.js';
import { claimsEvery, compoundings, dayCounts, metricKinds, shareRules, tierKinds } from './bond-terms.js';

/** Where a band begins and ends. Without a `from` it has no beginning, without a `to` no end. */
export class BoundsInput {
  @Decimal({ optional: true, example: '60' }) from?: string | null;
  @Decimal({ optional: true, example: '65' }) to?: string | null;
  @Flag({ description: 'Whether the value at `from` belongs to the band' }) fromInclusive!: boolean;
  @Flag({ description: 'Whether the value at `to` belongs to the band' }) toInclusive!: boolean;
}

export class PriceBandInput extends BoundsInput {
  @Amount({ example: '7.50' }) price!: string;
}

export class CouponBandInput extends BoundsInput {
  @Rate({ example: '0.06', description: 'A share of the capital for a year' }) rate!: string;
}

export class RateCardLineInput {
  @Metric({ example: 'signUp', description: 'As claims name it' }) metric!: string;
  @Text({ max: 120, example: 'A child signs up' }) title!: string;
  @Choice(metricKinds) kind!: string;
  @Amount({ optional: true, example: '1680.00', description: 'Left out where the bands give it' })
  price?: string | null;
  @Text({ optional: true, max: 40, example: 'child' }) unit?: string | null;
  @Amount({ optional: true, example: '500000.00', description: 'The most that is paid for it, ever' })
  cap?: string | null;
  @Choice(['step', 'interpolated'], {
    optional: true,
    description: 'How bands give a price; step, if left out',
  })
  mode?: string | null;
  @Nested(() => PriceBandInput, { optional: true, many: true, least: 0, most: 100 }) bands?:
    PriceBandInput[] | null;
  @Nested(() => PriceBandInput, {
    optional: true,
    description:
      'Of a threshold: what the mean value of all its claims, by quantity, may reach where one alone does not; claims that missed are paid then',
  })
  fallback?: PriceBandInput | null;
}

export class CapsInput {
  @Amount({ optional: true, description: 'For one person, over all metrics' }) person?: string | null;
  @Amount({ optional: true, description: 'In one period' }) period?: string | null;
  @Amount({ optional: true, description: 'Over all, ever' }) bond?: string | null;
}

export class MetricWeightInput {
  @Metric({ example: 'signUp' }) metric!: string;
  @Rate({ example: '2' }) weight!: string;
}

export class PayerInput {
  @Id() organisationId!: string;
  @Rate({ optional: true, example: '1', description: 'Of fixed shares' }) weight?: string | null;
  @Nested(() => MetricWeightInput, {
    optional: true,
    many: true,
    least: 0,
    most: 500,
    description: 'Of shares by metric; a metric that is left out is none of its business',
  })
  weights?: MetricWeightInput[] | null;
  @Metrics({ optional: true, most: 500, description: 'The metrics it pays for; all, if left out' })
  metrics?: string[] | null;
  @Amount({ optional: true, description: 'The most that it pays, ever' }) cap?: string | null;
}

/** One of the two, or neither while it is a draft. */
export class VerifierInput {
  @Id({ optional: true }) organisationId?: string | null;
  @Id({ optional: true }) personId?: string | null;
}

export class InvestorInput {
  @Id() organisationId!: string;
  @Amount({ example: '360000.00' }) commitment!: string;
}

export class ResidualSharesInput {
  @Rate({ example: '0.5' }) investors!: string;
  @Rate({ example: '0.3' }) provider!: string;
  @Rate({ example: '0.2' }) pool!: string;
}

/** `fee` has an amount; `preferred` a rate, a day count and compounding; `irrCap` a rate; `residual` shares. */
export class TierInput {
  @Choice(tierKinds) kind!: string;
  @Amount({ optional: true }) amount?: string | null;
  @Rate({ optional: true, example: '0.06' }) rate?: string | null;
  @Choice(dayCounts, { optional: true }) dayCount?: string | null;
  @Choice(compoundings, { optional: true }) compounding?: string | null;
  @Nested(() => ResidualSharesInput, { optional: true }) shares?: ResidualSharesInput | null;
}

/** `waterfall` has tiers; `couponLadder` a day count and bands. */
export class ReturnsInput {
  @Choice(['waterfall', 'couponLadder']) kind!: string;
  @Nested(() => TierInput, { optional: true, many: true, least: 0, most: 40 }) tiers?: TierInput[] | null;
  @Choice(dayCounts, { optional: true }) dayCount?: string | null;
  @Nested(() => CouponBandInput, {
    optional: true,
    many: true,
    least: 0,
    most: 100,
    description: 'By outcome payments as a percentage of what the plan expected of the same time',
  })
  bands?: CouponBandInput[] | null;
}

export class GuaranteeInput {
  @Id({ description: 'The organisation that stands in' }) guarantorId!: string;
  @Rate({ example: '0.5', description: 'Of the capital that is not returned when the bond closes' })
  share!: string;
}

export class TwoSidedInput {
  @Nested(() => CouponBandInput, {
    many: true,
    most: 100,
    description: 'Below a percentage of the plan: what investors pay in, as a share of their drawn capital',
  })
  bands!: CouponBandInput[];
}

export class SurplusShareInput {
  @Id() organisationId!: string;
  @Rate({ example: '0.5' }) share!: string;
}

/** `payersByPaid` shares by what each payer paid; `shares` by these. */
export class SurplusInput {
  @Choice(['payersByPaid', 'shares']) rule!: string;
  @Nested(() => SurplusShareInput, { optional: true, many: true, least: 0, most: 100 })
  shares?: SurplusShareInput[] | null;
}

/**
 * The terms of a bond. A draft may lack what is not agreed yet; what is still missing or wrong is listed with it, and
 * refused when it is proposed.
 */
export class TermsInput {
  @CalendarDay({ example: '2027-01-01' }) startOn!: string;
  @CalendarDay({ example: '2030-12-31' }) endOn!: string;
  @Choice(claimsEvery, { description: 'How long the period of a claim is' }) claimsEvery!: string;
  @Integer(0, 365, { example: 30, description: 'Days after an invoice in which it is due' })
  invoiceDueDays!: number;
  @Nested(() => RateCardLineInput, { many: true, least: 0, most: 500 }) rateCard!: RateCardLineInput[];
  @Nested(() => CapsInput) caps!: CapsInput;
  @Flag({ description: 'Whether what a period’s cap trims is claimed again in the next period' })
  carryForward!: boolean;
  @Choice(shareRules, { description: 'By one weight each, by a weight for each metric, or by remaining cap' })
  shareRule!: string;
  @Nested(() => PayerInput, { many: true, least: 0, most: 100 }) payers!: PayerInput[];
  @Nested(() => VerifierInput) verifier!: VerifierInput;
  @Nested(() => InvestorInput, { many: true, least: 0, most: 100 }) investors!: InvestorInput[];
  @Nested(() => ReturnsInput) returns!: ReturnsInput;
  @Nested(() => GuaranteeInput, { optional: true }) guarantee?: GuaranteeInput | null;
  @Nested(() => TwoSidedInput, { optional: true }) twoSided?: TwoSidedInput | null;
  @Nested(() => SurplusInput) surplus!: SurplusInput;
}
