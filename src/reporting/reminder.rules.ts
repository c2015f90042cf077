import type { SpendReportState } from './spend-report.entity.js';
import { addDays, type Day, startOfDayInstant } from '../maths/day.js';

/** When somebody is reminded of a report: days from its due date; then, this long after, backbone and funders are told. */
export interface Ladder {
  days: readonly number[];
  escalateAfterDays: number;
}

export const usualLadder: Ladder = { days: [-21, -7, -1, 0, 3, 7], escalateAfterDays: 14 };

/** A returned report is asked for again after this many days. */
const remindAfterReturnDays = 7;
const timeOfDay = '08:00';

/** One reminder of one report. `step` is unique to it: 'd-21', 'd0', 'd+3', 'escalate', 'returned-4'. */
export interface Reminder {
  step: string;
  dueAt: Date;
}

/** The step that tells the backbone and the funders, and not the partner. */
export const escalation = 'escalate';

/** Why the reminders end that had not come yet when a report was handed in. */
export const handedIn = 'the report was submitted';

/**
 * Everything that a due date brings; what comes after it is counted from the last day of grace: each step at 08:00 where the coalition is, whatever DST does.
 */
export function remindersOf(
  { dueOn, lateAfter = dueOn }: { dueOn: Day; lateAfter?: Day },
  { days, escalateAfterDays }: Ladder,
  timeZone: string,
): Reminder[] {
  const at = (offset: number) =>
    startOfDayInstant(addDays(offset > 0 ? lateAfter : dueOn, offset), timeZone, timeOfDay);
  return [
    ...days.map((offset) => ({ step: stepName(offset), dueAt: at(offset) })),
    { step: escalation, dueAt: at(escalateAfterDays) },
  ];
}

/** The reminder of a report that was returned: `version` tells one return from the next. */
export function reminderOfReturned(returnedOn: Day, version: number, timeZone: string): Reminder {
  const on = addDays(returnedOn, remindAfterReturnDays);
  return { step: `returned-${version}`, dueAt: startOfDayInstant(on, timeZone, timeOfDay) };
}

const stepName = (days: number): string => `d${days > 0 ? '+' : ''}${days === 0 ? '0' : days}`;

/** A step in words: "7 days before it is due". */
export function stepText(step: string, graceDays = 0): string {
  if (step === escalation) return 'told to backbone and funders';
  if (step.startsWith('returned-')) return 'after it was returned';
  const days = Number(step.slice(1));
  if (days === 0) return 'on the day it is due';
  const count = Math.abs(days) === 1 ? '1 day' : `${Math.abs(days)} days`;
  if (days > 0 && graceDays > 0) return `${count} after its days of grace`;
  return `${count} ${days < 0 ? 'before' : 'after'} it is due`;
}

/** What a reminder finds when its time has come. */
export interface ReminderSituation {
  step: string;
  reportState: SpendReportState;
  grantState: string;
  /** A later reminder of the same report, to the same people, that is due by now too. */
  replacedBy: string | null;
  /** How many people there are to write to. */
  readers: number;
}

const openReports = new Set(['draft', 'returned']);
const livingGrants = new Set(['awarded', 'active', 'closing', 'suspended']);

/**
 * Why a reminder is not sent, or null if it is. After a pause only the newest one is sent: nobody gets a row of
 * mails about the same report in one morning.
 */
export function reasonToSkip(situation: ReminderSituation): string | null {
  const { step, reportState, grantState, replacedBy, readers } = situation;
  if (!openReports.has(reportState)) return `the report is ${reportState}`;
  if (!livingGrants.has(grantState)) return `the grant is ${grantState}`;
  if (replacedBy !== null) return `a later reminder replaces it (${stepText(replacedBy)})`;
  if (readers > 0) return null;
  return step === escalation
    ? 'nobody to write to: neither backbone nor funders have people'
    : 'nobody to write to: the partner has no people';
}
