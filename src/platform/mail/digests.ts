import { addBusinessDays, holidayCalendar, isBusinessDay } from '../../maths/business-day.js';
import { addDays, type Day, dayInZone, dayOfWeek, startOfDayInstant } from '../../maths/day.js';
import type { Tx } from '../database/tx.js';
import { planOccurrences } from '../queue/occurrences.js';

/** How often the letters that wait are told of in one mail. */
export type Rhythm = 'daily' | 'weekly';

/** Local; after 08:00, when reminders are written, so that those of the day are in it. */
const timeOfDay = '09:00';

interface Calendar {
  timeZone: string;
  holidays: string | null;
}

/** One digest of a coalition: 'daily-2026-11-26' or 'weekly-2026-11-30', and when it is written. */
export interface Digest {
  periodKey: string;
  dueAt: Date;
}

/**
 * The next digest after an instant: of the working day, or of the week's first working day. What is written before
 * 09:00 on that day, where the coalition is, is told of on that day.
 */
export function nextDigest(now: Date, rhythm: Rhythm, { timeZone, holidays }: Calendar): Digest {
  const calendar = holidayCalendar(holidays);
  const today = dayInZone(now, timeZone);
  const firstWorkdayFrom = (day: Day) =>
    isBusinessDay(day, calendar) ? day : addBusinessDays(day, 1, calendar);
  const digestOn = (day: Day): Digest => ({
    periodKey: `${rhythm}-${day}`,
    dueAt: startOfDayInstant(day, timeZone, timeOfDay),
  });
  const monday = addDays(today, 1 - dayOfWeek(today));
  const candidates =
    rhythm === 'daily' ? [today, addDays(today, 1)] : [monday, addDays(monday, 7), addDays(monday, 14)];
  return candidates.map((day) => digestOn(firstWorkdayFrom(day))).find(({ dueAt }) => dueAt > now)!;
}

/** Plans the digests that letters wait for; planning twice plans once. */
export async function planDigests(tx: Tx, waiting: { coalitionId: string; rhythm: Rhythm }[]): Promise<void> {
  if (waiting.length === 0) return;
  const calendars = await tx.rows<Calendar & { id: string }>(
    `SELECT id, time_zone AS "timeZone", holidays FROM coalitions WHERE id = ANY ($1::uuid[])`,
    [[...new Set(waiting.map(({ coalitionId }) => coalitionId))]],
  );
  await planOccurrences(
    tx,
    calendars.flatMap((calendar) =>
      [
        ...new Set(waiting.filter((each) => each.coalitionId === calendar.id).map(({ rhythm }) => rhythm)),
      ].map((rhythm) => ({
        ...{
          coalitionId: calendar.id,
          kind: 'mail.digest' as const,
          subjectId: calendar.id,
          channel: 'mail' as const,
        },
        ...nextDigest(tx.now, rhythm, calendar),
      })),
    ),
  );
}
