import { addMonths, type Day, monthOf } from '../day.js';
import { forecastCash } from '../forecast.js';
import { formatAmount } from '../money.js';
import {
  currencyCode,
  day,
  decimal,
  inCurrency,
  integer,
  list,
  optional,
  readCase,
  record,
} from './case-reader.js';

const shape = inCurrency((amount) =>
  record({
    currency: currencyCode,
    openOn: day,
    openingCash: amount({ negative: true }),
    reserve: amount(),
    months: integer(1, 1200),
    pledges: list(
      record({ dueOn: day, amount: amount(), confidence: optional(decimal({ least: 0n, most: 1n })) }),
    ),
    instalments: list(record({ dueOn: day, amount: amount() })),
  }),
);

/** Cash month by month, and the funding cliff. */
export function calculateForecast(input: unknown) {
  const plan = readCase(shape, input);
  const { months, cliff } = forecastCash(plan);
  const money = (minor: bigint) => formatAmount(minor, plan.currency);
  return {
    months: months.map((month) => ({
      month: month.month,
      in: money(month.in),
      out: money(month.out),
      closing: money(month.closing),
      closingExpected: money(month.closingExpected),
    })),
    cliff: cliff && { month: cliff.month, shortBy: money(cliff.shortBy) },
    notes: [
      'Each pledge × confidence is rounded half-even.',
      ...outsideNotes([...plan.pledges, ...plan.instalments], plan.openOn, plan.months),
    ],
  };
}

/** Says what became of pledges and instalments due outside the months asked for. */
function outsideNotes(items: { dueOn: Day }[], openOn: Day, months: number): string[] {
  const lastMonth = monthOf(addMonths(`${monthOf(openOn)}-01`, months - 1));
  const overdue = items.filter(({ dueOn }) => dueOn < openOn).length;
  const later = items.filter(({ dueOn }) => monthOf(dueOn) > lastMonth).length;
  return [
    ...(overdue ? [`Due before ${openOn}, so counted as overdue in the first month: ${overdue}.`] : []),
    ...(later ? [`Due after ${lastMonth}, so not counted: ${later}.`] : []),
  ];
}
