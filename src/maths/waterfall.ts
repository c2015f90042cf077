import { allocate, allocateByDecimals } from './allocate.js';
import { compareDays, type Day } from './day.js';
import { InvestorPosition } from './investor-position.js';
import { MathsError } from './maths-error.js';
import { sum } from './money.js';
import { refuseUnsoundTiers, type ResidualShares, type Tier } from './waterfall-tiers.js';

/** Money on a day, in minor units, not negative. */
export interface DatedAmount {
  on: Day;
  amount: bigint;
}

export interface WaterfallInvestor {
  investor: string;
  drawdowns: DatedAmount[];
  /** What it was paid before, in all: not only of one tier. */
  distributions: DatedAmount[];
}

export interface WaterfallPlan {
  /** Minor units to pay out on `asOf`, not negative. */
  available: bigint;
  asOf: Day;
  investors: WaterfallInvestor[];
  tiers: Tier[];
}

/** Minor units; `perInvestor` in the order of the investors, and empty for a fee. */
export interface PaidTier {
  kind: Tier['kind'];
  paid: bigint;
  perInvestor: bigint[];
}

export interface Waterfall {
  tiers: PaidTier[];
  totals: { fee: bigint; investors: bigint; provider: bigint; pool: bigint };
  remaining: bigint;
}

/**
 * Pays what is available tier by tier until it ends; what is paid and what remains sum to it exactly. Within a tier,
 * investors share by what each is owed there (largest remainder, ties to the earlier investor).
 *
 * What was distributed before is the investors' own money, so no fee is taken from it: each distribution goes through
 * its investor's other tiers in their order, on its day and after what was drawn that day, up to what that investor is
 * owed there and then; the residual tier takes the rest. Throws a MathsError for flows after `asOf`, shares that do
 * not sum to 1, a tier after the residual one, and a residual for investors of whom none has drawn anything.
 */
export function payWaterfall({ available, asOf, investors, tiers }: WaterfallPlan): Waterfall {
  refuseUnsoundTiers(tiers);
  refuseLateFlows(investors, asOf);
  const positions = investors.map((investor) => positionOf(investor, tiers));
  const totals = { fee: 0n, investors: 0n, provider: 0n, pool: 0n };
  let left = available;

  const paidTiers = tiers.map((tier, index): PaidTier => {
    const { kind } = tier;
    if (kind === 'fee') {
      const paid = tier.amount < left ? tier.amount : left;
      totals.fee += paid;
      left -= paid;
      return { kind, paid, perInvestor: [] };
    }
    const [forInvestors, provider, pool] =
      kind === 'residual'
        ? shareResidual(left, tier.shares)
        : [payable(positions, index, asOf, left), 0n, 0n];
    const perInvestor =
      kind === 'residual'
        ? byDrawnCapital(forInvestors, positions)
        : byWhatIsOwed(forInvestors, positions, index, asOf);
    positions.forEach((position, place) => position.pay(index, asOf, perInvestor[place]!));
    totals.investors += forInvestors;
    totals.provider += provider;
    totals.pool += pool;
    const paid = forInvestors + provider + pool;
    left -= paid;
    return { kind, paid, perInvestor };
  });
  return { tiers: paidTiers, totals, remaining: left };
}

/** An investor's position after all its flows, those in before those out on a day. */
export function positionOf(
  { drawdowns, distributions }: Omit<WaterfallInvestor, 'investor'>,
  tiers: Tier[],
): InvestorPosition {
  const position = new InvestorPosition(tiers);
  const events = [
    ...drawdowns.map(({ on, amount }) => ({ on, happen: () => position.drawDown(on, amount) })),
    ...distributions.map(({ on, amount }) => ({ on, happen: () => distribute(position, tiers, on, amount) })),
  ];
  // The sort is stable: drawdowns stay before distributions.
  for (const { happen } of events.sort((a, b) => compareDays(a.on, b.on))) happen();
  return position;
}

function distribute(position: InvestorPosition, tiers: Tier[], on: Day, amount: bigint): void {
  let left = amount;
  tiers.forEach((_, index) => {
    const owed = position.owed(index, on);
    const part = owed < left ? owed : left;
    position.pay(index, on, part);
    left -= part;
  });
  position.receive(on, left);
}

function payable(positions: InvestorPosition[], tier: number, asOf: Day, left: bigint): bigint {
  const owed = sum(positions.map((position) => position.owed(tier, asOf)));
  return owed < left ? owed : left;
}

function byWhatIsOwed(amount: bigint, positions: InvestorPosition[], tier: number, asOf: Day): bigint[] {
  const owed = positions.map((position) => position.owed(tier, asOf));
  return amount === 0n ? owed.map(() => 0n) : allocate(amount, owed);
}

function byDrawnCapital(amount: bigint, positions: InvestorPosition[]): bigint[] {
  const drawn = positions.map((position) => position.drawn);
  if (amount === 0n) return drawn.map(() => 0n);
  if (sum(drawn) > 0n) return allocate(amount, drawn);
  const detail = 'What is left for investors is shared by drawn capital, but nobody has drawn any.';
  throw new MathsError('nothingDrawn', detail, '/investors');
}

function shareResidual(
  left: bigint,
  { investors, provider, pool }: ResidualShares,
): [bigint, bigint, bigint] {
  return allocateByDecimals(left, [investors, provider, pool]) as [bigint, bigint, bigint];
}

function refuseLateFlows(investors: WaterfallInvestor[], asOf: Day): void {
  investors.forEach((investor, place) => {
    for (const list of ['drawdowns', 'distributions'] as const) {
      const late = investor[list].findIndex(({ on }) => on > asOf);
      if (late < 0) continue;
      const detail = `This is after ${asOf}, the day that the waterfall is paid.`;
      throw new MathsError('flowTooLate', detail, `/investors/${place}/${list}/${late}/on`);
    }
  });
}
