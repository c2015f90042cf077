import {
  attribute,
  type AttributionRule,
  type Drawing,
  type Purpose,
  ShortOfMoney,
  type Source,
} from '../maths/attribution.js';

/** What a pool can pay from. Minor units of its currency. */
export interface Till {
  rule: AttributionRule;
  sources: Source[];
  /** Kept back from every disbursement. */
  reserve: bigint;
  /** Cash less what is owed in fees and held for bonds. */
  cash: bigint;
}

/** A payment that wants money: for a grant, or a goal it works towards. */
export interface Wish {
  amount: bigint;
  purpose: Purpose;
}

/**
 * Whether there is money for each of these wishes, in the order given: 0, or by how much it falls short. What was
 * granted earlier is set aside first; a wish that is met is set aside for those after it, one that is not leaves its
 * money to them.
 *
 * Free for a purpose is what may be spent on it, less the reserve, and never more than cash less fees payable and less what is held for bonds.
 */
export function shortfalls(till: Till, earlier: readonly Wish[], wishes: readonly Wish[]): bigint[] {
  const purse = new Purse(till);
  for (const wish of earlier) purse.setAside(wish);
  return wishes.map((wish) => {
    const short = purse.shortFor(wish);
    if (short === 0n) purse.setAside(wish);
    return short;
  });
}

/** Whose money pays, by the pool's rule. @throws ShortOfMoney */
export const shareOut = ({ rule, sources }: Till, { amount, purpose }: Wish): Drawing[] =>
  attribute(rule, sources, amount, purpose);

class Purse {
  private readonly sources: Source[];
  private cash: bigint;

  constructor(private readonly till: Till) {
    this.sources = withoutFunders(till);
    this.cash = till.cash;
  }

  shortFor({ amount, purpose }: Wish): bigint {
    const usable = this.sources.filter(
      ({ earmark }) => earmark === null || (this.till.rule !== 'pro_rata' && purpose.includes(earmark)),
    );
    const balances = usable.reduce((total, { remaining }) => total + remaining, 0n) - this.till.reserve;
    const inHand = this.cash - this.till.reserve;
    const free = balances < inHand ? balances : inHand;
    const short = amount - (free > 0n ? free : 0n);
    return short > 0n ? short : 0n;
  }

  /** What is promised already is promised, even where it exceeds what there is. */
  setAside({ amount, purpose }: Wish): void {
    this.cash -= amount;
    for (const { key, amount: part } of this.drawUpTo(amount, purpose)) {
      this.sources.find((source) => source.key === key)!.remaining -= part;
    }
  }

  private drawUpTo(amount: bigint, purpose: Purpose): Drawing[] {
    try {
      return attribute(this.till.rule, this.sources, amount, purpose);
    } catch (error) {
      if (!(error instanceof ShortOfMoney)) throw error;
      return attribute(this.till.rule, this.sources, error.free, purpose);
    }
  }
}

/** The same money, whoever gave it: as few sources as make a difference to what it can be spent on. */
function withoutFunders({ rule, sources }: Till): Source[] {
  const merged = new Map<string, Source>();
  for (const { earmark, on, remaining } of sources) {
    const key = `${earmark ?? ''} ${rule === 'fifo' ? on : ''}`;
    const before = merged.get(key)?.remaining ?? 0n;
    merged.set(key, { key, funder: '', earmark, on, remaining: before + remaining });
  }
  return [...merged.values()];
}
