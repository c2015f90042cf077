import { addBusinessDays, type HolidayCalendar } from '../../maths/business-day.js';
import { addDays, addMonths, type Day } from '../../maths/day.js';
import { plural } from '../../web/format.js';
import { type ConditionKind, conditionText, type ConditionTerms } from '../conditions/condition.rules.js';

/** What an instalment can fall due after: the award, or a condition of the grant. A day is none: it is a date. */
export const triggerEvents = [
  'award',
  'reportAccepted',
  'documentReceived',
  'matchMoneyRaised',
  'decisionPassed',
] as const;
export type TriggerEvent = (typeof triggerEvents)[number];

export const triggerUnits = ['days', 'workingDays', 'months'] as const;
export type TriggerUnit = (typeof triggerUnits)[number];

/** How long after what an instalment falls due. Kept with plans as it is: exact in JSON. */
export interface Trigger {
  event: TriggerEvent;
  /** The condition of the grant; null for the award, and before there is one. */
  conditionId: string | null;
  subject: string;
  onDay: Day | null;
  /** Of match money, minor units of the grant's currency, as text. */
  matchAmount: string | null;
  count: number;
  unit: TriggerUnit;
  /** The latest day on which it is expected: where the forecast counts it until it has a due date. */
  expectedOn: Day;
}

/** What of a trigger says what must happen, and not how long after. */
export type Happening = Pick<Trigger, 'event' | 'subject' | 'onDay' | 'matchAmount'>;

/** What must happen, as a condition's terms; null for the award. */
export function termsOf({ event, subject, onDay, matchAmount }: Happening): ConditionTerms | null {
  if (event === 'award') return null;
  return {
    ...{ kind: event satisfies ConditionKind, subject, onDay, matchRaised: 0n },
    matchAmount: matchAmount === null ? null : BigInt(matchAmount),
  };
}

/** Two that wait for the same, and as long. */
export const isSameTrigger = (a: Trigger, b: Trigger): boolean =>
  wait(a) === wait(b) && a.expectedOn === b.expectedOn && event(a) === event(b);

const wait = ({ count, unit }: Trigger): string => `${count} ${unit}`;
const event = ({ conditionId, event: kind, subject, onDay, matchAmount }: Trigger): string =>
  conditionId ?? JSON.stringify([kind, subject, onDay, matchAmount]);

const units: Record<TriggerUnit, string> = { days: 'day', workingDays: 'working day', months: 'month' };

/** When an instalment falls due, as people read it: “30 days after a report through 31 Dec 2027 is accepted”. */
export function triggerText(trigger: Trigger, currency: string, locale = 'en-GB'): string {
  const terms = termsOf(trigger);
  const what = terms === null ? 'the award' : conditionText(terms, currency, locale);
  if (trigger.count > 0) return `${plural(trigger.count, units[trigger.unit])} after ${what}`;
  return terms === null ? 'on the day of the award' : `on the day when ${what}`;
}

/** The day agreed, once it has happened: before the business-day rule. Months clamp to the month's end. */
export function dayAfter(
  happenedOn: Day,
  { count, unit }: Pick<Trigger, 'count' | 'unit'>,
  holidays: HolidayCalendar,
): Day {
  switch (unit) {
    case 'days':
      return addDays(happenedOn, count);
    case 'workingDays':
      return addBusinessDays(happenedOn, count, holidays);
    case 'months':
      return addMonths(happenedOn, count);
  }
}
