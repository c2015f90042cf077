import {
  Amount,
  CalendarDay,
  Choice,
  Decimal,
  Flag,
  Id,
  Integer,
  Metric,
  Nested,
  Percents,
  Rate,
  Text,
} from '../../platform/http/fields.js';
import type { FormShape } from '../../web/forms/read-form.js';
import { claimsEvery, compoundings, dayCounts, metricKinds, shareRules, tierKinds } from './bond-terms.js';
import { InvestorInput } from './terms.dto.js';

/** Which of its two bounds belong to a band; left blank, the first does and the last does not. */
export const edgeKinds = ['inOut', 'inIn', 'outIn', 'outOut'] as const;
export type Edges = (typeof edgeKinds)[number];

export class RateRow {
  @Metric() metric!: string;
  @Text({ max: 120 }) title!: string;
  @Choice(metricKinds) kind!: string;
  @Amount({ optional: true }) price?: string;
  @Text({ optional: true, max: 40 }) unit?: string;
  @Amount({ optional: true }) cap?: string;
  @Choice(['step', 'interpolated'], { optional: true }) mode?: string;
}

class BoundsRow {
  @Decimal({ optional: true, example: '60' }) from?: string;
  @Decimal({ optional: true, example: '65' }) to?: string;
  @Choice(edgeKinds, { optional: true }) edges?: string;
}

/** A band of a metric; those of one metric need not stand together. */
export class BandRow extends BoundsRow {
  @Metric() metric!: string;
  @Amount() price!: string;
}

export class CouponRow extends BoundsRow {
  @Rate({ example: '6' }) percent!: string;
}

export class PayerRow {
  @Id() organisationId!: string;
  @Rate({ optional: true, example: '1' }) weight?: string;
  @Text({ optional: true, max: 2000, example: 'signUp, attendance' }) metrics?: string;
  @Amount({ optional: true }) cap?: string;
}

/** The weight of a payer for one metric. */
export class WeightRow {
  @Id() organisationId!: string;
  @Metric() metric!: string;
  @Rate({ example: '2' }) weight!: string;
}

export class TierRow {
  @Choice(tierKinds) kind!: string;
  @Amount({ optional: true }) amount?: string;
  @Rate({ optional: true, example: '6' }) percent?: string;
  @Choice(dayCounts, { optional: true }) dayCount?: string;
  @Choice(compoundings, { optional: true }) compounding?: string;
  @Percents({ optional: true, example: '20; 30; 50' }) shares?: string;
}

export class SurplusRow {
  @Id() organisationId!: string;
  @Rate({ example: '50' }) percent!: string;
}

const rows = { optional: true, many: true, least: 0 } as const;

/**
 * Terms as their form holds them: flat rows, since a table of bands cannot stand inside a row of the rate card, and
 * rates in per cent. `termsInputOf` and `formValuesOf` go from one to the other.
 */
export class TermsForm {
  @CalendarDay() startOn!: string;
  @CalendarDay() endOn!: string;
  @Choice(claimsEvery) claimsEvery!: string;
  @Integer(0, 365) invoiceDueDays!: number;
  @Nested(() => RateRow, { ...rows, most: 500 }) rateCard?: RateRow[];
  @Nested(() => BandRow, { ...rows, most: 900 }) bands?: BandRow[];
  @Nested(() => BandRow, { ...rows, most: 500 }) fallbacks?: BandRow[];
  @Amount({ optional: true }) capBond?: string;
  @Amount({ optional: true }) capPeriod?: string;
  @Amount({ optional: true }) capPerson?: string;
  @Flag() carryForward!: boolean;
  @Choice(shareRules) shareRule!: string;
  @Nested(() => PayerRow, { ...rows, most: 100 }) payers?: PayerRow[];
  @Nested(() => WeightRow, { ...rows, most: 900 }) weights?: WeightRow[];
  @Id({ optional: true }) verifierOrganisationId?: string;
  @Id({ optional: true }) verifierPersonId?: string;
  @Nested(() => InvestorInput, { ...rows, most: 100 }) investors?: InvestorInput[];
  @Choice(['waterfall', 'couponLadder']) returnsKind!: string;
  @Nested(() => TierRow, { ...rows, most: 40 }) tiers?: TierRow[];
  @Choice(dayCounts, { optional: true }) couponDayCount?: string;
  @Nested(() => CouponRow, { ...rows, most: 100 }) couponBands?: CouponRow[];
  @Id({ optional: true }) guarantorId?: string;
  @Rate({ optional: true, example: '50' }) guaranteePercent?: string;
  @Nested(() => CouponRow, { ...rows, most: 100 }) twoSidedBands?: CouponRow[];
  @Choice(['payersByPaid', 'shares']) surplusRule!: string;
  @Nested(() => SurplusRow, { ...rows, most: 100 }) surplusShares?: SurplusRow[];
}

/** A new bond: what it is called and who provides, with its first terms. */
export class BondForm extends TermsForm {
  @Text({ max: 80 }) reference!: string;
  @Text({ max: 200 }) title!: string;
  @Id() providerId!: string;
}

/** A draft that is changed carries the version it was drawn from. */
export class BondChangeForm extends BondForm {
  @Integer(1, 1_000_000_000) version!: number;
}

/** An amendment: the reason, and the terms; the bond is called what it was signed as. */
export class AmendmentForm extends TermsForm {
  @Text({ max: 500 }) reason!: string;
  @Integer(1, 1_000_000_000) version!: number;
}

/** How the form is read: amounts in the bond's currency, the tick of what is carried forward. */
export const termsShape = (currency: string): FormShape => ({
  flags: ['carryForward'],
  amounts: Object.fromEntries(
    [
      ...['capBond', 'capPeriod', 'capPerson', 'rateCard[].price', 'rateCard[].cap', 'bands[].price'],
      'fallbacks[].price',
      ...['payers[].cap', 'investors[].commitment', 'tiers[].amount'],
    ].map((name) => [name, currency]),
  ),
});
