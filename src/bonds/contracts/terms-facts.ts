import { dayText } from '../../web/format.js';
import type { BondTerms, CouponBandTerm, PayerTerm, RateCardTerm } from './bond-terms.js';
import {
  amountText,
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

/** One thing that terms say: where, what it is called, and its value in words. */
export interface TermsFact {
  key: string;
  label: string;
  value: string;
}

interface Say {
  currency: string;
  locale: string;
  nameOf: (id: string) => string;
}

/** All that terms say, one thing after the other: what two versions are compared by. */
export function termsFacts(terms: BondTerms, say: Say): TermsFact[] {
  const money = (text: string | null) => amountText(text, say.currency, say.locale);
  const facts: TermsFact[] = [
    { key: 'startOn', label: 'Term begins', value: dayText(terms.startOn, say.locale) },
    { key: 'endOn', label: 'Term ends', value: dayText(terms.endOn, say.locale) },
    { key: 'claimsEvery', label: 'Claims', value: everyNames[terms.claimsEvery] },
    { key: 'invoiceDueDays', label: 'Invoices are due after', value: `${terms.invoiceDueDays} days` },
    ...terms.rateCard.flatMap((line) => rateFacts(line, say)),
    { key: 'caps/bond', label: 'Cap of the bond', value: money(terms.caps.bond) },
    { key: 'caps/period', label: 'Cap of a period', value: money(terms.caps.period) },
    { key: 'caps/person', label: 'Cap for a person', value: money(terms.caps.person) },
    {
      key: 'carryForward',
      label: 'What a period’s cap trims',
      value: terms.carryForward ? 'is claimed again in the next period' : 'is lost',
    },
    { key: 'shareRule', label: 'Payers share', value: shareRuleNames[terms.shareRule] },
    ...terms.payers.flatMap((payer) => payerFacts(payer, say)),
    { key: 'verifier', label: 'Verifier', value: verifierName(terms, say) },
    ...terms.investors.map(({ organisationId, commitment }) => ({
      key: `investor/${organisationId}`,
      label: `Commitment of ${say.nameOf(organisationId)}`,
      value: money(commitment),
    })),
    ...returnFacts(terms, say),
    {
      key: 'guarantee',
      label: 'Guarantee',
      value: terms.guarantee
        ? `${percentText(terms.guarantee.share)} of lost capital, by ${say.nameOf(terms.guarantee.guarantorId)}`
        : 'none',
    },
    ...couponFacts(terms.twoSided?.bands ?? [], 'twoSided', 'Investors pay in'),
    { key: 'surplus', label: 'Surplus at the close', value: surplusText(terms, say.nameOf) },
  ];
  return facts;
}

function verifierName({ verifier }: BondTerms, { nameOf }: Say): string {
  const id = verifier.organisationId ?? verifier.personId;
  return id === null ? 'nobody yet' : nameOf(id);
}

function rateFacts(line: RateCardTerm, say: Say): TermsFact[] {
  const at = `rateCard/${line.metric}`;
  const of = `“${line.metric}”`;
  const money = (text: string | null) => amountText(text, say.currency, say.locale);
  return [
    { key: at, label: `Metric ${of}`, value: `${line.title}: ${kindNames[line.kind].toLowerCase()}` },
    ...(line.price === null
      ? []
      : [{ key: `${at}/price`, label: `Price of ${of}`, value: money(line.price) }]),
    ...(line.unit === null ? [] : [{ key: `${at}/unit`, label: `Unit of ${of}`, value: line.unit }]),
    ...(line.cap === null ? [] : [{ key: `${at}/cap`, label: `Cap of ${of}`, value: money(line.cap) }]),
    ...(line.mode === null
      ? []
      : [{ key: `${at}/mode`, label: `Bands of ${of} give`, value: modeNames[line.mode] }]),
    ...(line.bands ?? []).map((band) => ({
      key: `${at}/band/${boundsText(band)}`,
      label: `${of} ${boundsText(band)}`,
      value: money(band.price),
    })),
    ...(line.fallback
      ? [
          {
            key: `${at}/fallback`,
            label: `Pooled fallback of ${of}`,
            value: `${fallbackText(line.fallback)}: ${money(line.fallback.price)}`,
          },
        ]
      : []),
  ];
}

function payerFacts(payer: PayerTerm, say: Say): TermsFact[] {
  const at = `payer/${payer.organisationId}`;
  const name = say.nameOf(payer.organisationId);
  const { weight, metrics, cap } = payer;
  return [
    { key: at, label: `${name} pays for`, value: metrics === null ? 'every metric' : metrics.join(', ') },
    ...(weight === null ? [] : [{ key: `${at}/weight`, label: `Weight of ${name}`, value: weight }]),
    ...(payer.weights ?? []).map((one) => ({
      key: `${at}/weight/${one.metric}`,
      label: `Weight of ${name} for “${one.metric}”`,
      value: one.weight,
    })),
    { key: `${at}/cap`, label: `Cap of ${name}`, value: amountText(cap, say.currency, say.locale) },
  ];
}

function returnFacts({ returns }: BondTerms, say: Say): TermsFact[] {
  if (returns.kind === 'couponLadder') {
    return [
      { key: 'returns', label: 'Returns', value: `capital and a coupon, ${returns.dayCount}` },
      ...couponFacts(returns.bands, 'coupon', 'Coupon'),
    ];
  }
  return [
    { key: 'returns', label: 'Returns', value: 'a waterfall of tiers' },
    ...returns.tiers.map((tier, index) => ({
      key: `tier/${index}`,
      label: `Tier ${index + 1}`,
      value: `${tierNames[tier.kind]}: ${tierText(tier, say.currency, say.locale)}`,
    })),
  ];
}

const couponFacts = (bands: readonly CouponBandTerm[], key: string, label: string): TermsFact[] =>
  bands.map((band) => ({
    key: `${key}/${boundsText(band)}`,
    label: `${label} at ${boundsText(band, ' %')} of the plan`,
    value: percentText(band.rate),
  }));

/** One thing that differs between two versions; null where one of them does not say it. */
export interface TermsChange {
  label: string;
  before: string | null;
  after: string | null;
}

/** What changed from one version to another, in words, in the order of the later one; what is gone comes last. */
export function termsChanges(before: BondTerms, after: BondTerms, say: Say): TermsChange[] {
  const was = new Map(termsFacts(before, say).map((fact) => [fact.key, fact]));
  const is = new Map(termsFacts(after, say).map((fact) => [fact.key, fact]));
  const changed = [...is.values()]
    .filter(({ key, value }) => was.get(key)?.value !== value)
    .map(({ key, label, value }) => ({ label, before: was.get(key)?.value ?? null, after: value }));
  const gone = [...was.values()]
    .filter(({ key }) => !is.has(key))
    .map(({ label, value }) => ({ label, before: value, after: null }));
  return [...changed, ...gone];
}

/** "Price of “signUp”: £1,680.00 → £1,700.00". */
export const changeText = ({ label, before, after }: TermsChange): string =>
  `${label}: ${before ?? 'not there'} → ${after ?? 'taken out'}`;
