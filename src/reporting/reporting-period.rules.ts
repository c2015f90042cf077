import type { ReportingFrequency } from '../grants/grant.rules.js';
import { addDays, type Day } from '../maths/day.js';
import { termPeriods } from '../maths/term-periods.js';

/** What a grant agreed about reporting: never asked for more often, never due any other day. */
export interface ReportingTerms {
  startOn: Day;
  endOn: Day;
  frequency: ReportingFrequency;
  /** Calendar days from a period's last day to the day its report is due. */
  dueAfterDays: number;
}

/** One span of a grant that is reported on once. Both days belong to it. */
export interface ReportingPeriod {
  /** From 1, without gaps. */
  number: number;
  from: Day;
  to: Day;
  dueOn: Day;
}

const monthsIn = { monthly: 1, quarterly: 3, halfYearly: 6, yearly: 12 } as const;

/**
 * The periods of a grant: one after the other from its first day, without gap or overlap, the last one ending with
 * the grant and so perhaps a short one. Each is counted from the grant's first day, never from the period before:
 * one that begins on the 31st clamps to the end of a shorter month, and the next begins on the 31st again.
 *
 * A report is due a number of calendar days after its period. No weekend or holiday moves that day, so that it is
 * the same for whoever reckons it, and never drifts.
 * @throws ruleBroken for a grant of more than 1,200 periods
 */
export function reportingPeriods({
  startOn,
  endOn,
  frequency,
  dueAfterDays,
}: ReportingTerms): ReportingPeriod[] {
  return termPeriods(startOn, endOn, monthsIn[frequency]).map((period) => ({
    ...period,
    dueOn: addDays(period.to, dueAfterDays),
  }));
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
