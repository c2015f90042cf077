import { addMonths, type Day } from '../maths/day.js';
import { fieldError } from '../platform/errors/domain-error.js';
import type { ReportingFrequency } from './grant.rules.js';

/** Whether periods are counted from the grant's first day, or end with the months and quarters of the calendar. */
export const reportingAlignments = ['term', 'calendar'] as const;
export type ReportingAlignment = (typeof reportingAlignments)[number];

/** How the due date is counted from a period's last day. */
export const reportingDueRules = ['days', 'workingDays', 'lastWorkingDay'] as const;
export type ReportingDueRule = (typeof reportingDueRules)[number];

/** A day on which a period ends: a milestone by its name, or an own date without one. */
export interface ReportingDay {
  on: Day;
  name: string | null;
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
  for (const [index, { on, name }] of days.entries()) {
    const at = `/reportingDays/${index}`;
    if (frequency === 'milestone' && name === null) throw broken(`${at}/name`, 'Say what the milestone is.');
    if (on < startOn || on > endOn) throw broken(`${at}/on`, 'Choose a day within the term of the grant.');
    if (index > 0 && on <= days[index - 1]!.on) {
      throw broken(`${at}/on`, 'Put the days in their order, each once.');
    }
  }
  if (setUpMonths > 0 && addMonths(startOn, setUpMonths) > endOn) {
    throw broken('/reportingSetUpMonths', 'The set-up phase must end before the grant does.');
  }
}
