import { Temporal } from 'temporal-polyfill';
import { MathsError } from './maths-error.js';

/** A calendar date, 'YYYY-MM-DD', of the years 0001 to 9999. Days compare as text. */
export type Day = string;

/** A calendar month, 'YYYY-MM'. */
export type Month = string;

/** Refuses what is not a date of the calendar, such as 2026-02-30; gives back the text as a Day. */
export function parseDay(text: string): Day {
  if (!isDay(text)) {
    throw new MathsError(
      'dateMalformed',
      `"${text.slice(0, 60)}" is not a calendar date such as "2026-04-01".`,
    );
  }
  return text;
}

/** True for a date of the calendar, written 'YYYY-MM-DD'. */
export function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number);
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

function daysInMonth(year: number, month: number): number {
  return Temporal.PlainYearMonth.from({ year, month }).daysInMonth;
}

function toDay(date: Temporal.PlainDate): Day {
  if (date.year < 1 || date.year > 9999) {
    throw new MathsError('dateOutOfRange', 'The dates must lie in the years 0001 to 9999.');
  }
  return date.toString();
}

/**
 * The same day `months` later (or earlier), clamped to the month's end. Count from the anchor each time, never from
 * the last result: then 31 January, 28 February, 31 March.
 */
export function addMonths(anchor: Day, months: number): Day {
  return toDay(Temporal.PlainDate.from(anchor).add({ months }));
}

/** `days` calendar days later (or earlier). */
export function addDays(day: Day, days: number): Day {
  return toDay(Temporal.PlainDate.from(day).add({ days }));
}

/** Negative if `a` comes before `b`, positive if after, 0 if they are the same day. */
export function compareDays(a: Day, b: Day): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Calendar days from `from` to `to`: 0 for the same day, negative if `to` comes first. */
export function daysBetween(from: Day, to: Day): number {
  return Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days;
}

/**
 * Whole years from `from` to `to`, never below zero: the number of anniversaries reached. An anniversary of
 * 29 February clamps to 28 February, as `addMonths` does.
 */
export function fullYearsBetween(from: Day, to: Day): number {
  const atMost = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return Math.max(0, addMonths(from, 12 * atMost) <= to ? atMost : atMost - 1);
}

/** The month a day lies in: '2026-04'. */
export function monthOf(day: Day): Month {
  return day.slice(0, 7);
}

/** The last day of the month a day lies in. */
export function endOfMonth(day: Day): Day {
  const { year, month } = Temporal.PlainDate.from(day);
  return `${monthOf(day)}-${daysInMonth(year, month)}`;
}

/** 1 for Monday to 7 for Sunday (ISO 8601). */
export function dayOfWeek(day: Day): number {
  return Temporal.PlainDate.from(day).dayOfWeek;
}

/** True for a name of the IANA time zone database, such as "Europe/London". An offset is not a time zone. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function requireTimeZone(name: string): void {
  if (isTimeZone(name)) return;
  throw new MathsError(
    'unknownTimeZone',
    `"${name.slice(0, 60)}" is not an IANA time zone such as "Europe/London".`,
    '/timeZone',
  );
}

/** The calendar date that people in the time zone read at an instant. */
export function dayInZone(instant: Date, timeZone: string): Day {
  requireTimeZone(timeZone);
  return toDay(
    Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone).toPlainDate(),
  );
}

/**
 * The instant at which clocks in the time zone first show `time` ('HH:mm', local) on a day. A time that the clocks
 * skip moves later by the gap; a time that they show twice means the first one: once a day, whatever DST does.
 */
export function startOfDayInstant(day: Day, timeZone: string, time = '00:00'): Date {
  requireTimeZone(timeZone);
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) {
    throw new MathsError(
      'timeMalformed',
      `"${time.slice(0, 60)}" is not a time of day such as "09:00".`,
      '/time',
    );
  }
  const local = Temporal.PlainDate.from(day).toPlainDateTime(Temporal.PlainTime.from(time));
  return new Date(local.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds);
}
