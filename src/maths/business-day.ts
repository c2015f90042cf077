import Holidays from 'date-holidays';
import { addDays, type Day, dayOfWeek, endOfMonth, monthOf } from './day.js';
import { MathsError } from './maths-error.js';

/**
 * Where a due date goes when it is no business day: it stays, goes to the next business day, to the next one
 * unless that lies in another month (then to the one before), or to the one before.
 */
export const businessDayRules = ['none', 'following', 'modifiedFollowing', 'preceding'] as const;
export type BusinessDayRule = (typeof businessDayRules)[number];

/** The public holidays of a place. Weekends are not its business. */
export interface HolidayCalendar {
  isHoliday(day: Day): boolean;
}

const noHolidays: HolidayCalendar = { isHoliday: () => false };
const calendars = new Map<string, HolidayCalendar>();

// Far outside these the rules mean nothing, and the lunar calendars of date-holidays may search without end.
const firstYear = 1900;
const lastYear = 2199;

// No place has a run of holidays and weekends near this long: a search that exceeds it is a fault of ours.
const longestSearchDays = 60;

/** True for a country ("US"), state ("GB-ENG", "DE-BY") or region ("DE-BY-A") whose holidays are known. */
export function isHolidayCalendar(name: string): boolean {
  const [country = '', state, region, ...more] = name.split('-');
  const known = new Holidays();
  if (more.length || !Object.hasOwn(known.getCountries('en') ?? {}, country)) return false;
  if (state === undefined) return true;
  if (!Object.hasOwn(known.getStates(country, 'en') ?? {}, state)) return false;
  return region === undefined || Object.hasOwn(known.getRegions(country, state, 'en') ?? {}, region);
}

/**
 * The calendar of a place, public holidays only, days given in substitution for a weekend included. `null` has no
 * holidays. Refuses an unknown name. What it learns of a year is kept.
 */
export function holidayCalendar(name: string | null): HolidayCalendar {
  if (name === null) return noHolidays;
  const kept = calendars.get(name);
  if (kept) return kept;
  if (!isHolidayCalendar(name)) {
    throw new MathsError(
      'unknownHolidays',
      `"${name.slice(0, 60)}" is not a known holiday calendar such as "GB-ENG", "US" or "DE-BY".`,
      '/holidays',
    );
  }
  const calendar = publicHolidays(name);
  calendars.set(name, calendar);
  return calendar;
}

function publicHolidays(name: string): HolidayCalendar {
  const [country = '', ...parts] = name.split('-');
  const holidays = new Holidays({ country, state: parts[0], region: parts[1] }, { types: ['public'] });
  const yearsLearnt = new Set<number>();
  const days = new Set<Day>();
  const learn = (year: number) => {
    if (yearsLearnt.has(year)) return;
    yearsLearnt.add(year);
    for (const holiday of holidays.getHolidays(year)) for (const day of wholeDays(holiday)) days.add(day);
  };
  return {
    isHoliday(day) {
      const year = Number(day.slice(0, 4));
      if (year < firstYear || year > lastYear) {
        const detail = `Holidays are known for the years ${firstYear} to ${lastYear}, and ${day} is not in them.`;
        throw new MathsError('holidaysNotKnown', detail, '/holidays');
      }
      // A long holiday reaches over from December, and a substitute for New Year's Day may lie before it.
      for (const each of [year - 1, year, year + 1]) learn(each);
      return days.has(day);
    },
  };
}

/** The whole days of a holiday. One that begins at noon leaves that day a business day. */
function wholeDays(holiday: { date: string; start: Date; end: Date }): Day[] {
  const hours = (holiday.end.getTime() - holiday.start.getTime()) / 3_600_000;
  const length = Math.floor((hours + 1) / 24); // on the day that clocks go forward a day has 23 hours
  return Array.from({ length }, (_, offset) => addDays(holiday.date.slice(0, 'YYYY-MM-DD'.length), offset));
}

/** False on Saturdays, Sundays and the calendar's holidays. */
export function isBusinessDay(day: Day, calendar: HolidayCalendar): boolean {
  return dayOfWeek(day) <= 5 && !calendar.isHoliday(day);
}

/** Moves a date that is no business day by the rule. A business day stays where it is. */
export function adjust(day: Day, rule: BusinessDayRule, calendar: HolidayCalendar): Day {
  switch (rule) {
    case 'none':
      return day;
    case 'following':
      return search(day, 1, calendar);
    case 'preceding':
      return search(day, -1, calendar);
    case 'modifiedFollowing': {
      const following = search(day, 1, calendar);
      return monthOf(following) === monthOf(day) ? following : search(day, -1, calendar);
    }
  }
}

function search(day: Day, step: 1 | -1, calendar: HolidayCalendar): Day {
  for (let offset = 0; offset <= longestSearchDays; offset++) {
    const candidate = addDays(day, step * offset);
    if (isBusinessDay(candidate, calendar)) return candidate;
  }
  throw new MathsError(
    'noBusinessDay',
    `There is no business day within ${longestSearchDays} days of ${day}.`,
  );
}

/** `count` business days after a day (or before it, if negative). 0 gives the day itself. */
export function addBusinessDays(day: Day, count: number, calendar: HolidayCalendar): Day {
  const step = count < 0 ? -1 : 1;
  let reached = day;
  for (let left = Math.abs(count); left > 0; left--) reached = search(addDays(reached, step), step, calendar);
  return reached;
}

/** The last business day of the month a day lies in. */
export function lastBusinessDayOfMonth(day: Day, calendar: HolidayCalendar): Day {
  return search(endOfMonth(day), -1, calendar);
}

/** The nth business day (from 1) of the month a day lies in; the last one, if the month has fewer. */
export function nthBusinessDayOfMonth(day: Day, n: number, calendar: HolidayCalendar): Day {
  if (!Number.isInteger(n) || n < 1 || n > 31) {
    throw new MathsError('businessDayOutOfRange', 'Count business days from 1 to 31.');
  }
  const nth = addBusinessDays(addDays(`${monthOf(day)}-01`, -1), n, calendar);
  return monthOf(nth) === monthOf(day) ? nth : lastBusinessDayOfMonth(day, calendar);
}
