import { allocate } from '../../../maths/allocate.js';
import { arrangeRateBands, couponOn, couponRate, percentReached } from '../../../maths/coupon-ladder.js';
import type { CapitalOut } from '../../../maths/coupon-ladder.js';
import { compareDays, type Day } from '../../../maths/day.js';
import { formatShortest, ratioOf } from '../../../maths/exact.js';
import { parseAmount, sum } from '../../../maths/money.js';
import { type DatedAmount, payWaterfall } from '../../../maths/waterfall.js';
import type { Tier } from '../../../maths/waterfall-tiers.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import type { ReturnTerms, TierTerm } from '../../contracts/bond-terms.js';

export const distributionSources = ['proceeds', 'guarantee'] as const;
/** What is paid out: what the bond holds, by its terms; or what its guarantor paid, as capital. */
export type DistributionSource = (typeof distributionSources)[number];

/** What an investor got of an earlier distribution, dated as that was worked out. Minor units. */
export interface EarlierShare {
  on: Day;
  capital: bigint;
  /** Beyond its capital. */
  income: bigint;
}

export interface InvestorFlows {
  /** The investor as a party to the bond. */
  partyId: string;
  investor: string;
  drawdowns: DatedAmount[];
  distributions: EarlierShare[];
}

/** Outcome payments by a day, and what the plan expected by it. Minor units. */
export interface Outcomes {
  reached: bigint;
  expected: bigint;
}

/** All that a distribution is worked out from: the same inputs give the same result, whenever. Minor units. */
export interface DistributionInputs {
  source: DistributionSource;
  currency: string;
  asOf: Day;
  /** What goes into the tiers. */
  available: bigint;
  returns: ReturnTerms;
  investors: InvestorFlows[];
  /** Fees that earlier distributions paid: a fee is paid once. */
  feesPaid: bigint;
  /** What a coupon ladder goes by; null where no plan says what was expected. */
  outcomes: Outcomes | null;
}

export type WorkedTierKind = TierTerm['kind'] | 'coupon' | 'guarantee';

/** Minor units; `perInvestor` in the order of the investors, and empty for a fee. */
export interface WorkedTier {
  kind: WorkedTierKind;
  paid: bigint;
  perInvestor: bigint[];
  provider: bigint;
  pool: bigint;
}

export interface InvestorShare {
  partyId: string;
  investor: string;
  capital: bigint;
  income: bigint;
}

/** Minor units. */
export interface WorkedOut {
  tiers: WorkedTier[];
  shares: InvestorShare[];
  totals: { fee: bigint; investors: bigint; provider: bigint; pool: bigint };
  /** Leaves the account: all but the pool's share, which stays in the bond until it is closed. */
  paid: bigint;
  remaining: bigint;
  /** How well outcomes stand beside the plan, in per cent to 2 places, and the rate it is worth. */
  coupon: { percent: string; rate: string } | null;
}

/**
 * Works a distribution out: tier by tier until the money ends. What is paid, kept for the pool and remains sum to what
 * was available. Of what an investor gets, the capital tier and what comes after it first return capital that is out.
 * @throws ruleBroken where a coupon ladder has no plan to go by
 */
export function workOut(inputs: DistributionInputs): WorkedOut {
  const { tiers, remaining, coupon } =
    inputs.source === 'guarantee' ? byGuarantee(inputs) : byTerms(inputs, inputs.returns);
  const totals = {
    fee: sum(tiers.map(({ kind, paid }) => (kind === 'fee' ? paid : 0n))),
    investors: sum(tiers.flatMap(({ perInvestor }) => perInvestor)),
    provider: sum(tiers.map(({ provider }) => provider)),
    pool: sum(tiers.map(({ pool }) => pool)),
  };
  return {
    ...{ tiers, totals, remaining, coupon },
    paid: totals.fee + totals.investors + totals.provider,
    shares: inputs.investors.map((investor, place) => ({
      partyId: investor.partyId,
      investor: investor.investor,
      ...capitalFirst(tiers, place, capitalOut(investor)),
    })),
  };
}

type Worked = Pick<WorkedOut, 'tiers' | 'remaining' | 'coupon'>;

const byTerms = (inputs: DistributionInputs, returns: ReturnTerms): Worked =>
  returns.kind === 'waterfall' ? byWaterfall(inputs, returns.tiers) : byLadder(inputs, returns);

