import { type Day, fullYearsBetween } from './day.js';
import { interestDays } from './day-count.js';
import { accrueTo, type Debt, type InterestTerms, toFine, toMinor } from './interest.js';
import { MathsError } from './maths-error.js';
import { sum } from './money.js';

export interface AccrualPeriod {
  from: Day;
  /** Exclusive: no interest runs for this day. */
  to: Day;
  /** Minor units paid back at the end of the period. */
  repay?: bigint;
}

export interface AccrualPlan extends InterestTerms {
  /** Minor units, not negative. */
  principal: bigint;
  /** In order of time, without overlaps; no interest runs between them. */
  periods: AccrualPeriod[];
}

/** What a period came to. Amounts in minor units; `balance` is what bears interest after the period. */
export interface AccruedPeriod {
  days: number;
  interest: bigint;
  repaid: bigint;
  balance: bigint;
}

/**
 * Interest period by period: balance × rate × days ÷ basis, rounded half-even once for each period. The balance is the
 * principal less what was repaid. With `yearly` compounding, unpaid interest joins it on each anniversary of the first
 * `from`: within a period too, where what joins is not rounded until the period ends, and on its last day before
 * anything is repaid then. Throws a MathsError at a period that ends before it begins, that overlaps the one before
 * it, or that repays more than the balance.
 */
export function accrue({ principal, periods, ...terms }: AccrualPlan) {
  const since = periods[0]?.from ?? '';
  let owed: Owed = { balance: principal, unpaid: 0n, through: since };
  const accrued = periods.map(({ from, to, repay = 0n }, index): AccruedPeriod => {
    refuseDisorder(from, to, owed.through, index);
    const opened = openAt(owed, from, since, terms);
    const { interest, ...closed } = run(opened, to, since, terms);
    refuseOverpayment(repay, closed.balance, index);
    owed = { ...closed, balance: closed.balance - repay };
    return { days: interestDays(terms.dayCount, from, to), interest, repaid: repay, balance: owed.balance };
  });
  return { periods: accrued, totalInterest: sum(accrued.map(({ interest }) => interest)) };
}

/** Between two periods, in minor units. `unpaid` is interest that has not joined the balance. */
interface Owed {
  balance: bigint;
  unpaid: bigint;
  through: Day;
}

/** No interest runs between two periods, but an anniversary there lets join what is unpaid. */
function openAt(owed: Owed, from: Day, since: Day, terms: InterestTerms): Owed {
  const passed = fullYearsBetween(since, from) > fullYearsBetween(since, owed.through);
  return passed && terms.compounding === 'yearly'
    ? { balance: owed.balance + owed.unpaid, unpaid: 0n, through: from }
    : { ...owed, through: from };
}

function run(opened: Owed, to: Day, since: Day, terms: InterestTerms): Owed & { interest: bigint } {
  const debt: Debt = {
    since,
    countFrom: opened.through,
    through: opened.through,
    principal: toFine(opened.balance),
    joined: 0n,
    running: toFine(opened.unpaid),
  };
  const { joined, running } = accrueTo(debt, to, terms);
  const grown = toMinor(joined + running - debt.running);
  if (joined === 0n) return { ...opened, through: to, interest: grown, unpaid: opened.unpaid + grown };
  // What joined is rounded by itself only now: both parts stay whole, and together they are the period's interest.
  const joinedHere = toMinor(joined - debt.running);
  const balance = opened.balance + opened.unpaid + joinedHere;
  return { balance, unpaid: grown - joinedHere, through: to, interest: grown };
}

function refuseDisorder(from: Day, to: Day, through: Day, index: number): void {
  if (to <= from) {
    const detail = `The period ends on ${to}, which is not after it begins (${from}).`;
    throw new MathsError('periodEmpty', detail, `/periods/${index}/to`);
  }
  if (from >= through) return;
  const detail = `The period begins on ${from}, before the one before it ends (${through}).`;
  throw new MathsError('periodsOverlap', detail, `/periods/${index}/from`);
}

function refuseOverpayment(repay: bigint, balance: bigint, index: number): void {
  if (repay <= balance) return;
  const detail = 'More is repaid here than the balance that is left at the end of the period.';
  throw new MathsError('repaidTooMuch', detail, `/periods/${index}/repay`);
}
