import { accrue } from '../accrual.js';
import { dayCounts } from '../day-count.js';
import { compoundings } from '../interest.js';
import { formatAmount } from '../money.js';
import {
  currencyCode,
  day,
  inCurrency,
  list,
  oneOf,
  optional,
  readCase,
  record,
  yearlyRate,
} from './case-reader.js';

const shape = inCurrency((amount) =>
  record({
    principal: amount(),
    currency: currencyCode,
    rate: yearlyRate,
    dayCount: oneOf(dayCounts),
    compounding: oneOf(compoundings),
    periods: list(record({ from: day, to: day, repay: optional(amount()) })),
  }),
);

/** Interest on a principal, period by period. */
export function calculateAccrue(input: unknown) {
  const plan = readCase(shape, input);
  const { periods, totalInterest } = accrue(plan);
  const money = (minor: bigint) => formatAmount(minor, plan.currency);
  return {
    periods: periods.map(({ days, interest, repaid, balance }) => ({
      days,
      interest: money(interest),
      repaid: money(repaid),
      balance: money(balance),
    })),
    totalInterest: money(totalInterest),
    notes: [
      'Interest is rounded half-even, once for each period.',
      ...(plan.compounding === 'yearly'
        ? ['Unpaid interest joins the balance on each anniversary, before what is repaid that day.']
        : []),
    ],
  };
}
