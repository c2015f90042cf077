import { formatShortest, parseDecimal } from '../../maths/exact.js';
import { MathsError } from '../../maths/maths-error.js';
import { parseAmount } from '../../maths/money.js';
import { DomainError, type FieldError } from '../../platform/errors/domain-error.js';
import type {
  BondTerms,
  BoundsTerm,
  DayCountTerm,
  PayerTerm,
  RateCardTerm,
  ReturnTerms,
  SurplusTerm,
  TierTerm,
} from './bond-terms.js';
import type {
  BoundsInput,
  PayerInput,
  RateCardLineInput,
  ReturnsInput,
  SurplusInput,
  TermsInput,
  TierInput,
} from './terms.dto.js';

/**
 * Terms as they were sent, as they are kept: what is left out is null, a decimal has its shortest form, and each kind of
 * tier has its own fields and no other. They may still lack what is not agreed yet.
 *
 * @param pointer where the terms stand in the input
 * @throws ruleBroken naming every field that a tier, a return or a surplus needs or does not have, and every amount
 *   that is none in the currency
 */
export function readTerms(input: TermsInput, currency: string, pointer = '/terms'): BondTerms {
  const found: FieldError[] = [];
  const terms: BondTerms = {
    startOn: input.startOn,
    endOn: input.endOn,
    claimsEvery: input.claimsEvery as BondTerms['claimsEvery'],
    invoiceDueDays: input.invoiceDueDays,
    rateCard: input.rateCard.map(rateCardLine),
    caps: {
      person: input.caps.person ?? null,
      period: input.caps.period ?? null,
      bond: input.caps.bond ?? null,
    },
    carryForward: input.carryForward,
    shareRule: input.shareRule as BondTerms['shareRule'],
    payers: input.payers.map(payer),
    verifier: {
      organisationId: input.verifier.organisationId ?? null,
      personId: input.verifier.personId ?? null,
    },
    investors: input.investors.map(({ organisationId, commitment }) => ({ organisationId, commitment })),
    returns: returns(input.returns, `${pointer}/returns`, found),
    guarantee: input.guarantee
      ? { guarantorId: input.guarantee.guarantorId, share: shortest(input.guarantee.share) }
      : null,
    twoSided: input.twoSided ? { bands: input.twoSided.bands.map(couponBand) } : null,
    surplus: surplus(input.surplus),
  };
  found.push(...unreadableAmounts(terms, currency, pointer));
  if (found.length > 0) throw refusedTerms(found);
  return terms;
}

/** Terms that break rules, each named by its place. */
export function refusedTerms(problems: readonly FieldError[]): DomainError {
  const [first] = problems;
  const sentence =
    problems.length === 1 ? first!.message : `${problems.length} things in the terms need a change.`;
  return new DomainError('ruleBroken', sentence, [...problems]);
}

const shortest = (decimal: string): string => formatShortest(parseDecimal(decimal));

const bounds = ({ from, to, fromInclusive, toInclusive }: BoundsInput): BoundsTerm => ({
  from: from ? shortest(from) : null,
  to: to ? shortest(to) : null,
  fromInclusive,
  toInclusive,
});

const couponBand = (band: BoundsInput & { rate: string }) => ({ ...bounds(band), rate: shortest(band.rate) });

const isBanded = (kind: string) => kind === 'band' || kind === 'threshold' || kind === 'improvement';

const rateCardLine = (line: RateCardLineInput): RateCardTerm => ({
  metric: line.metric,
  title: line.title,
  kind: line.kind as RateCardTerm['kind'],
  price: line.price ?? null,
  unit: line.unit || null,
  cap: line.cap ?? null,
  mode: (line.mode ?? (isBanded(line.kind) ? 'step' : null)) as RateCardTerm['mode'],
  bands:
    line.bands?.length || isBanded(line.kind)
      ? (line.bands ?? []).map((band) => ({ ...bounds(band), price: band.price }))
      : null,
  ...(line.fallback && { fallback: { ...bounds(line.fallback), price: line.fallback.price } }),
});

const payer = ({ organisationId, weight, weights, metrics, cap }: PayerInput): PayerTerm => ({
  organisationId,
  weight: weight ? shortest(weight) : null,
  weights: weights?.length
    ? weights.map((one) => ({ metric: one.metric, weight: shortest(one.weight) }))
    : null,
  metrics: metrics ?? null,
  cap: cap ?? null,
});

