import { describe, expect, it } from '@jest/globals';
import { periodOn, type SubscriptionPeriod } from './subscription-period.js';

describe('the period of a report that comes round', () => {
  it.each<[SubscriptionPeriod, string, string | null, string]>([
    ['previousMonth', '2027-01-06', '2026-12-01', '2026-12-31'],
    ['previousMonth', '2028-03-31', '2028-02-01', '2028-02-29'],
    ['previousQuarter', '2027-01-06', '2026-10-01', '2026-12-31'],
    ['previousQuarter', '2027-03-31', '2026-10-01', '2026-12-31'],
    ['previousQuarter', '2027-05-02', '2027-01-01', '2027-03-31'],
    ['previousQuarter', '2027-12-15', '2027-07-01', '2027-09-30'],
    ['previousYear', '2027-12-31', '2026-01-01', '2026-12-31'],
    ['yearToDate', '2027-04-03', '2027-01-01', '2027-04-02'],
    ['yearToDate', '2027-01-01', '2026-01-01', '2026-12-31'],
    ['sinceTheBeginning', '2027-04-03', null, '2027-04-02'],
    ['untilThen', '2027-04-03', null, '2027-04-03'],
  ])('%s, on %s, is %s to %s', (period, day, from, to) => {
    expect(periodOn(period, day)).toEqual({ from, to });
  });
});
