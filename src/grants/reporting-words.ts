import { dayText, plural } from '../web/format.js';
import type { ReportingFrequency } from './grant.rules.js';
import type { MilestoneTrigger, ReportingDetails } from './reporting-terms.js';

const everyTerm: Record<ReportingFrequency, string> = {
  monthly: 'every month',
  quarterly: 'every quarter',
  halfYearly: 'every half-year',
  yearly: 'every year',
  milestone: 'at each milestone',
  ownDates: 'on its own dates',
};

const everyCalendar: Partial<Record<ReportingFrequency, string>> = {
  monthly: 'every month of the calendar',
  quarterly: 'every quarter of the calendar',
  halfYearly: 'every half-year of the calendar',
  yearly: 'every year of the calendar',
};

/** What a milestone waits for: "the building certificate is received". */
export function happeningText({ event, subject }: MilestoneTrigger): string {
  switch (event) {
    case 'documentReceived':
      return `${subject} is received`;
    case 'matchMoneyRaised':
      return `other money is raised for ${subject}`;
    case 'decisionPassed':
      return `the decision “${subject}” is passed`;
  }
}

/** How often, in words: "every quarter of the calendar", "at each milestone (Doors open on 30 Jun 2027)". */
export function howOftenText(
  frequency: ReportingFrequency,
  { alignedTo, days }: ReportingDetails,
  locale: string,
): string {
  const often = (alignedTo === 'calendar' && everyCalendar[frequency]) || everyTerm[frequency];
  if (days.length === 0) return often;
  const list = days.map(({ on, name, after }) => {
    const when = on === null ? `once ${after ? happeningText(after) : 'it is reached'}` : dayText(on, locale);
    if (name === null) return when;
    return on === null ? `${name}, ${when}` : `${name} on ${when}`;
  });
  return `${often} (${new Intl.ListFormat(locale).format(list)})`;
}

/** When a report is due, and when it is late: "due 10 working days after the period, and late 5 days after that". */
export function dueText(dueAfterDays: number, { dueBy, graceDays }: ReportingDetails): string {
  const due = {
    days:
      dueAfterDays === 0
        ? 'on the last day of the period'
        : `${plural(dueAfterDays, 'day')} after the period`,
    workingDays:
      dueAfterDays === 0
        ? 'on the last day of the period'
        : `${plural(dueAfterDays, 'working day')} after the period`,
    lastWorkingDay: 'on the last working day of the month after the period',
  }[dueBy];
  return graceDays === 0 ? `due ${due}` : `due ${due}, and late ${plural(graceDays, 'day')} after that`;
}

/** The set-up phase in a sentence, with a blank before it; nothing where there is none. */
export const setUpText = ({ setUpMonths }: ReportingDetails): string =>
  setUpMonths === 0
    ? ''
    : ` Nothing is asked for of the first ${plural(setUpMonths, 'month')}: the first report after takes them in.`;
