import { coalitionCalendar } from '../../coalitions/coalition.js';
import { type CalendarPeriod, type PeriodLength, periodContaining } from '../../maths/calendar-period.js';
import type { Tx } from '../../platform/database/tx.js';
import { type PlannedOccurrence, planOccurrences } from '../../platform/queue/occurrences.js';
import { remindersOf } from './reminders.rules.js';

/** What is reminded of. */
export interface RemindedSeries {
  id: string;
  coalitionId: string;
  frequency: PeriodLength;
  dueAfterDays: number;
}

/** Plans the reminders of the period that runs today. Each period's reminders plan the next one's. */
export async function planFirstReminders(tx: Tx, series: RemindedSeries): Promise<void> {
  const { timeZone, today } = await coalitionCalendar(tx, series.coalitionId);
  await planOccurrences(tx, plannedReminders(series, periodContaining(series.frequency, today), timeZone));
}

/** The reminders of one period, to be planned: planning them twice plans them once. */
export const plannedReminders = (
  { id, coalitionId, dueAfterDays }: RemindedSeries,
  period: CalendarPeriod,
  timeZone: string,
): PlannedOccurrence[] =>
  remindersOf(period, dueAfterDays, timeZone).map(({ key, dueAt }) => ({
    ...{ coalitionId, kind: 'reading.remind' as const, subjectId: id, periodKey: key },
    ...{ channel: 'mail' as const, dueAt },
  }));
