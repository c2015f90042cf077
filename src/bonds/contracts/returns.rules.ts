import { compareDecimals, parseDecimal } from '../../maths/exact.js';
import { parseAmount } from '../../maths/money.js';
import type { BondTerms, TierTerm } from './bond-terms.js';
import { bandProblems, isZero, type Problem, problem, sumToOne, twice } from './rate-card.rules.js';

const one = parseDecimal('1');
const isAboveOne = (rate: string): boolean => compareDecimals(parseDecimal(rate), one) > 0;

/** Rates are shares of one, so that 6 per cent cannot be taken for 600. */
function* rateProblems(rate: string, at: string): Generator<Problem> {
  if (isAboveOne(rate)) yield problem(at, 'A rate is a share of one: write 6 per cent as 0.06.');
}

/** What investors get back, and who stands in where it is not enough. */
export function* returnProblems(terms: BondTerms, currency: string): Generator<Problem> {
  const { investors, returns, guarantee, twoSided, surplus } = terms;
  if (investors.length === 0)
    yield problem('/investors', 'Say who lends the capital: one investor at least.');
  yield* twice(
    investors.map(({ organisationId }) => organisationId),
    (index) => `/investors/${index}/organisationId`,
    () => 'This investor is named twice.',
  );
  for (const [index, { commitment }] of investors.entries()) {
    if (parseAmount(commitment, currency) === 0n)
      yield problem(`/investors/${index}/commitment`, 'An investor commits more than nothing.');
  }
  if (returns.kind === 'waterfall') yield* tierProblems(returns.tiers, currency);
  else yield* couponProblems(returns.bands, '/returns/bands');
  if (twoSided) yield* couponProblems(twoSided.bands, '/twoSided/bands');
  if (guarantee) {
    if (isZero(guarantee.share))
      yield problem('/guarantee/share', 'A guarantee of nothing guarantees nothing.');
    yield* rateProblems(guarantee.share, '/guarantee/share');
  }
  if (surplus.rule === 'shares') yield* surplusProblems(surplus.shares);
}

function* couponProblems(
  bands: Extract<BondTerms['returns'], { kind: 'couponLadder' }>['bands'],
  at: string,
): Generator<Problem> {
  yield* bandProblems(bands, at);
  for (const [index, { rate }] of bands.entries()) yield* rateProblems(rate, `${at}/${index}/rate`);
}

function* surplusProblems(shares: readonly { organisationId: string; share: string }[]): Generator<Problem> {
  const at = '/surplus/shares';
  yield* twice(
    shares.map(({ organisationId }) => organisationId),
    (index) => `${at}/${index}/organisationId`,
    () => 'This organisation is named twice.',
  );
  if (!sumToOne(shares.map(({ share }) => share)))
    yield problem(at, 'The shares of the surplus must sum to 1, such as 0.5 and 0.5.', 'sharesNotWhole');
}

/**
 * Tiers in an order that makes sense: capital comes back once; what is capped by the investors’ return comes after it
 * and after the preferred return; the residual is last.
 */
function* tierProblems(tiers: readonly TierTerm[], currency: string): Generator<Problem> {
  const at = (index: number) => `/returns/tiers/${index}/kind`;
  const placesOf = (kind: TierTerm['kind']) =>
    tiers.flatMap((tier, index) => (tier.kind === kind ? [index] : []));
  if (tiers.length === 0) {
    yield problem('/returns/tiers', 'Say in which order investors are paid: one tier at least.');
    return;
  }
  if (placesOf('capital').length === 0)
    yield problem('/returns/tiers', 'No tier returns the capital: add one.');
  for (const index of placesOf('capital').slice(1))
    yield problem(at(index), 'Capital is returned once only.');
  for (const index of placesOf('preferred').slice(1))
    yield problem(at(index), 'There is one preferred return at most.');
  for (const index of placesOf('residual').slice(1))
    yield problem(at(index), 'What is left is shared once only.');
  const [residual] = placesOf('residual');
  if (residual !== undefined && tiers.slice(residual).some(({ kind }) => kind !== 'residual'))
    yield problem(at(residual), 'The residual takes all that is left, so it comes last.');
  const owed = [...placesOf('capital'), ...placesOf('preferred')];
  for (const index of placesOf('irrCap').filter((cap) => owed.some((place) => place > cap)))
    yield problem(
      at(index),
      'An IRR cap counts the capital and the preferred return, so it comes after them.',
    );
  yield* risingCaps(tiers);
  for (const [index, tier] of tiers.entries()) yield* oneTier(tier, `/returns/tiers/${index}`, currency);
}

function* risingCaps(tiers: readonly TierTerm[]): Generator<Problem> {
  let highest: string | undefined;
  for (const [index, tier] of tiers.entries()) {
    if (tier.kind !== 'irrCap') continue;
    const isHigher =
      highest === undefined || compareDecimals(parseDecimal(tier.rate), parseDecimal(highest)) > 0;
    if (!isHigher)
      yield problem(
        `/returns/tiers/${index}/rate`,
        'A later IRR cap lies above the one before it, or it would pay nothing.',
      );
    highest = tier.rate;
  }
}

function* oneTier(tier: TierTerm, at: string, currency: string): Generator<Problem> {
  switch (tier.kind) {
    case 'fee':
      if (parseAmount(tier.amount, currency) === 0n)
        yield problem(`${at}/amount`, 'A fee of nothing is no tier: take it out.');
      return;
    case 'preferred':
    case 'irrCap':
      if (isZero(tier.rate))
        yield problem(`${at}/rate`, 'A rate of nothing pays nothing: take this tier out.');
      yield* rateProblems(tier.rate, `${at}/rate`);
      return;
    case 'residual':
      if (!sumToOne(Object.values(tier.shares)))
        yield problem(
          `${at}/shares`,
          'The shares of investors, provider and pool must sum to 1.',
          'sharesNotWhole',
        );
      return;
    case 'capital':
      return;
  }
}
