import { addMonths, type Day, fullYearsBetween } from './day.js';
import { type DayCount, daysOfYear, interestDays } from './day-count.js';
import { type DecimalLike, divideHalfEven, parseDecimal, powerOfTen } from './exact.js';

/** `none`: interest bears no interest. `yearly`: unpaid interest joins the balance on each anniversary. */
export const compoundings = ['none', 'yearly'] as const;
export type Compounding = (typeof compoundings)[number];

export interface InterestTerms {
  /** Of a year: "0.065". */
  rate: DecimalLike;
  dayCount: DayCount;
  compounding: Compounding;
}

/** Minor units × 10^40: interest that runs, before it is rounded to money. */
export type Fine = bigint;

const fine = powerOfTen(40);
// Far below what anybody pays, and far above what forty places lose over a lifetime of divisions.
const grain = powerOfTen(20);

export function toFine(minor: bigint): Fine {
  return minor * fine;
}

/** Whole minor units, rounded half-even. What lies within 10^-20 of the middle is the middle. */
export function toMinor(amount: Fine): bigint {
  return divideHalfEven(divideHalfEven(amount, grain), fine / grain);
}

/** Something owed on which interest runs. */
export interface Debt {
  /** Anniversaries are counted from here. */
  since: Day;
  /** Days of interest are counted from here, so that stopping on the way changes no count (30/360 does not add up). */
  countFrom: Day;
  /** Interest has been reckoned up to here. */
  through: Day;
  principal: Fine;
  /** Interest that joined the balance and is not paid. */
  joined: Fine;
  /** Unpaid interest since the last anniversary; it bears none itself. Under `none`, all unpaid interest. */
  running: Fine;
}

/** A debt that begins on a day, with nothing accrued. */
export function debtFrom(on: Day, principal: bigint): Debt {
  return { since: on, countFrom: on, through: on, principal: toFine(principal), joined: 0n, running: 0n };
}

/** The debt as it stands on a later day; an anniversary on that day has been reached. */
export function accrueTo(debt: Debt, day: Day, terms: InterestTerms): Debt {
  if (debt.principal + debt.joined === 0n && debt.running === 0n) return { ...debt, through: day };
  let grown = debt;
  if (terms.compounding === 'yearly') {
    const last = fullYearsBetween(debt.since, day);
    for (let year = fullYearsBetween(debt.since, debt.through) + 1; year <= last; year++) {
      const { joined, running, ...rest } = runTo(grown, addMonths(debt.since, 12 * year), terms);
      grown = { ...rest, joined: joined + running, running: 0n };
    }
  }
  return runTo(grown, day, terms);
}

/** Simple interest on the balance up to a day: balance × rate × days ÷ basis. */
function runTo(debt: Debt, day: Day, { rate, dayCount }: InterestTerms): Debt {
  const { units, scale } = parseDecimal(rate);
  const days =
    interestDays(dayCount, debt.countFrom, day) - interestDays(dayCount, debt.countFrom, debt.through);
  const basis = powerOfTen(scale) * BigInt(daysOfYear(dayCount));
  const interest = divideHalfEven((debt.principal + debt.joined) * units * BigInt(days), basis);
  return { ...debt, through: day, running: debt.running + interest };
}