const surplus = ({ rule, shares }: SurplusInput): SurplusTerm =>
  rule === 'shares'
    ? {
        rule,
        shares: (shares ?? []).map(({ organisationId, share }) => ({
          organisationId,
          share: shortest(share),
        })),
      }
    : { rule: 'payersByPaid' };

function returns(input: ReturnsInput, pointer: string, found: FieldError[]): ReturnTerms {
  if (input.kind === 'waterfall') {
    const tiers = (input.tiers ?? []).map((one, index) => tier(one, `${pointer}/tiers/${index}`, found));
    return { kind: 'waterfall', tiers };
  }
  if (!input.dayCount) found.push(wrong(`${pointer}/dayCount`, 'Say how days are counted, such as ACT/365.'));
  const dayCount = input.dayCount as DayCountTerm;
  return { kind: 'couponLadder', dayCount, bands: (input.bands ?? []).map(couponBand) };
}

type TierField = Exclude<keyof TierInput, 'kind'>;

/** What each kind of tier says. */
const fieldsOf: Record<TierTerm['kind'], readonly TierField[]> = {
  fee: ['amount'],
  capital: [],
  preferred: ['rate', 'dayCount', 'compounding'],
  irrCap: ['rate'],
  residual: ['shares'],
};

const tierWords: Record<TierTerm['kind'], string> = {
  fee: 'A fee',
  capital: 'The return of capital',
  preferred: 'A preferred return',
  irrCap: 'An IRR cap',
  residual: 'The residual',
};

const fieldWords: Record<TierField, string> = {
  amount: 'amount',
  rate: 'rate',
  dayCount: 'day count',
  compounding: 'compounding',
  shares: 'shares',
};

function tier(input: TierInput, pointer: string, found: FieldError[]): TierTerm {
  const kind = input.kind as TierTerm['kind'];
  const wanted = fieldsOf[kind];
  for (const field of Object.keys(fieldWords) as TierField[]) {
    const isGiven = input[field] !== undefined && input[field] !== null;
    if (isGiven === wanted.includes(field)) continue;
    const verb = isGiven ? 'has no' : 'needs its';
    found.push(wrong(`${pointer}/${field}`, `${tierWords[kind]} ${verb} ${fieldWords[field]}.`));
  }
  const { amount, rate, dayCount, compounding, shares } = input;
  const all: Record<TierField, unknown> = {
    ...{ amount, dayCount, compounding },
    rate: rate && shortest(rate),
    shares: shares && {
      investors: shortest(shares.investors),
      provider: shortest(shares.provider),
      pool: shortest(shares.pool),
    },
  };
  return { kind, ...Object.fromEntries(wanted.map((field) => [field, all[field]])) } as TierTerm;
}

const wrong = (pointer: string, message: string): FieldError => ({ pointer, code: 'ruleBroken', message });

/** Every amount of the terms, with its place. */
export function* amountsOf(terms: BondTerms, pointer = '/terms'): Generator<[place: string, text: string]> {
  const given = function* (place: string, text: string | null): Generator<[string, string]> {
    if (text !== null && text !== undefined) yield [`${pointer}${place}`, text];
  };
  for (const [at, line] of terms.rateCard.entries()) {
    yield* given(`/rateCard/${at}/price`, line.price);
    yield* given(`/rateCard/${at}/cap`, line.cap);
    for (const [band, { price }] of (line.bands ?? []).entries())
      yield* given(`/rateCard/${at}/bands/${band}/price`, price);
    yield* given(`/rateCard/${at}/fallback/price`, line.fallback?.price ?? null);
  }
  yield* given('/caps/person', terms.caps.person);
  yield* given('/caps/period', terms.caps.period);
  yield* given('/caps/bond', terms.caps.bond);
  for (const [at, { cap }] of terms.payers.entries()) yield* given(`/payers/${at}/cap`, cap);
  for (const [at, one] of terms.investors.entries())
    yield* given(`/investors/${at}/commitment`, one.commitment);
  const { returns: back } = terms;
  for (const [at, one] of back.kind === 'waterfall' ? back.tiers.entries() : [])
    if (one.kind === 'fee') yield* given(`/returns/tiers/${at}/amount`, one.amount);
}

function unreadableAmounts(terms: BondTerms, currency: string, pointer: string): FieldError[] {
  return [...amountsOf(terms, pointer)].flatMap(([place, text]) => {
    try {
      parseAmount(text, currency);
      return [];
    } catch (error) {
      if (!(error instanceof MathsError)) throw error;
      return [{ pointer: place, code: error.code, message: error.detail }];
    }
  });
}
