import { addDays, addMonths, type Day, endOfMonth } from '../../maths/day.js';

/** Which days a report that comes round is about. Whole days that are over, but for `untilThen`: up to the instant. */
export const subscriptionPeriods = [
  'previousMonth',
  'previousQuarter',
  'previousYear',
  'yearToDate',
  'sinceTheBeginning',
  'untilThen',
] as const;
export type SubscriptionPeriod = (typeof subscriptionPeriods)[number];

/** @param day the day on which the report comes round, where it is subscribed to */
export function periodOn(period: SubscriptionPeriod, day: Day): { from: Day | null; to: Day } {
  const yesterday = addDays(day, -1);
  const month = `${day.slice(0, 7)}-01`;
  switch (period) {
    case 'previousMonth':
      return months(addMonths(month, -1), 1);
    case 'previousQuarter':
      return months(addMonths(month, (-(Number(day.slice(5, 7)) - 1) % 3) - 3), 3);
    case 'previousYear':
      return months(addMonths(`${day.slice(0, 4)}-01-01`, -12), 12);
    case 'yearToDate':
      return { from: `${yesterday.slice(0, 4)}-01-01`, to: yesterday };
    case 'sinceTheBeginning':
      return { from: null, to: yesterday };
    case 'untilThen':
      return { from: null, to: day };
  }
}

const months = (from: Day, count: number): { from: Day; to: Day } => ({
  from,
  to: endOfMonth(addMonths(from, count - 1)),
});
