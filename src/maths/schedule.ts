import { allocate } from './allocate.js';
import { adjust, type BusinessDayRule, type HolidayCalendar } from './business-day.js';
import { addMonths, type Day, fullYearsBetween } from './day.js';
import { type DecimalLike, divideHalfEven, onCommonScale, parseDecimal, powerOfTen } from './exact.js';
import { MathsError } from './maths-error.js';
import { percentOf, sum } from './money.js';

/** What one instalment takes: a percentage of the whole, a fixed amount in minor units, or what is left. */
export type Slice = { percent: DecimalLike } | { amount: bigint } | { remaining: true };

/** How an amount is to be paid over time. */
export interface SchedulePlan {
  /** The whole, in minor units; not negative. */
  amount: bigint;
  startOn: Day;
  template: Slice[];
  everyMonths: number;
  /** Instead of every so many months: a date for each slice, one after the other, none before `startOn`. */
  dates?: Day[] | null;
  /** Which of the dates are only expected, and so need to be in no order: the day of a slice that waits for something. */
  expected?: readonly boolean[] | null;
  businessDay: BusinessDayRule;
  calendar: HolidayCalendar;
  /** Yearly uplift ("0.025"), compounding; none if left out. */
  upliftRate?: DecimalLike | null;
  /** Instead of one rate: what the second year adds, the third, and so on ("0.031", "0.02"), compounding. */
  upliftIndex?: DecimalLike[] | null;
}

/** One instalment: its slice of the whole, and the uplift paid on top of it, in minor units. */
export interface PlannedInstalment {
  /** The date before the business-day rule moved it. */
  nominalOn: Day;
  dueOn: Day;
  amount: bigint;
  uplift: bigint;
}

const hundredPercent = '100';
const longestMonths = 1200;

/**
 * Plans the instalments of an amount. Instalment k is nominally due k × `everyMonths` months after `startOn`, clamped
 * to the month's end and always counted from `startOn`, then moved by the business-day rule. The slices always sum to
 * the amount: a template that gives more, or less without `remaining`, is refused.
 *
 * Uplift = slice × ((1 + rate)^y − 1), y = full years from `startOn` to the nominal date, rounded half-even; by an index
 * table, slice × (the product of (1 + rate of each of those years) − 1).
 */
export function planInstalments(plan: SchedulePlan): PlannedInstalment[] {
  if (!Number.isInteger(plan.everyMonths) || plan.everyMonths < 1) {
    throw new MathsError(
      'everyMonthsOutOfRange',
      'Instalments come at least one month apart.',
      '/everyMonths',
    );
  }
  if ((plan.template.length - 1) * plan.everyMonths > longestMonths) {
    throw new MathsError('scheduleTooLong', 'A schedule runs for a hundred years at most.', '/everyMonths');
  }
  if (plan.dates) refuseDates(plan.dates, plan);
  return sliceAmount(plan.amount, plan.template).map((amount, index) => {
    const nominalOn = plan.dates?.[index] ?? addMonths(plan.startOn, index * plan.everyMonths);
    const years = fullYearsBetween(plan.startOn, nominalOn);
    return {
      nominalOn,
      dueOn: adjust(nominalOn, plan.businessDay, plan.calendar),
      amount,
      uplift: upliftFor(plan, amount, years),
    };
  });
}

function upliftFor({ upliftRate, upliftIndex }: SchedulePlan, amount: bigint, years: number): bigint {
  if (upliftIndex) return upliftByIndex(amount, upliftIndex, years);
  return upliftRate ? upliftOf(amount, upliftRate, years) : 0n;
}

function refuseDates(dates: Day[], { startOn, template, expected }: SchedulePlan): void {
  if (dates.length !== template.length)
    throw new MathsError('datesMissing', 'Every slice has a date, or none has one.', '/template');
  let last: Day | null = null;
  for (const [index, date] of dates.entries()) {
    if (expected?.[index]) continue;
    if (date < startOn || (last !== null && date <= last)) {
      const detail =
        last === null
          ? `The first date is not before ${startOn}.`
          : 'Each date lies after the one before it.';
      throw new MathsError('datesNotAscending', detail, `/template/${index}/on`);
    }
    last = date;
  }
}

/**
 * Cuts an amount into the template's slices. Percentages that sum to exactly 100 share it by largest remainder,
 * otherwise each is rounded half-even; `remaining` takes what is left, once, as the last slice.
 */
export function sliceAmount(amount: bigint, template: Slice[]): bigint[] {
  if (amount < 0n) throw new MathsError('negativeAmount', 'The amount cannot be negative.', '/amount');
  if (template.length === 0) {
    throw new MathsError('templateEmpty', 'The template needs at least one slice.', '/template');
  }
  refuseRemainingBeforeTheEnd(template);
  const percentages = slicePercentages(amount, template);
  const given = template.map((slice) => {
    if ('percent' in slice) return percentages.shift() ?? 0n;
    return 'amount' in slice ? slice.amount : 0n;
  });
  const negative = given.findIndex((part) => part < 0n);
  if (negative >= 0) {
    throw new MathsError('negativeSlice', 'A slice cannot be negative.', `/template/${negative}`);
  }

  const left = amount - sum(given);
  if (left < 0n) {
    throw new MathsError(
      'templateExceeds',
      'The template gives more than the amount. Lower a slice.',
      '/template',
    );
  }
  if ('remaining' in template.at(-1)!) return [...given.slice(0, -1), left];
  if (left > 0n) {
    const detail =
      'The template gives less than the amount. Raise a slice, or end with one that takes what is remaining.';
    throw new MathsError('templateFallsShort', detail, '/template');
  }
  return given;
}

function refuseRemainingBeforeTheEnd(template: Slice[]): void {
  const early = template.findIndex((slice, index) => 'remaining' in slice && index < template.length - 1);
  if (early < 0) return;
  const detail = 'What is remaining can be taken once, by the last slice.';
  throw new MathsError('remainingNotLast', detail, `/template/${early}/remaining`);
}

function slicePercentages(amount: bigint, template: Slice[]): bigint[] {
  const percents = template.flatMap((slice) => ('percent' in slice ? [slice.percent] : []));
  const [hundred = 0n, ...weights] = onCommonScale([hundredPercent, ...percents].map(parseDecimal));
  if (weights.every((weight) => weight >= 0n) && sum(weights) === hundred) return allocate(amount, weights);
  return percents.map((percent) => percentOf(amount, percent));
}

/** amount × ((1 + rate)^years − 1), computed exactly and rounded half-even once. */
export function upliftOf(amount: bigint, rate: DecimalLike, years: number): bigint {
  const { units, scale } = parseDecimal(rate);
  const one = powerOfTen(scale);
  const grown = (one + units) ** BigInt(years);
  const start = one ** BigInt(years);
  return divideHalfEven(amount * (grown - start), start);
}

/**
 * amount × (the product of (1 + index of each year so far) − 1), computed exactly and rounded half-even once.
 * @throws MathsError when the table has no index for a year that is needed
 */
export function upliftByIndex(amount: bigint, index: DecimalLike[], years: number): bigint {
  if (years > index.length) {
    const detail = `The index table ends with year ${index.length + 1}, and year ${years + 1} is needed too.`;
    throw new MathsError('indexTooShort', detail, '/upliftIndex');
  }
  let [grown, start] = [1n, 1n];
  for (const rate of index.slice(0, years)) {
    const { units, scale } = parseDecimal(rate);
    grown *= powerOfTen(scale) + units;
    start *= powerOfTen(scale);
  }
  return divideHalfEven(amount * (grown - start), start);
}
