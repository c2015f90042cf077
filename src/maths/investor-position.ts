import { Decimal } from 'decimal.js';
import { type Day, daysBetween } from './day.js';
import { accrueTo, type Debt, debtFrom, type Fine, type InterestTerms, toFine, toMinor } from './interest.js';
import { sum } from './money.js';
import type { Tier } from './waterfall-tiers.js';

/** What a tier owes one investor: a claim that grows with time and shrinks with what is paid. */
interface Claim {
  /** In minor units, on a day that is not before the last one. */
  owedOn(day: Day): bigint;
  /** The investor pays in. */
  drawn(day: Day, amount: bigint): void;
  /** The investor is paid through this tier. */
  paid(day: Day, amount: bigint): void;
  /** The investor is paid through whichever tier, this one too. */
  received(day: Day, amount: bigint): void;
  /** Capital comes back, the oldest drawdown first. */
  returned(day: Day, amount: bigint): void;
}

/** One investor in a waterfall, day by day: what each tier owes, and what it has been paid. */
export class InvestorPosition {
  /** All that was drawn, in minor units, whatever came back of it. */
  drawn = 0n;
  private readonly claims: Claim[];

  constructor(private readonly tiers: readonly Tier[]) {
    this.claims = tiers.map(claimOf);
  }

  drawDown(day: Day, amount: bigint): void {
    this.drawn += amount;
    for (const claim of this.claims) claim.drawn(day, amount);
  }

  /** What the tier at this place still owes. */
  owed(tier: number, day: Day): bigint {
    return this.claims[tier]!.owedOn(day);
  }

  pay(tier: number, day: Day, amount: bigint): void {
    if (this.tiers[tier]!.kind === 'capital') for (const claim of this.claims) claim.returned(day, amount);
    this.claims[tier]!.paid(day, amount);
    this.receive(day, amount);
  }

  /** Takes money that no tier owes; it counts towards a rate of return all the same. */
  receive(day: Day, amount: bigint): void {
    for (const claim of this.claims) claim.received(day, amount);
  }
}

function claimOf(tier: Tier): Claim {
  switch (tier.kind) {
    case 'capital':
      return new CapitalClaim();
    case 'preferred':
      return new PreferredClaim(tier);
    case 'irrCap':
      return new CapClaim(new Exact(tier.rate.toString()).plus(1));
    case 'fee':
    case 'residual':
      return new NoClaim();
  }
}

/** Fees are owed to others, and what is left is owed to nobody: it is shared. */
class NoClaim implements Claim {
  owedOn(_day: Day): bigint {
    return 0n;
  }
  drawn(_day: Day, _amount: bigint): void {}
  paid(_day: Day, _amount: bigint): void {}
  received(_day: Day, _amount: bigint): void {}
  returned(_day: Day, _amount: bigint): void {}
}

/** Capital that was drawn and has not come back, through whichever tier of capital. */
class CapitalClaim extends NoClaim {
  private outstanding = 0n;

  override owedOn(): bigint {
    return this.outstanding;
  }

  override drawn(_day: Day, amount: bigint): void {
    this.outstanding += amount;
  }

  override returned(_day: Day, amount: bigint): void {
    this.outstanding -= amount;
  }
}

/** Interest on outstanding capital, each drawdown from its day and with its own anniversaries, less what was paid. */
class PreferredClaim extends NoClaim {
  private debts: Debt[] = [];

  constructor(private readonly terms: InterestTerms) {
    super();
  }

  /** Rounded half-even over all drawdowns together; the part of a unit that was rounded stays owed. */
  override owedOn(day: Day): bigint {
    this.accrue(day);
    const owed = toMinor(sum(this.debts.map(({ joined, running }) => joined + running)));
    return owed > 0n ? owed : 0n;
  }

  override drawn(day: Day, amount: bigint): void {
    this.debts.push(debtFrom(day, amount));
  }

  /** The oldest drawdown first, and of each what bears interest first. */
  override paid(_day: Day, amount: bigint): void {
    let left: Fine = toFine(amount);
    const take = (owed: Fine): Fine => {
      const part = owed < left ? owed : left;
      left -= part;
      return owed - part;
    };
    this.debts = this.debts.map((debt) => ({
      ...debt,
      joined: take(debt.joined),
      running: take(debt.running),
    }));
    const last = this.debts.at(-1);
    // Rounding may have paid a part of a unit before it was earned.
    if (last) last.running -= left;
  }

  override returned(day: Day, amount: bigint): void {
    this.accrue(day);
    let left: Fine = toFine(amount);
    this.debts = this.debts.map((debt) => {
      const part = debt.principal < left ? debt.principal : left;
      left -= part;
      return { ...debt, principal: debt.principal - part };
    });
  }

  private accrue(day: Day): void {
    this.debts = this.debts.map((debt) => accrueTo(debt, day, this.terms));
  }
}

// An amount of forty digits, grown for a lifetime, with more places after the point than anybody could round away.
const Exact = Decimal.clone({ precision: 120 });
const certainPlaces = 20;

/**
 * What it takes for the investor's XIRR to be the rate. In closed form: all flows, each grown at that rate to the day
 * as XIRR grows them, (1 + rate)^(days ÷ 365), sum to it.
 */
class CapClaim extends NoClaim {
  private value = new Exact(0);
  private through: Day | undefined;

  constructor(private readonly growth: Decimal) {
    super();
  }

  /** Rounded up to a whole unit: the least that reaches the rate. */
  override owedOn(day: Day): bigint {
    this.grow(day);
    const owed = this.value.toDecimalPlaces(certainPlaces, Decimal.ROUND_HALF_EVEN).ceil();
    return owed.gt(0) ? BigInt(owed.toFixed()) : 0n;
  }

  override drawn(day: Day, amount: bigint): void {
    this.grow(day);
    this.value = this.value.plus(amount.toString());
  }

  override received(day: Day, amount: bigint): void {
    this.grow(day);
    this.value = this.value.minus(amount.toString());
  }

  private grow(day: Day): void {
    const days = daysBetween(this.through ?? day, day);
    // Years of 365 days are a whole power, which is exact.
    if (days > 0) this.value = this.value.times(this.growth.pow(new Exact(days).div(365)));
    this.through = day;
  }
}
