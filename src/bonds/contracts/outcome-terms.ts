import { parseAmount } from '../../maths/money.js';
import { agreeTerms, type Terms, type TermsGiven } from '../../maths/outcomes/terms.js';
import type { BandTerm, BondTerms, PayerTerm, RateCardTerm } from './bond-terms.js';
import { boundsOf } from './rate-card.rules.js';

/**
 * The terms of a contract as outcome payments are worked out by them.
 * @throws MathsError naming the place, for terms that do not hold together; signed ones do
 */
export const outcomeTerms = (terms: BondTerms, currency: string): Terms =>
  agreeTerms(contractOf(terms, currency));

/**
 * What outcome payments are worked out by: the rate card, caps and payers of terms, in minor units. Payers go by the
 * ids of their organisations. `agreeTerms` lets through what `termsProblems` has nothing against.
 */
export function contractOf(terms: BondTerms, currency: string): TermsGiven {
  const money = (text: string | null) => (text === null ? undefined : parseAmount(text, currency));
  return {
    rateCard: terms.rateCard.map((line) => rateOf(line, currency)),
    caps: {
      person: money(terms.caps.person),
      period: money(terms.caps.period),
      bond: money(terms.caps.bond),
    },
    payers: terms.payers.map((payer) => ({ ...shareOf(payer, terms.shareRule), cap: money(payer.cap) })),
    carryForward: terms.carryForward,
  };
}

function rateOf(
  { metric, kind, price, cap, bands, mode, fallback }: RateCardTerm,
  currency: string,
): TermsGiven['rateCard'][number] {
  return {
    ...{ metric, kind },
    // Of a line with bands, each band has its own.
    price: price === null ? 0n : parseAmount(price, currency),
    cap: cap === null ? undefined : parseAmount(cap, currency),
    bands: bands?.map((band) => bandOf(band, currency)),
    fallback: fallback && bandOf(fallback, currency),
    mode: mode ?? undefined,
  };
}

const bandOf = (band: BandTerm, currency: string) => ({
  ...boundsOf<BandTerm>(band),
  price: parseAmount(band.price, currency),
});

/** The part of a payer by the share rule: by metric, those it has a weight for are those it pays for. */
function shareOf(
  { organisationId: payer, weight, weights, metrics }: PayerTerm,
  rule: BondTerms['shareRule'],
): Omit<TermsGiven['payers'][number], 'cap'> {
  switch (rule) {
    case 'fixed':
      return { payer, weight: weight ?? undefined, metrics: metrics ?? undefined };
    case 'remainingCap':
      return { payer, metrics: metrics ?? undefined };
    case 'perMetric': {
      const weightOf = new Map((weights ?? []).map((one) => [one.metric, one.weight]));
      return { payer, weightOf, metrics: [...weightOf.keys()] };
    }
  }
}
