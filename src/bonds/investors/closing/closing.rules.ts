import { allocate, allocateByDecimals } from '../../../maths/allocate.js';
import { parseAmount, sum } from '../../../maths/money.js';
import type { SurplusTerm } from '../../contracts/bond-terms.js';
import type { Kept } from '../distributions/kept-working.js';

export const closingStates = ['proposed', 'closed', 'rejected'] as const;
export type ClosingState = (typeof closingStates)[number];

/** What stands in the accounts of a bond, each on its natural side. Minor units. */
export interface BondBalances {
  proceeds: bigint;
  cost: bigint;
  investors: { partyId: string; investor: string; capital: bigint; income: bigint }[];
}

/** Who may have a part of what is left over, and what it has paid for outcomes. Minor units. */
export interface SurplusHolder {
  organisationId: string;
  name: string;
  paid: bigint;
}

/** How a bond ends. Minor units; proceeds + lost = cost + income + surplus. */
export interface ClosingFigures extends BondBalances {
  /** Capital that did not come back. */
  lost: bigint;
  /** Paid to investors beyond their capital. */
  income: bigint;
  /** Left over, for fund balances of the pool. */
  surplus: bigint;
  shares: { organisationId: string; name: string; amount: bigint }[];
}

/** As they are kept and approved: amounts in major units. */
export type KeptClosing = Kept<ClosingFigures>;

/** What was kept, with its amounts in minor units again. */
export function figuresOf({ investors, shares, ...whole }: KeptClosing, currency: string): ClosingFigures {
  const minor = (text: string) => parseAmount(text, currency);
  return {
    ...{ proceeds: minor(whole.proceeds), cost: minor(whole.cost), lost: minor(whole.lost) },
    ...{ income: minor(whole.income), surplus: minor(whole.surplus) },
    investors: investors.map(({ capital, income, ...investor }) => ({
      ...{ ...investor, capital: minor(capital), income: minor(income) },
    })),
    shares: shares.map(({ amount, ...share }) => ({ ...share, amount: minor(amount) })),
  };
}

/**
 * Works out how a bond ends: what it brought less what it cost and paid beyond capital is left over, capital that is
 * still out is lost. What is left over is shared by the contract's rule, largest remainder; where it is the payers' by
 * what each has paid and none has paid anything, equally.
 */
export function closeOut(
  balances: BondBalances,
  rule: SurplusTerm,
  holders: readonly SurplusHolder[],
): ClosingFigures {
  const lost = sum(balances.investors.map(({ capital }) => capital));
  const income = sum(balances.investors.map((investor) => investor.income));
  const surplus = balances.proceeds + lost - balances.cost - income;
  const parts = sharesOf(surplus, rule, holders);
  return {
    ...balances,
    ...{ lost, income, surplus },
    shares: holders.flatMap(({ organisationId, name }, place) =>
      parts[place]! > 0n ? [{ organisationId, name, amount: parts[place]! }] : [],
    ),
  };
}

function sharesOf(surplus: bigint, rule: SurplusTerm, holders: readonly SurplusHolder[]): bigint[] {
  if (surplus === 0n) return holders.map(() => 0n);
  if (rule.rule === 'shares') {
    const shareOf = ({ organisationId }: SurplusHolder) =>
      rule.shares.find((one) => one.organisationId === organisationId)?.share ?? '0';
    return allocateByDecimals(surplus, holders.map(shareOf));
  }
  const paid = holders.map((holder) => holder.paid);
  return allocate(surplus, sum(paid) > 0n ? paid : holders.map(() => 1n));
}
