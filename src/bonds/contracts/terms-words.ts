import { percentOfRate } from '../../grants/uplift-percent.js';
import { formatShortest, parseDecimal } from '../../maths/exact.js';
import { formatMoney, parseAmount } from '../../maths/money.js';
import type { BondRole } from './bond.rules.js';
import type {
  BondTerms,
  BoundsTerm,
  ClaimsEvery,
  DayCountTerm,
  MetricKind,
  ShareRule,
  TierTerm,
} from './bond-terms.js';

export const kindNames: Record<MetricKind, string> = {
  per_unit: 'For each unit',
  per_person_once: 'Once for each person',
  band: 'By the band that is reached',
  threshold: 'If a threshold is reached',
  improvement: 'By improvement',
};

export const kindNotes: Record<MetricKind, string> = {
  per_unit: 'quantity × price',
  per_person_once: 'a person counts once for this metric, whatever the period',
  band: 'the value says which band; its price is paid for each',
  threshold: 'one band: reached, or not',
  improvement: 'how much better than the baseline says which band',
};

export const modeNames = {
  step: 'the price of the band that holds the value',
  interpolated: 'a straight line from each band’s beginning to the next one’s',
} as const;

export const everyNames: Record<ClaimsEvery, string> = {
  monthly: 'Monthly',
  quarterly: 'Quarterly',
  halfYearly: 'Half-yearly',
  yearly: 'Yearly',
};

export const shareRuleNames: Record<ShareRule, string> = {
  fixed: 'Fixed shares',
  perMetric: 'Shares by metric',
  remainingCap: 'By remaining cap',
};

export const shareRuleNotes: Record<ShareRule, string> = {
  fixed: 'Each payer has one weight, for every metric it pays for.',
  perMetric: 'Each payer has a weight for each metric it pays for.',
  remainingCap: 'Payers share by what is left of each one’s cap.',
};

export const roleNames: Record<BondRole, string> = {
  provider: 'Provider',
  verifier: 'Verifier',
  payer: 'Outcome payer',
  investor: 'Investor',
  guarantor: 'Guarantor',
};

export const dayCountNames: Record<DayCountTerm, string> = {
  'ACT/365': 'ACT/365: the days there are, of 365',
  'ACT/360': 'ACT/360: the days there are, of 360',
  '30/360': '30/360: months of 30 days',
};

export const tierNames: Record<TierTerm['kind'], string> = {
  fee: 'Fee',
  capital: 'Return of capital',
  preferred: 'Preferred return',
  irrCap: 'Up to an IRR',
  residual: 'What is left',
};

const shortest = (decimal: string): string => formatShortest(parseDecimal(decimal));

/** "from 55 up to but not including 60", "above 70", "up to and including 55", "exactly 60". */
export function boundsText({ from, to, fromInclusive, toInclusive }: BoundsTerm, unit = ''): string {
  const [lower, upper] = [from, to].map((bound) => (bound === null ? null : `${shortest(bound)}${unit}`));
  if (lower && lower === upper) return `exactly ${lower}`;
  const end = upper && (toInclusive ? `up to and including ${upper}` : `up to but not including ${upper}`);
  if (!lower) return upper ? (toInclusive ? end! : `below ${upper}`) : 'any value';
  const begin = fromInclusive ? `from ${lower}` : `above ${lower}`;
  return end ? `${begin} ${end}` : fromInclusive ? `${begin} up` : begin;
}

/** "all claims together from 7.5 up": what a pooled fallback asks for. */
export const fallbackText = (fallback: BoundsTerm): string => `all claims together ${boundsText(fallback)}`;

/** "0.065" → "6.5 %". */
export const percentText = (rate: string): string => `${percentOfRate(rate)} %`;

/** An amount of the terms as people read it; "none" where there is none. */
export const amountText = (text: string | null, currency: string, locale = 'en-GB'): string =>
  text === null ? 'none' : formatMoney(parseAmount(text, currency), currency, locale);

/** A tier in words: "6 % a year on what is outstanding, compounded yearly (ACT/365)". */
export function tierText(tier: TierTerm, currency: string, locale = 'en-GB'): string {
  switch (tier.kind) {
    case 'fee':
      return `${amountText(tier.amount, currency, locale)}, before anybody else`;
    case 'capital':
      return 'what each investor has paid in and not had back';
    case 'preferred': {
      const growth = tier.compounding === 'yearly' ? 'compounded yearly' : 'simple';
      return `${percentText(tier.rate)} a year on outstanding capital, ${growth} (${tier.dayCount})`;
    }
    case 'irrCap':
      return `to investors, until each one’s IRR is ${percentText(tier.rate)}`;
    case 'residual': {
      const { investors, provider, pool } = tier.shares;
      return `${percentText(investors)} to investors, ${percentText(provider)} to the provider, ${percentText(pool)} to the pool`;
    }
  }
}

export const surplusText = (terms: BondTerms, nameOf: (id: string) => string): string =>
  terms.surplus.rule === 'payersByPaid'
    ? 'to the payers, by what each has paid'
    : terms.surplus.shares
        .map(({ organisationId, share }) => `${percentText(share)} to ${nameOf(organisationId)}`)
        .join(', ') || 'nobody yet';
