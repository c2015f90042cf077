import { describe, expect, it } from '@jest/globals';
import type { RecurrenceRule } from '../../maths/recurrence.js';
import { inputOf, ruleOf, ruleText } from './recurrence.dto.js';

const london = { time: '08:00', timeZone: 'Europe/London', holidays: 'GB-ENG' };

describe('when a report comes round', () => {
  it.each<[RecurrenceRule, string]>([
    [{ every: 'month', on: { businessDay: 3 }, ...london }, 'on the 3rd business day of each month'],
    [{ every: 'month', on: 31, ...london }, 'on the 31st of each month'],
    [{ every: 'week', on: 'monday', ...london }, 'on the Monday of each week'],
    [{ every: 'quarter', on: 'lastBusinessDay', ...london }, 'on the last business day of each quarter'],
    [{ every: 'year', on: 1, month: 4, ...london }, 'on the 1st of month 4 of each year'],
  ])('is shown in a form as it was typed, and read back the same: %j', (rule, words) => {
    expect(ruleText(rule)).toBe(`${words} at 08:00, Europe/London`);
    expect(ruleOf(inputOf(rule), 'GB-ENG', '/recurrence')).toEqual(rule);
  });
});
