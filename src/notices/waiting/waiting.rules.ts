import { addBusinessDays, holidayCalendar } from '../../maths/business-day.js';
import { dayInZone, startOfDayInstant } from '../../maths/day.js';

/** Working days after a request on which those who can decide on it are reminded. */
export const waitingLadder: readonly number[] = [2, 5];
const timeOfDay = '08:00';

/** One letter about what waits. `step` is unique to it: 'asked', 'w+2'. */
export interface WaitingStep {
  step: string;
  dueAt: Date;
}

interface Calendar {
  timeZone: string;
  /** A holiday calendar such as GB-ENG; null knows weekends only. */
  holidays: string | null;
}

/** When those who can decide are told: at once, and at 08:00 of working days where the coalition is, whatever DST does. */
export function stepsOfWaiting(askedAt: Date, { timeZone, holidays }: Calendar): WaitingStep[] {
  const askedOn = dayInZone(askedAt, timeZone);
  const calendar = holidayCalendar(holidays);
  const reminders = waitingLadder.map((days) => ({
    step: `w+${days}`,
    dueAt: startOfDayInstant(addBusinessDays(askedOn, days, calendar), timeZone, timeOfDay),
  }));
  return [{ step: 'asked', dueAt: askedAt }, ...reminders];
}
