import { addDays, type Day, dayInZone, startOfDayInstant } from '../../maths/day.js';
import { fieldError } from '../../platform/errors/domain-error.js';
import { CalendarDay, Choice } from '../../platform/http/fields.js';
import { periodOn, subscriptionPeriods } from '../subscriptions/subscription-period.js';
import { ReportTermsForm } from './terms-form.dto.js';

/** The periods that a form offers: as of now, those that are over, or days of one's own. */
export const formPeriods = [...subscriptionPeriods, 'own'] as const;

/** The form knows days; the report is as of the end of one, or as of now. */
export class MakeReportForm extends ReportTermsForm {
  @Choice(formPeriods, { optional: true }) period?: (typeof formPeriods)[number];
  @CalendarDay({ optional: true }) from?: Day;
  @CalendarDay({ optional: true }) to?: Day;
  @CalendarDay({ optional: true }) asOfOn?: Day;
}

/** The period that was chosen, seen from a day. */
export function periodOfForm(
  { period = 'untilThen', from, to }: MakeReportForm,
  today: Day,
): { from: Day | null; to: Day | null } {
  if (period !== 'own') return periodOn(period, today);
  return { from: from ?? null, to: to ?? null };
}

/** The last instant of a day that is over; today is as of now. @throws ruleBroken naming /asOfOn */
export function endOfDay(day: Day | undefined, now: Date, timeZone: string): Date {
  const today = dayInZone(now, timeZone);
  if (day === undefined || day === today) return now;
  if (day > today) {
    throw fieldError('ruleBroken', '/asOfOn', 'A report can only look back. Choose a day that is not ahead.');
  }
  return new Date(startOfDayInstant(addDays(day, 1), timeZone).getTime() - 1);
}
