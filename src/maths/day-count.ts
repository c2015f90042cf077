import { type Day, daysBetween } from './day.js';

/**
 * How interest counts days. `ACT/365` (fixed) and `ACT/360`: calendar days, the 29th of February included, over a year
 * of 365 or 360. `30/360`: every month has 30 days (bond basis, ISDA 2006 § 4.16(f)).
 */
export const dayCounts = ['ACT/365', 'ACT/360', '30/360'] as const;
export type DayCount = (typeof dayCounts)[number];

/** Days of interest from `from` to `to`, the last one exclusive. Negative if `to` comes first. */
export function interestDays(dayCount: DayCount, from: Day, to: Day): number {
  return dayCount === '30/360' ? bondBasisDays(from, to) : daysBetween(from, to);
}

/** The days that make a year's interest. */
export function daysOfYear(dayCount: DayCount): number {
  return dayCount === 'ACT/365' ? 365 : 360;
}

/**
 * 360 × years + 30 × months + days, where the 31st counts as the 30th: at the beginning always, at the end only if
 * the beginning is the 30th or 31st. February has no rule of its own: from the 28th to 1 March are three days.
 */
function bondBasisDays(from: Day, to: Day): number {
  const [fromYear, fromMonth, fromDay] = parts(from);
  const [toYear, toMonth, toDay] = parts(to);
  const begin = Math.min(fromDay, 30);
  const end = begin === 30 ? Math.min(toDay, 30) : toDay;
  return 360 * (toYear - fromYear) + 30 * (toMonth - fromMonth) + (end - begin);
}

function parts(day: Day): [year: number, month: number, day: number] {
  return [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8))];
}
