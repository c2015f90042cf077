import { parseDecimal } from '../../maths/exact.js';
import { parseAmount } from '../../maths/money.js';
import { agreeTerms, type Terms, type TermsGiven } from '../../maths/outcomes/terms.js';
import type { BondTerms, PayerTerm, RateCardTerm } from './bond-terms.js';

/**
 * The terms of a contract as the outcome payments are worked out from them: minor units, exact decimals, payers by
 * their organisation. Where shares are agreed for each metric, each metric is agreed by itself.
 * @throws MathsError naming the place, for terms that do not hold together; signed ones do
 */
export function outcomeTerms(terms: BondTerms, currency: string): Terms {
  const minor = (text: string | null) => (text === null ? undefined : parseAmount(text, currency));
  const { person, period, bond } = terms.caps;
  const caps = { person: minor(person), period: minor(period), bond: minor(bond) };
  const agree = (rateCard: TermsGiven['rateCard'], payers: TermsGiven['payers']) =>
    agreeTerms({ rateCard, caps, payers, carryForward: terms.carryForward });
  const rateCard = terms.rateCard.map((line) => rateLine(line, currency));
  const payer = (term: PayerTerm, weight: string | null) => ({
    payer: term.organisationId,
    weight: weight ?? undefined,
    cap: minor(term.cap),
    metrics: term.metrics ?? undefined,
  });
  if (terms.shareRule !== 'perMetric') {
    return agree(
      rateCard,
      terms.payers.map((term) => payer(term, terms.shareRule === 'fixed' ? term.weight : null)),
    );
  }
  const each = rateCard.map((line) => agree([line], payersOf(terms, line.metric, payer)));
  return {
    ...{ caps, carryForward: terms.carryForward },
    rateCard: new Map(each.flatMap((part) => [...part.rateCard])),
    payers: terms.payers.map((term) => ({
      ...{ payer: term.organisationId, weight: null, cap: minor(term.cap) ?? null },
    })),
    payersOf: new Map(each.flatMap((part) => [...part.payersOf])),
  };
}

/** Who has a weight for a metric pays for it by that weight; who has none does not pay for it. */
function payersOf(
  { payers }: BondTerms,
  metric: string,
  payer: (term: PayerTerm, weight: string) => TermsGiven['payers'][number],
): TermsGiven['payers'] {
  return payers.flatMap((term) => {
    const weight = term.weights?.find((one) => one.metric === metric)?.weight;
    return weight === undefined ? [] : [payer({ ...term, metrics: null }, weight)];
  });
}

function rateLine(line: RateCardTerm, currency: string): TermsGiven['rateCard'][number] {
  const bound = (text: string | null) => (text === null ? null : parseDecimal(text));
  return {
    metric: line.metric,
    kind: line.kind,
    price: line.price === null ? 0n : parseAmount(line.price, currency),
    cap: line.cap === null ? undefined : parseAmount(line.cap, currency),
    mode: line.mode ?? undefined,
    bands: line.bands?.map((band) => ({
      from: bound(band.from),
      to: bound(band.to),
      fromInclusive: band.fromInclusive,
      toInclusive: band.toInclusive,
      price: parseAmount(band.price, currency),
    })),
  };
}
