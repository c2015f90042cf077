import { compareDays, type Day } from '../maths/day.js';
import { fieldError } from '../platform/errors/domain-error.js';

/** Calendar dates, both inclusive, in the coalition's time zone. Without an end it goes on. */
export interface Period {
  sinceOn: Day;
  untilOn: Day | null;
}

export const standings = ['upcoming', 'serving', 'ended'] as const;
export type Standing = (typeof standings)[number];

/** Where a period stands on a day. */
export function standingOn({ sinceOn, untilOn }: Period, day: Day): Standing {
  if (compareDays(sinceOn, day) > 0) return 'upcoming';
  return untilOn !== null && compareDays(untilOn, day) < 0 ? 'ended' : 'serving';
}

/** True when two periods share a day. */
export function overlap(a: Period, b: Period): boolean {
  return (
    (b.untilOn === null || compareDays(a.sinceOn, b.untilOn) <= 0) &&
    (a.untilOn === null || compareDays(b.sinceOn, a.untilOn) <= 0)
  );
}

// As far as the holiday calendars reach: outside, a date is a slip of the keyboard.
const firstDay: Day = '1900-01-01';
const lastDay: Day = '2199-12-31';

/** Refuses dates out of this world, and an end before the beginning. */
export function refuseOddPeriod(period: Period): void {
  for (const field of ['sinceOn', 'untilOn'] as const) {
    const day = period[field];
    if (day === null || (compareDays(day, firstDay) >= 0 && compareDays(day, lastDay) <= 0)) continue;
    throw fieldError('ruleBroken', `/${field}`, `${day} is no likely date. Check the year.`);
  }
  if (period.untilOn !== null && compareDays(period.untilOn, period.sinceOn) < 0) {
    throw fieldError(
      'ruleBroken',
      '/untilOn',
      'It would end before it begins. Choose a last day on or after the first.',
    );
  }
}
