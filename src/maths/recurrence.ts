import { Temporal } from 'temporal-polyfill';
import { holidayCalendar, lastBusinessDayOfMonth, nthBusinessDayOfMonth } from './business-day.js';
import { monthsIn, periodContaining } from './calendar-period.js';
import {
  addDays,
  addMonths,
  type Day,
  dayInZone,
  dayOfWeek,
  endOfMonth,
  monthOf,
  startOfDayInstant,
} from './day.js';
import { MathsError } from './maths-error.js';

export const recurrencePeriods = ['week', 'month', 'quarter', 'halfYear', 'year'] as const;
export type RecurrencePeriod = (typeof recurrencePeriods)[number];

/** In the order of ISO 8601: Monday is 1. */
export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export type Weekday = (typeof weekdays)[number];

/** Something that happens once in every calendar period, at a local time. */
export interface RecurrenceRule {
  every: RecurrencePeriod;
  /**
   * Weeks: a weekday. Otherwise a day of the month (clamped to its end), its nth business day (or its last, if it has
   * fewer), or its last business day.
   */
  on: number | { businessDay: number } | 'lastBusinessDay' | Weekday;
  /** Which month of a quarter, half-year or year, from 1. The first if left out; for `lastBusinessDay`, the last. */
  month?: number;
  /** 'HH:mm', local to the time zone. */
  time: string;
  /** IANA name. */
  timeZone: string;
  /** Name of a holiday calendar; `null` knows weekends only. */
  holidays: string | null;
}

/** One time that a rule comes round. `periodKey` ('2026-W48', '2026-11', '2026-Q4', '2026-H2', '2026') is unique to it. */
export interface Occurrence {
  periodKey: string;
  dueOn: Day;
  dueAt: Date;
}

const mostOccurrences = 1000;

/**
 * The next `count` occurrences that fall due after an instant. Each one is worked out from its own calendar period,
 * never from the one before: the 31st clamps and returns, a moved date moves no other, and DST moves none.
 */
export function nextOccurrences(rule: RecurrenceRule, after: Date, count: number): Occurrence[] {
  requireSensible(rule);
  if (!Number.isInteger(count) || count < 0 || count > mostOccurrences) {
    throw new MathsError('countOutOfRange', `Ask for 0 to ${mostOccurrences} occurrences.`, '/count');
  }
  const found: Occurrence[] = [];
  let periodStart = startOfPeriod(rule.every, dayInZone(after, rule.timeZone));
  while (found.length < count) {
    const occurrence = occurrenceIn(rule, periodStart);
    if (occurrence.dueAt.getTime() > after.getTime()) found.push(occurrence);
    periodStart =
      rule.every === 'week' ? addDays(periodStart, 7) : addMonths(periodStart, monthsIn[rule.every]);
  }
  return found;
}

/** Refuses a rule that cannot come round, naming the field. */
export function requireSensible(rule: RecurrenceRule): void {
  const { on } = rule;
  if (rule.every === 'week') {
    if (!isWeekday(on))
      throw new MathsError('weekdayNeeded', 'A weekly rule needs a weekday, such as "monday".', '/on');
    if (rule.month !== undefined)
      throw new MathsError('monthOutOfRange', 'A week has no months: leave it out.', '/month');
  } else {
    if (isWeekday(on)) throw new MathsError('weekdayNotHere', 'A weekday only goes with "week".', '/on');
    const nth = typeof on === 'object' ? on.businessDay : on;
    if (typeof nth === 'number' && !isWithin(nth, 1, 31)) {
      throw new MathsError('dayOutOfRange', 'The day must be from 1 to 31.', '/on');
    }
    const months = monthsIn[rule.every];
    if (rule.month !== undefined && !isWithin(rule.month, 1, months)) {
      throw new MathsError('monthOutOfRange', `The month must be from 1 to ${months}.`, '/month');
    }
  }
  holidayCalendar(rule.holidays);
  startOfDayInstant('2000-01-01', rule.timeZone, rule.time);
}

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

function isWeekday(on: RecurrenceRule['on']): on is Weekday {
  return typeof on === 'string' && on !== 'lastBusinessDay';
}

function startOfPeriod(every: RecurrencePeriod, day: Day): Day {
  if (every === 'week') return addDays(day, 1 - dayOfWeek(day));
  return periodContaining(every, day).from;
}

function occurrenceIn(rule: RecurrenceRule, periodStart: Day): Occurrence {
  const dueOn = dueDayIn(rule, periodStart);
  return {
    periodKey: periodKeyOf(rule.every, periodStart),
    dueOn,
    dueAt: startOfDayInstant(dueOn, rule.timeZone, rule.time),
  };
}

function dueDayIn({ every, on, month, holidays }: RecurrenceRule, periodStart: Day): Day {
  if (isWeekday(on)) return addDays(periodStart, weekdays.indexOf(on));
  const length = every === 'week' ? 1 : monthsIn[every];
  const firstOfMonth = addMonths(periodStart, (month ?? (on === 'lastBusinessDay' ? length : 1)) - 1);
  if (on === 'lastBusinessDay') return lastBusinessDayOfMonth(firstOfMonth, holidayCalendar(holidays));
  if (typeof on === 'object')
    return nthBusinessDayOfMonth(firstOfMonth, on.businessDay, holidayCalendar(holidays));
  const day = `${monthOf(firstOfMonth)}-${String(on).padStart(2, '0')}`;
  return day < endOfMonth(firstOfMonth) ? day : endOfMonth(firstOfMonth);
}

/** The name of the calendar period that starts on a day. Weeks are those of ISO 8601. */
function periodKeyOf(every: RecurrencePeriod, periodStart: Day): string {
  if (every !== 'week') return periodContaining(every, periodStart).key;
  const { yearOfWeek, weekOfYear } = Temporal.PlainDate.from(periodStart);
  return `${yearOfWeek}-W${String(weekOfYear).padStart(2, '0')}`;
}
