import type { ReportingFrequency } from '../grants/grant.rules.js';
import { endsOnDays, type ReportingDetails, usualReporting } from '../grants/reporting-terms.js';
import {
  addBusinessDays,
  type HolidayCalendar,
  holidayCalendar,
  lastBusinessDayOfMonth,
} from '../maths/business-day.js';
import { type PeriodLength, periodsBetween } from '../maths/calendar-period.js';
import { addDays, addMonths, type Day, monthOf } from '../maths/day.js';
import { MathsError } from '../maths/maths-error.js';
import { mostPeriods, termPeriods } from '../maths/term-periods.js';

/** What a grant agreed about reporting: never asked for more often, never due any other day. */
export interface ReportingTerms {
  startOn: Day;
  endOn: Day;
  frequency: ReportingFrequency;
  /** Days from a period's last day to the day its report is due: calendar days, or working days where that is agreed. */
  dueAfterDays: number;
  /** As usual, if left out. */
  details?: ReportingDetails;
  /** The holidays that working days are counted by; without it, there are only weekends. */
  calendar?: HolidayCalendar;
}

/** One span of a grant that is reported on once. Both days belong to it. */
export interface ReportingPeriod {
  /** From 1, without gaps. */
  number: number;
  from: Day;
  to: Day;
  dueOn: Day;
  /** The last day of grace: from the day after, the report is late. */
  lateAfter: Day;
}

const monthsIn = { monthly: 1, quarterly: 3, halfYearly: 6, yearly: 12 } as const;

const lengths = { monthly: 'month', quarterly: 'quarter', halfYearly: 'halfYear', yearly: 'year' } as const;

/**
 * The periods of a grant: one after the other from its first day, without gap or overlap, the last one ending with
 * the grant and so perhaps a short one. Where they end:
 * - counted from the grant's first day, never from the period before: one that begins on the 31st clamps to the end of a
 *   shorter month, and the next begins on the 31st again;
 * - or with the months, quarters, half-years and years of the calendar, so that the first may be short too;
 * - or on the days of milestones, once they are reached, or on dates of its own.
 *
 * Of periods that end within the set-up phase nothing is asked for by itself: the first report after takes them in, so
 * that what was spent in them is told, and opening + received − spent still is closing.
 *
 * A report is due a number of calendar or working days after its period, or on the last working day of the month after.
 * No weekend or holiday moves a day that was counted in calendar days. From the day after its grace, a report is late.
 * @throws ruleBroken for a grant of more than 1,200 periods
 */
export function reportingPeriods(terms: ReportingTerms): ReportingPeriod[] {
  const { details = usualReporting, startOn } = terms;
  const ends = endsOf(terms, details);
  const firstAsked = addMonths(startOn, details.setUpMonths);
  const asked = ends.filter((to, index) => index === ends.length - 1 || to >= firstAsked);
  return asked.map((to, index) => {
    const dueOn = dueDay(to, terms, details);
    return {
      number: index + 1,
      from: index === 0 ? startOn : addDays(asked[index - 1]!, 1),
      to,
      dueOn,
      lateAfter: addDays(dueOn, details.graceDays),
    };
  });
}

/** The last day of each period, in their order; the last is the grant's. */
function endsOf({ startOn, endOn, frequency }: ReportingTerms, { alignedTo, days }: ReportingDetails): Day[] {
  if (endsOnDays(frequency)) {
    return [...days.flatMap(({ on }) => on ?? []).filter((on) => on >= startOn && on < endOn), endOn];
  }
  const every = frequency as keyof typeof lengths;
  if (alignedTo === 'term') return termPeriods(startOn, endOn, monthsIn[every]).map(({ to }) => to);
  return calendarEnds(lengths[every], startOn, endOn);
}

function calendarEnds(length: PeriodLength, startOn: Day, endOn: Day): Day[] {
  const periods = periodsBetween(length, startOn, endOn, mostPeriods + 1);
  if (periods.length > mostPeriods) {
    throw new MathsError('tooManyPeriods', `A term is divided ${mostPeriods} times at most: shorten it.`);
  }
  return periods.map(({ to }) => (to < endOn ? to : endOn));
}

function dueDay(
  to: Day,
  { dueAfterDays, calendar = holidayCalendar(null) }: ReportingTerms,
  { dueBy }: ReportingDetails,
): Day {
  switch (dueBy) {
    case 'days':
      return addDays(to, dueAfterDays);
    case 'workingDays':
      return addBusinessDays(to, dueAfterDays, calendar);
    case 'lastWorkingDay':
      return lastBusinessDayOfMonth(addMonths(`${monthOf(to)}-01`, 1), calendar);
  }
}

/**
 * The periods that are still to be reported on, after the last one that was handed in, numbered on from it. A period
 * that was handed in shorter than it would be now is followed by one that begins the day after.
 */
export function periodsAfter(
  handedIn: { number: number; to: Day } | null,
  periods: readonly ReportingPeriod[],
): ReportingPeriod[] {
  if (handedIn === null) return [...periods];
  return periods
    .filter(({ to }) => to > handedIn.to)
    .map((period, index) => ({
      ...period,
      number: handedIn.number + 1 + index,
      from: period.from > handedIn.to ? period.from : addDays(handedIn.to, 1),
    }));
}
