import { businessDayRules, holidayCalendar } from '../business-day.js';
import { formatAmount, sum } from '../money.js';
import { planInstalments } from '../schedule.js';
import {
  byKey,
  currencyCode,
  day,
  decimal,
  holidays,
  inCurrency,
  integer,
  list,
  nullable,
  oneOf,
  optional,
  readCase,
  record,
  timeZone,
} from './case-reader.js';

const shape = inCurrency((amount) =>
  record({
    amount: amount(),
    currency: currencyCode,
    startOn: day,
    template: list(
      byKey({
        percent: record({ percent: decimal({ least: 0n }) }),
        amount: record({ amount: amount() }),
        remaining: record({ remaining: oneOf([true]) }),
      }),
      { least: 1, most: 1200 },
    ),
    everyMonths: integer(1, 1200),
    // Due dates are calendar dates of this place; no clock change can move one.
    timeZone,
    businessDay: oneOf(businessDayRules),
    holidays: nullable(holidays),
    upliftRate: optional(decimal({ least: 0n, most: 10n })),
  }),
);

/** Plans the instalments of an amount from a template. */
export function calculateSchedule(input: unknown) {
  const plan = readCase(shape, input);
  const instalments = planInstalments({ ...plan, calendar: holidayCalendar(plan.holidays) });
  const money = (minor: bigint) => formatAmount(minor, plan.currency);
  return {
    instalments: instalments.map(({ dueOn, amount, uplift }) => ({
      dueOn,
      amount: money(amount),
      uplift: money(uplift),
    })),
    total: money(sum(instalments.flatMap(({ amount, uplift }) => [amount, uplift]))),
    notes: [
      'Percentages that sum to exactly 100 share the amount by largest remainder; otherwise each is rounded half-even.',
      ...(plan.upliftRate === undefined ? [] : ['Uplift is rounded half-even, once per instalment.']),
    ],
  };
}
