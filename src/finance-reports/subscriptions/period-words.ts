import type { SubscriptionPeriod } from './subscription-period.js';

/** What each period is called, seen from the day on which a report is made. */
export const periodWords: Record<SubscriptionPeriod | 'own', string> = {
  untilThen: 'Since the beginning, up to that instant',
  previousMonth: 'The month before',
  previousQuarter: 'The quarter before',
  previousYear: 'The year before',
  yearToDate: 'This year, up to the day before',
  sinceTheBeginning: 'Since the beginning, up to the day before',
  own: 'Days of your own',
};
