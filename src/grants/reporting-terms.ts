import { addMonths, type Day } from '../maths/day.js';
import { fieldError } from '../platform/errors/domain-error.js';
import type { ReportingFrequency } from './grant.rules.js';

/** Whether periods are counted from the grant's first day, or end with the months and quarters of the calendar. */
export const reportingAlignments = ['term', 'calendar'] as const;
export type ReportingAlignment = (typeof reportingAlignments)[number];

/** How the due date is counted from a period's last day. */
export const reportingDueRules = ['days', 'workingDays', 'lastWorkingDay'] as const;
export type ReportingDueRule = (typeof reportingDueRules)[number];

/** What a milestone can wait for: what a condition of the grant can ask for, and nobody knows the day of. */
export const milestoneEvents = ['documentReceived', 'matchMoneyRaised', 'decisionPassed'] as const;
export type MilestoneEvent = (typeof milestoneEvents)[number];

/** What happens when a milestone is reached. Kept as it is: exact in JSON. */
export interface MilestoneTrigger {
  event: MilestoneEvent;
  /** The condition of the grant; null before it is awarded. */
  conditionId: string | null;
  subject: string;
  /** Of match money, minor units of the grant's currency, as text. */
  matchAmount: string | null;
}

/** Where a period ends: a milestone by its name, or an own date without one. */
export interface ReportingDay {
  /** Null where a milestone is reached when something happens. */
  on: Day | null;
  name: string | null;
  after?: MilestoneTrigger | null;
}

/** What a grant agrees about reporting beyond how often and how soon. */
export interface ReportingDetails {
  alignedTo: ReportingAlignment;
  /** `lastWorkingDay`: of the month after the one in which the period ends. */
  dueBy: ReportingDueRule;
  /** Calendar days after the due date by which a report is not late yet. */
  graceDays: number;
  /** Nothing is asked for of periods that end within so many months; the next report takes them in. */
  setUpMonths: number;
  /** Of `milestone` and `ownDates`: where the periods end, one after the other. */
  days: ReportingDay[];
}

export const usualReporting: ReportingDetails = {
  ...{ alignedTo: 'term', dueBy: 'days', graceDays: 0, setUpMonths: 0, days: [] },
};

export const endsOnDays = (frequency: ReportingFrequency): boolean =>
  frequency === 'milestone' || frequency === 'ownDates';

/**
 * Refuses reporting that cannot be carried out.
 * @throws ruleBroken naming the field: days that are missing, unwanted, out of order or outside the term; a milestone
 *   without a name; a set-up phase that is as long as the term
 */
export function requireReporting(
  frequency: ReportingFrequency,
  { days, setUpMonths }: ReportingDetails,
  { startOn, endOn }: { startOn: Day; endOn: Day },
): void {
  const broken = (pointer: string, sentence: string) => fieldError('ruleBroken', pointer, sentence);
  if (!endsOnDays(frequency)) {
    if (days.length > 0) {
      throw broken(
        '/reportingDays',
        'Days are for reports by milestone or on own dates: choose one, or remove the days.',
      );
    }
  } else if (days.length === 0) {
    throw broken('/reportingDays', 'Name the days on which its periods end.');
  }
  let last: Day | null = null;
  for (const [index, { on, name, after }] of days.entries()) {
    const at = `/reportingDays/${index}`;
    if (frequency !== 'milestone' && after)
      throw broken(`${at}/after`, 'Only a milestone is reached when something happens: give a day.');
    if (frequency === 'milestone' && name === null) throw broken(`${at}/name`, 'Say what the milestone is.');
    if (on === null) continue;
    if (on < startOn || on > endOn) throw broken(`${at}/on`, 'Choose a day within the term of the grant.');
    if (last !== null && on <= last) throw broken(`${at}/on`, 'Put the days in their order, each once.');
    last = on;
  }
  if (setUpMonths > 0 && addMonths(startOn, setUpMonths) > endOn) {
    throw broken('/reportingSetUpMonths', 'The set-up phase must end before the grant does.');
  }
}

/**
 * The days on which periods end, by what has happened so far, in their order and each once. A milestone that is not
 * reached ends no period yet; one whose condition was waived never does, because it was set aside and has not happened.
 * @param reachedOn the day on which a condition was met, if it was
 */
export function daysReached(
  days: readonly ReportingDay[],
  reachedOn: (conditionId: string) => Day | undefined,
): (ReportingDay & { on: Day })[] {
  const dated = days.flatMap((day) => {
    const conditionId = day.after?.conditionId ?? null;
    const on = day.on ?? (conditionId === null ? undefined : reachedOn(conditionId));
    return on === undefined ? [] : [{ ...day, on }];
  });
  return dated
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
    .filter(({ on }, index, sorted) => index === 0 || on !== sorted[index - 1]!.on);
}
