import type { Bond, BondVersion } from './bonds.read.js';
import type { BondTerms } from './bond-terms.js';
import {
  boundsText,
  everyNames,
  kindNames,
  modeNames,
  percentText,
  shareRuleNames,
  surplusText,
  tierNames,
  tierText,
} from './terms-words.js';

/**
 * Exactly what is approved: every term in words, with the SHA-256 of the terms themselves, so that a signature holds
 * for these and no others. A rate is written in per cent and a weight as words: neither is an amount.
 */
export function contractContent(
  bond: Bond,
  { number, reason, hash, terms }: BondVersion,
  nameOf: (id: string) => string,
): Record<string, unknown> {
  const { verifier, guarantee, returns } = terms;
  const verifierId = verifier.organisationId ?? verifier.personId;
  const said: Record<string, unknown> = {
    bondId: bond.id,
    contract: `${bond.reference} ${bond.title}`,
    contractVersion: `${number}`,
    reason,
    currency: bond.currency,
    termBegins: terms.startOn,
    termEnds: terms.endOn,
    claims: everyNames[terms.claimsEvery],
    invoicesDueAfter: `${terms.invoiceDueDays} days`,
    provider: bond.provider,
    verifier: verifierId && nameOf(verifierId),
    capOfTheBond: terms.caps.bond,
    capOfAPeriod: terms.caps.period,
    capForAPerson: terms.caps.person,
    trimmedByAPeriodsCap: terms.carryForward ? 'claimed again in the next period' : 'lost',
    payersShare: shareRuleNames[terms.shareRule],
    guarantee:
      guarantee && `${percentText(guarantee.share)} of lost capital, by ${nameOf(guarantee.guarantorId)}`,
    surplus: surplusText(terms, nameOf),
    rateCard: rateCard(terms),
    bands: bands(terms),
    payers: payers(terms, nameOf),
    weights: weights(terms, nameOf),
    investors: terms.investors.map(({ organisationId, commitment }) => ({
      investor: nameOf(organisationId),
      organisationId,
      commitment,
    })),
    tiers: returns.kind === 'waterfall' ? tiers(returns.tiers, bond.currency) : [],
    couponDays: returns.kind === 'couponLadder' ? returns.dayCount : null,
    coupons: returns.kind === 'couponLadder' ? coupons(returns.bands) : [],
    investorsPayIn: coupons(terms.twoSided?.bands ?? []),
    termsSha256: hash,
  };
  const isNothing = (value: unknown) => value === null || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(said).filter(([, value]) => !isNothing(value)));
}

const rateCard = ({ rateCard: lines }: BondTerms) =>
  lines.map(({ metric, title, kind, unit, mode, price, cap }) => ({
    metric,
    title,
    paid: kindNames[kind],
    unit,
    bandsGive: mode && modeNames[mode],
    price,
    cap,
  }));

const bands = ({ rateCard: lines }: BondTerms) =>
  lines.flatMap(({ metric, bands: of }) =>
    (of ?? []).map((band) => ({ metric, value: boundsText(band), price: band.price })),
  );

const payers = (terms: BondTerms, nameOf: (id: string) => string) =>
  terms.payers.map(({ organisationId, weight, metrics, cap }) => ({
    payer: nameOf(organisationId),
    organisationId,
    share: weight && `weight ${weight}`,
    for: metrics?.join(', ') ?? 'every metric',
    cap,
  }));

const weights = (terms: BondTerms, nameOf: (id: string) => string) =>
  terms.payers.flatMap(({ organisationId, weights: of }) =>
    (of ?? []).map(({ metric, weight }) => ({
      payer: nameOf(organisationId),
      metric,
      share: `weight ${weight}`,
    })),
  );

const tiers = (of: Extract<BondTerms['returns'], { kind: 'waterfall' }>['tiers'], currency: string) =>
  of.map((tier, index) => ({
    tier: `${index + 1}`,
    pays: tierNames[tier.kind],
    how: tierText(tier, currency),
  }));

const coupons = (of: Extract<BondTerms['returns'], { kind: 'couponLadder' }>['bands']) =>
  of.map((band) => ({ ofThePlan: boundsText(band, ' %'), rate: percentText(band.rate) }));
