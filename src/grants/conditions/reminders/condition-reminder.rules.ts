import { addDays, type Day, startOfDayInstant } from '../../../maths/day.js';
import type { ConditionState } from '../condition.rules.js';

/** Days from the day on which money begins to wait for a condition: those who can meet it are reminded on them. */
export const conditionLadder: readonly number[] = [-30, -7, -1, 3, 14];
const timeOfDay = '08:00';

/** One reminder of one condition. `step` is unique to it, and names the day it counts from: '2027-03-01 d-7'. */
export interface ConditionReminder {
  step: string;
  dueAt: Date;
}

/** Every reminder of a condition that lies ahead, at 08:00 where the coalition is, whatever DST does. */
export const conditionRemindersOf = (bitesOn: Day, timeZone: string, now: Date): ConditionReminder[] =>
  conditionLadder
    .map((days) => ({
      step: `${bitesOn} d${days > 0 ? '+' : ''}${days}`,
      dueAt: startOfDayInstant(addDays(bitesOn, days), timeZone, timeOfDay),
    }))
    .filter(({ dueAt }) => dueAt > now);

/** What a reminder finds when its time has come. */
export interface ConditionReminderSituation {
  state: ConditionState;
  grantState: string;
  /** The day from which money waits for it, as the plan is now; null when none does. */
  bitesOn: Day | null;
  step: string;
  /** The newest reminder of it that is due by now. */
  newestStep: string;
  readers: number;
}

const underWay = new Set(['awarded', 'active']);

/** Why a reminder is not sent, or null if it is. After a pause only the newest one is sent. */
export function reasonNotToRemind(situation: ConditionReminderSituation): string | null {
  const { state, grantState, bitesOn, step, newestStep, readers } = situation;
  if (state !== 'open') return `the condition is ${state}`;
  if (!underWay.has(grantState)) return `the grant is ${grantState}`;
  if (bitesOn === null) return 'no money waits for it';
  if (!step.startsWith(`${bitesOn} `)) return `money waits for it from another day (${bitesOn})`;
  if (newestStep !== step) return `a later reminder replaces it (${newestStep})`;
  return readers > 0 ? null : 'nobody to write to';
}
