import { addDays, type Day, startOfDayInstant } from '../maths/day.js';

/** Days before the last day of a vote on which those who have not voted are reminded; on the day itself too. */
export const reminderLadder: readonly number[] = [-7, -2, 0];
const timeOfDay = '08:00';

/** Every reminder of a vote that lies ahead, at 08:00 where the coalition is. `step` is unique to it: 'd-2'. */
export const remindersOf = (closesOn: Day, timeZone: string, now: Date): { step: string; dueAt: Date }[] =>
  reminderLadder
    .map((days) => ({
      step: `d${days === 0 ? '-0' : days}`,
      dueAt: startOfDayInstant(addDays(closesOn, days), timeZone, timeOfDay),
    }))
    .filter(({ dueAt }) => dueAt > now);
