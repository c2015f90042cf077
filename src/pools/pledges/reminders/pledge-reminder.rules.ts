import { addDays, type Day, startOfDayInstant } from '../../../maths/day.js';

/** Days from its due date on which a funder is reminded of an instalment. */
export const pledgeLadder: readonly number[] = [-14, -3, 3, 14, 30];
const timeOfDay = '08:00';

/** One reminder of one instalment. `step` is unique to it: 'd-14', 'd+3'. */
export interface PledgeReminder {
  step: string;
  dueAt: Date;
}

/** Every reminder of an instalment that lies ahead, at 08:00 where the coalition is, whatever DST does. */
export function pledgeRemindersOf(dueOn: Day, timeZone: string, now: Date): PledgeReminder[] {
  return pledgeLadder
    .map((days) => ({
      step: `d${days > 0 ? '+' : ''}${days}`,
      dueAt: startOfDayInstant(addDays(dueOn, days), timeZone, timeOfDay),
    }))
    .filter(({ dueAt }) => dueAt > now);
}

/** Whether a step tells of money that is late: finance is told too, because it looks after what is not there. */
export const isLateStep = (step: string): boolean => step.startsWith('d+');

/** What a reminder finds when its time has come. Minor units. */
export interface PledgeReminderSituation {
  pledgeState: string;
  open: bigint;
  /** A later reminder of the same instalment that is due by now too. */
  replacedBy: string | null;
  readers: number;
}

/** Why a reminder is not sent, or null if it is. After a pause only the newest one is sent. */
export function reasonNotToRemind(situation: PledgeReminderSituation): string | null {
  const { pledgeState, open, replacedBy, readers } = situation;
  if (open <= 0n) return 'it has been received';
  if (pledgeState !== 'signed') return `the pledge is ${pledgeState}`;
  if (replacedBy !== null) return `a later reminder replaces it (${replacedBy})`;
  return readers > 0 ? null : 'nobody to write to: the funder has no people and no e-mail address';
}
