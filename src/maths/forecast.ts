import { addMonths, type Day, type Month, monthOf } from './day.js';
import type { DecimalLike } from './exact.js';
import { MathsError } from './maths-error.js';
import { applyRate, sum } from './money.js';

/** Money that is expected to come in. */
export interface ExpectedPledge {
  dueOn: Day;
  /** Minor units, not negative. */
  amount: bigint;
  /** How likely it is to come, from "0" to "1". Certain if left out. */
  confidence?: DecimalLike | null;
}

/** Money that is planned to go out. */
export interface PlannedPayment {
  dueOn: Day;
  /** Minor units, not negative. */
  amount: bigint;
}

export interface ForecastPlan {
  openOn: Day;
  /** Cash at the opening, in minor units; negative if overdrawn. */
  openingCash: bigint;
  /** What must stay in the pool, in minor units. */
  reserve: bigint;
  months: number;
  pledges: ExpectedPledge[];
  instalments: PlannedPayment[];
}

/** One calendar month, all in minor units. `closing` counts pledges in full, `closingExpected` by confidence. */
export interface ForecastMonth {
  month: Month;
  in: bigint;
  out: bigint;
  closing: bigint;
  closingExpected: bigint;
}

export interface Forecast {
  months: ForecastMonth[];
  /** The funding cliff: the first month whose `closingExpected` does not cover the reserve, and by how much. */
  cliff: { month: Month; shortBy: bigint } | null;
}

const mostMonths = 1200;

/**
 * Cash month by month from the month of `openOn`. What was due before `openOn` and is still on the lists is overdue,
 * so it counts in the first month; what is due after the last month does not count. Each pledge × confidence is
 * rounded half-even.
 */
export function forecastCash(plan: ForecastPlan): Forecast {
  if (!Number.isInteger(plan.months) || plan.months < 1 || plan.months > mostMonths) {
    throw new MathsError('monthsOutOfRange', `Forecast 1 to ${mostMonths} months.`, '/months');
  }
  const first = `${monthOf(plan.openOn)}-01`;
  const certain = byMonth(plan.pledges, plan.openOn, ({ amount }) => amount);
  const expected = byMonth(plan.pledges, plan.openOn, ({ amount, confidence }) =>
    applyRate(amount, confidence ?? '1'),
  );
  const paid = byMonth(plan.instalments, plan.openOn, ({ amount }) => amount);

  let closing = plan.openingCash;
  let closingExpected = plan.openingCash;
  const months = Array.from({ length: plan.months }, (_, index): ForecastMonth => {
    const month = monthOf(addMonths(first, index));
    const cashIn = certain.get(month) ?? 0n;
    const cashOut = paid.get(month) ?? 0n;
    closing += cashIn - cashOut;
    closingExpected += (expected.get(month) ?? 0n) - cashOut;
    return { month, in: cashIn, out: cashOut, closing, closingExpected };
  });
  const short = months.find((month) => month.closingExpected < plan.reserve);
  return {
    months,
    cliff: short ? { month: short.month, shortBy: plan.reserve - short.closingExpected } : null,
  };
}

function byMonth<Item extends { dueOn: Day }>(
  items: Item[],
  openOn: Day,
  amountOf: (item: Item) => bigint,
): Map<Month, bigint> {
  const months = new Map<Month, bigint>();
  for (const item of items) {
    const month = monthOf(item.dueOn < openOn ? openOn : item.dueOn);
    months.set(month, sum([months.get(month) ?? 0n, amountOf(item)]));
  }
  return months;
}