function byWaterfall(
  { asOf, available, currency, investors, feesPaid }: DistributionInputs,
  terms: TierTerm[],
): Worked {
  const { tiers, totals, remaining } = payWaterfall({
    ...{ asOf, available },
    tiers: lessFees(terms, feesPaid, currency),
    investors: investors.map(({ partyId, drawdowns, distributions }) => ({
      ...{ investor: partyId, drawdowns },
      distributions: distributions.map(({ on, capital, income }) => ({ on, amount: capital + income })),
    })),
  });
  const shareOf = (kind: Tier['kind'], total: bigint) => (kind === 'residual' ? total : 0n);
  return {
    tiers: tiers.map(({ kind, paid, perInvestor }) => ({
      ...{ kind, paid, perInvestor },
      provider: shareOf(kind, totals.provider),
      pool: shareOf(kind, totals.pool),
    })),
    remaining,
    coupon: null,
  };
}

/** The tiers as the maths takes them: of the fees only what is not paid yet, the first ones first. */
export function lessFees(terms: readonly TierTerm[], feesPaid: bigint, currency: string): Tier[] {
  let paid = feesPaid;
  return terms.map((tier): Tier => {
    if (tier.kind !== 'fee') return tier;
    const amount = parseAmount(tier.amount, currency);
    const before = paid < amount ? paid : amount;
    paid -= before;
    return { kind: 'fee', amount: amount - before };
  });
}

/** Capital, then the coupon on capital while it was out; of both each investor by what it is owed. */
function byLadder(
  { asOf, available, investors, outcomes }: DistributionInputs,
  { bands, dayCount }: Extract<ReturnTerms, { kind: 'couponLadder' }>,
): Worked {
  const percent = outcomes && percentReached(outcomes.reached, outcomes.expected);
  if (percent === null) {
    const sentence = `The coupon goes by what the plan expected by ${asOf}, and no plan says so. Make a plan first.`;
    throw new DomainError('ruleBroken', sentence);
  }
  const rate = couponRate(arrangeRateBands(bands), percent);
  const owedCapital = investors.map(capitalOut);
  const owedCoupon = investors.map((investor) => {
    const earned = couponOn(capitalStretches(investor, asOf), rate, dayCount);
    const had = sum(investor.distributions.map(({ income }) => income));
    return earned > had ? earned - had : 0n;
  });
  const capital = payOwed('capital', available, owedCapital);
  const coupon = payOwed('coupon', available - capital.paid, owedCoupon);
  return {
    tiers: [capital, coupon],
    remaining: available - capital.paid - coupon.paid,
    coupon: { percent: percentText(outcomes!), rate: formatShortest(rate) },
  };
}

/** "96.25": outcome payments in per cent of what the plan expected, rounded half-even. */
export const percentText = ({ reached, expected }: Outcomes): string =>
  ratioOf({ units: reached * 100n, scale: 0 }, { units: expected, scale: 0 }, 2)!;

/** What the guarantor paid is capital, to each by what it has lost. */
function byGuarantee({ available, investors }: DistributionInputs): Worked {
  const tier = payOwed('guarantee', available, investors.map(capitalOut));
  return { tiers: [tier], remaining: available - tier.paid, coupon: null };
}

function payOwed(kind: WorkedTierKind, left: bigint, owed: bigint[]): WorkedTier {
  const whole = sum(owed);
  const paid = whole < left ? whole : left;
  return {
    ...{ kind, paid, provider: 0n, pool: 0n },
    perInvestor: paid === 0n ? owed.map(() => 0n) : allocate(paid, owed),
  };
}

/** Capital that an investor has in the bond. */
export const capitalOut = ({ drawdowns, distributions }: InvestorFlows): bigint =>
  sum(drawdowns.map(({ amount }) => amount)) - sum(distributions.map(({ capital }) => capital));

/** How much capital was out from when to when, until a day. */
export function capitalStretches({ drawdowns, distributions }: InvestorFlows, until: Day): CapitalOut[] {
  const moves = [
    ...drawdowns.map(({ on, amount }) => ({ on, amount })),
    ...distributions.map(({ on, capital }) => ({ on, amount: -capital })),
  ].sort((a, b) => compareDays(a.on, b.on));
  let capital = 0n;
  return moves.flatMap(({ on, amount }, index) => {
    capital += amount;
    const to = moves[index + 1]?.on ?? until;
    return to > on && capital > 0n ? [{ from: on, to, capital }] : [];
  });
}

const returnsCapital = ({ kind }: WorkedTier) => kind === 'capital' || kind === 'guarantee';

/** What one gets is capital as far as capital is out, from the tier of the capital on. */
function capitalFirst(
  tiers: readonly WorkedTier[],
  place: number,
  out: bigint,
): { capital: bigint; income: bigint } {
  const begin = tiers.findIndex(returnsCapital);
  const parts = tiers.map(({ perInvestor }) => perInvestor[place] ?? 0n);
  const whole = sum(parts);
  const fromCapitalOn = sum(parts.slice(begin));
  const capital = fromCapitalOn < out ? fromCapitalOn : out;
  return { capital, income: whole - capital };
}
