import type { Bond, BondVersion } from './bonds.read.js';
import type { BondTerms } from './bond-terms.js';
import {
  boundsText,
  fallbackText,
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
 * for these and no others. A rate is written in per cent and a weight as words: neither is an amount. The database
 * keeps an object's keys by their length, so they are named to be read in this order; rows of a list keep theirs.
 */
export function contractContent(
  bond: Bond,
  { number, reason, hash, terms }: BondVersion,
  nameOf: (id: string) => string,
): Record<string, unknown> {
  const { returns, twoSided } = terms;
  const said: Record<string, unknown> = {
    reason,
    currency: bond.currency,
    contract: `${bond.reference} ${bond.title}`,
    versionNumber: `${number}`,
    termsSha256: hash,
    bondId: bond.id,
    terms: termLines(bond, terms, nameOf),
    outcomes: outcomes(terms),
    priceBands: priceBands(terms),
    outcomePayers: payers(terms, nameOf),
    weightsByMetric: weights(terms, nameOf),
    investorCommitments: terms.investors.map(({ organisationId, commitment }) => ({
      investor: nameOf(organisationId),
      organisationId,
      commitment,
    })),
    couponsByShareOfThePlan: returns.kind === 'couponLadder' ? coupons(returns.bands) : [],
    tiersInTheOrderOfPayment: returns.kind === 'waterfall' ? tiers(returns.tiers, bond.currency) : [],
    investorsPayInByShareOfThePlan: coupons(twoSided?.bands ?? []),
  };
  const isNothing = (value: unknown) => Array.isArray(value) && value.length === 0;
  return Object.fromEntries(Object.entries(said).filter(([, value]) => !isNothing(value)));
}

function termLines(bond: Bond, terms: BondTerms, nameOf: (id: string) => string): object[] {
  const { caps, verifier, guarantee, returns } = terms;
  const verifierId = verifier.organisationId ?? verifier.personId;
  const lines: [term: string, value: string | null][] = [
    ['Term begins', terms.startOn],
    ['Term ends', terms.endOn],
    ['Claims', everyNames[terms.claimsEvery]],
    ['Invoices are due after', `${terms.invoiceDueDays} days`],
    ['Provider', bond.provider],
    ['Verifier', verifierId && nameOf(verifierId)],
    ['Cap of the bond', caps.bond],
    ['Cap of a period', caps.period],
    ['Cap for a person', caps.person],
    ['What a period’s cap trims', terms.carryForward ? 'is claimed again in the next period' : 'is lost'],
    ['Payers share', shareRuleNames[terms.shareRule]],
    [
      'Guarantee',
      guarantee && `${percentText(guarantee.share)} of lost capital, by ${nameOf(guarantee.guarantorId)}`,
    ],
    ['Days of coupons', returns.kind === 'couponLadder' ? returns.dayCount : null],
    ['Surplus at the close', surplusText(terms, nameOf)],
  ];
  return lines.flatMap(([term, value]) => (value === null ? [] : [{ term, value }]));
}

const outcomes = ({ rateCard }: BondTerms) =>
  rateCard.map(({ metric, title, kind, unit, mode, price, cap }) => ({
    outcome: `${metric}: ${title}`,
    paidHow: kindNames[kind],
    bandsGive: mode && modeNames[mode],
    countedIn: unit,
    unitPrice: price,
    capOfOutcome: cap,
  }));

const priceBands = ({ rateCard }: BondTerms) =>
  rateCard.flatMap(({ metric, bands, fallback }) => [
    ...(bands ?? []).map((band) => ({ metric, reached: boundsText(band), price: band.price })),
    ...(fallback ? [{ metric, reached: fallbackText(fallback), price: fallback.price }] : []),
  ]);

const payers = (terms: BondTerms, nameOf: (id: string) => string) =>
  terms.payers.map(({ organisationId, weight, metrics, cap }) => ({
    payer: nameOf(organisationId),
    organisationId,
    share: weight && `weight ${weight}`,
    atMost: cap,
    metrics: metrics?.join(', ') ?? 'every metric',
  }));

const weights = (terms: BondTerms, nameOf: (id: string) => string) =>
  terms.payers.flatMap(({ organisationId, weights: of }) =>
    (of ?? []).map(({ metric, weight }) => ({
      payer: nameOf(organisationId),
      share: `weight ${weight}`,
      metric,
    })),
  );

const tiers = (of: Extract<BondTerms['returns'], { kind: 'waterfall' }>['tiers'], currency: string) =>
  of.map((tier, index) => ({
    tier: `${index + 1}. ${tierNames[tier.kind]}`,
    terms: tierText(tier, currency),
  }));

const coupons = (of: Extract<BondTerms['returns'], { kind: 'couponLadder' }>['bands']) =>
  of.map((band) => ({ plan: boundsText(band, ' %'), rateOfCapital: percentText(band.rate) }));
