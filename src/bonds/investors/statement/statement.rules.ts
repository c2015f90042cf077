import { arrangeRateBands, couponOn, couponRate, percentReached } from '../../../maths/coupon-ladder.js';
import type { Day } from '../../../maths/day.js';
import type { DayCount } from '../../../maths/day-count.js';
import { type Multiples, multiplesOf } from '../../../maths/multiple.js';
import { sum } from '../../../maths/money.js';
import { positionOf } from '../../../maths/waterfall.js';
import { type Flow, type Xirr, xirr } from '../../../maths/xirr.js';
import type { ReturnTerms } from '../../contracts/bond-terms.js';
import {
  capitalStretches,
  type InvestorFlows,
  lessFees,
  type Outcomes,
} from '../distributions/distribution.rules.js';

/** Money between an investor and a bond, on the day of the bank. Minor units, none below zero. */
export interface StatementFlow {
  on: Day;
  kind: 'drawdown' | 'twoSided' | 'distribution';
  reference: string;
  bankReference: string;
  entryId: string;
  paidIn: bigint;
  /** Of what it got: capital, and what is beyond it. */
  capital: bigint;
  income: bigint;
}

export interface StatementLine extends StatementFlow {
  /** Capital in the bond after it. */
  outstanding: bigint;
}

/** What an investor has earned by the terms and not been paid; `amount` null where nobody can say, and why. */
export interface Accrued {
  amount: bigint | null;
  /** The day count that it was counted by; null where nothing accrues. */
  dayCount: DayCount | null;
  note: string;
}

export interface StatementFigures {
  lines: StatementLine[];
  paidIn: bigint;
  /** Of this, capital. */
  drawn: bigint;
  returned: bigint;
  income: bigint;
  outstanding: bigint;
  /** Of this, lost: the bond was closed without it. */
  lost: bigint;
  /** Of what was paid in and got back alone. */
  realised: Xirr;
  /** As if capital that is out, and what has accrued, came back on the day of the statement. */
  withResidual: Xirr;
  multiples: Multiples;
}

/**
 * Line by line what became of an investor's money, its return and how often the money came back. Once a bond is over,
 * capital that is still out is worth nothing.
 */
export function statementFigures(
  flows: readonly StatementFlow[],
  { on, accrued, isOver }: { on: Day; accrued: bigint; isOver: boolean },
): StatementFigures {
  let outstanding = 0n;
  const lines = flows.map((flow): StatementLine => {
    outstanding += (flow.kind === 'drawdown' ? flow.paidIn : 0n) - flow.capital;
    return { ...flow, outstanding };
  });
  const total = (of: (flow: StatementFlow) => bigint) => sum(flows.map(of));
  const paidIn = total((flow) => flow.paidIn);
  const [returned, income] = [total(({ capital }) => capital), total((flow) => flow.income)];
  const cash = cashOf(flows);
  const residual = isOver ? 0n : outstanding + accrued;
  return {
    ...{ lines, paidIn, returned, income, outstanding, lost: isOver ? outstanding : 0n },
    drawn: total(({ kind, paidIn: out }) => (kind === 'drawdown' ? out : 0n)),
    realised: xirr(cash),
    withResidual: xirr([...cash, { on, amount: residual }]),
    multiples: multiplesOf({ paidIn, distributed: returned + income, residual }),
  };
}

/** As the yearly rate takes them: what an investor paid is below zero. */
export const cashOf = (flows: readonly StatementFlow[]): Flow[] =>
  flows.map(({ on, paidIn, capital, income }) => ({ on, amount: capital + income - paidIn }));

/** The part of a statement from a day on, and what was in the bond before it. */
export interface StatementPeriod {
  opening: bigint;
  lines: StatementLine[];
  drawn: bigint;
  returned: bigint;
  income: bigint;
  closing: bigint;
}

/** Opening + drawn − returned = closing, whatever the day. Without a day, everything since the start. */
export function periodFrom({ lines, outstanding }: StatementFigures, from?: Day): StatementPeriod {
  const before = from === undefined ? [] : lines.filter(({ on }) => on < from);
  const within = lines.slice(before.length);
  return {
    opening: before.at(-1)?.outstanding ?? 0n,
    lines: within,
    drawn: sum(within.map(({ kind, paidIn }) => (kind === 'drawdown' ? paidIn : 0n))),
    returned: sum(within.map(({ capital }) => capital)),
    income: sum(within.map(({ income }) => income)),
    closing: outstanding,
  };
}

/**
 * What an investor has earned to a day, by its terms: the preferred return that is owed, or the coupon at the rate that
 * outcomes are worth by then, less what it had.
 */
export function accruedTo(
  flows: Pick<InvestorFlows, 'drawdowns' | 'distributions'>,
  returns: ReturnTerms,
  { on, currency, outcomes }: { on: Day; currency: string; outcomes: Outcomes | null },
): Accrued {
  if (returns.kind === 'couponLadder') {
    const percent = outcomes && percentReached(outcomes.reached, outcomes.expected);
    const { dayCount } = returns;
    if (percent === null)
      return { amount: null, dayCount, note: 'No plan says what was expected, so no coupon is known.' };
    const rate = couponRate(arrangeRateBands(returns.bands), percent);
    const stretches = capitalStretches({ partyId: '', investor: '', ...flows }, on);
    const left = couponOn(stretches, rate, dayCount) - sum(flows.distributions.map(({ income }) => income));
    return {
      amount: left > 0n ? left : 0n,
      dayCount,
      note: 'Coupon at the rate that outcomes are worth by now',
    };
  }
  const place = returns.tiers.findIndex(({ kind }) => kind === 'preferred');
  const tier = returns.tiers[place];
  if (tier?.kind !== 'preferred')
    return { amount: 0n, dayCount: null, note: 'The contract has no return that grows with time.' };
  const distributions = flows.distributions.map(({ on: day, capital, income }) => ({
    on: day,
    amount: capital + income,
  }));
  const position = positionOf(
    { drawdowns: flows.drawdowns, distributions },
    lessFees(returns.tiers, 0n, currency),
  );
  return { amount: position.owed(place, on), dayCount: tier.dayCount, note: 'Preferred return' };
}
