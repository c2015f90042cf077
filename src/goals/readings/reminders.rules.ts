import { type CalendarPeriod, type PeriodLength, periodNamed } from '../../maths/calendar-period.js';
import { addDays, type Day, startOfDayInstant } from '../../maths/day.js';

/** Days from the day a reading is due on which its person is reminded of it. */
export const readingLadder: readonly number[] = [-7, 0, 14];
const timeOfDay = '08:00';

/** The day by which a period should be read. */
export const dueOnOf = ({ to }: Pick<CalendarPeriod, 'to'>, dueAfterDays: number): Day =>
  addDays(to, dueAfterDays);

/** One reminder of the reading of one period. `key` is unique to it: '2026-Q3 d-7', '2026-Q3 d+0'. */
export interface ReadingReminder {
  key: string;
  dueAt: Date;
}

/** The reminders of a period: none before it has ended, each at 08:00 where the coalition is, whatever DST does. */
export function remindersOf(
  period: CalendarPeriod,
  dueAfterDays: number,
  timeZone: string,
): ReadingReminder[] {
  const dueOn = dueOnOf(period, dueAfterDays);
  return readingLadder
    .map((days) => ({ days, on: addDays(dueOn, days) }))
    .filter(({ on }) => on > period.to)
    .map(({ days, on }) => ({
      key: `${period.key} d${days < 0 ? '' : '+'}${days}`,
      dueAt: startOfDayInstant(on, timeZone, timeOfDay),
    }));
}

/** What a reminder is about: the period, and whether the reading is late by then. */
export function matterOf(length: PeriodLength, key: string): { period: CalendarPeriod; isLate: boolean } {
  const [period = '', step = ''] = key.split(' ');
  return { period: periodNamed(length, period), isLate: step.startsWith('d+') && step !== 'd+0' };
}

/** What a reminder finds when its time has come. */
export interface ReadingSituation {
  isRead: boolean;
  isRetired: boolean;
  /** A later reminder of the same period that is due by now too. */
  replacedBy: string | null;
  readers: number;
}

/** Why a reminder is not sent, or null if it is. After a pause only the newest one is sent. */
export function reasonNotToRemind({
  isRead,
  isRetired,
  replacedBy,
  readers,
}: ReadingSituation): string | null {
  if (isRetired) return 'it is read no more';
  if (isRead) return 'it has been read';
  if (replacedBy !== null) return `a later reminder replaces it (${replacedBy})`;
  return readers > 0 ? null : 'nobody to write to: nobody is responsible, and nobody runs the coalition';
}
