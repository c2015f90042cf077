import { describe, expect, it } from '@jest/globals';
import { holidayCalendar } from '../../maths/business-day.js';
import { readTrigger, type TypedTrigger } from './trigger-input.js';
import { dayAfter, isSameTrigger, triggerText } from './trigger.rules.js';

const typed = (more: Partial<TypedTrigger>): TypedTrigger => ({
  ...{ event: 'award', count: 30, unit: 'days', expectedOn: '2028-02-28' },
  ...more,
});
const read = (more: Partial<TypedTrigger>) => readTrigger(typed(more), 'GBP', '/slices/1/after');

describe('what an instalment falls due after', () => {
  it.each([
    [{}, '30 days after the award'],
    [{ count: 0 }, 'on the day of the award'],
    [
      { event: 'reportAccepted', onDay: '2027-12-31', count: 1, unit: 'months' },
      '1 month after a report through 31 Dec 2027 is accepted',
    ],
    [
      { event: 'documentReceived', subject: 'the signed agreement', count: 10, unit: 'workingDays' },
      '10 working days after the signed agreement is received',
    ],
    [
      { event: 'decisionPassed', subject: 'Board 27/3', count: 0 },
      'on the day when the decision “Board 27/3” is passed',
    ],
    [
      { event: 'matchMoneyRaised', subject: 'the nursery', matchAmount: '5000.00' },
      '30 days after £5,000.00 of other money is raised for the nursery',
    ],
  ] as const)('%j reads “%s”', (more, text) => {
    expect(triggerText(read(more), 'GBP')).toBe(text);
  });

  it.each([
    [{ expectedOn: undefined }, 'expectedOn'],
    [{ subject: 'the board' }, 'subject'],
    [{ onDay: '2027-12-31' }, 'onDay'],
    [{ matchAmount: '1.00' }, 'matchAmount'],
    [{ event: 'reportAccepted' }, 'onDay'],
    [{ event: 'documentReceived' }, 'subject'],
    [{ event: 'matchMoneyRaised', subject: 'it' }, 'matchAmount'],
    [{ event: 'matchMoneyRaised', subject: 'it', matchAmount: '1.005' }, 'matchAmount'],
  ] as const)('%j is refused at %s', (more, field) => {
    expect(() => read(more)).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ pointer: `/slices/1/after/${field}` })] }),
    );
  });

  it('is the same where it waits for the same condition, as long, and until the same day', () => {
    const first = { ...read({ event: 'documentReceived', subject: 'it' }), conditionId: 'c-1' };
    expect(isSameTrigger(first, { ...first, subject: 'said otherwise' })).toBe(true);
    expect(isSameTrigger(first, { ...first, conditionId: 'c-2' })).toBe(false);
    expect(isSameTrigger(first, { ...first, count: 31 })).toBe(false);
    expect(isSameTrigger(first, { ...first, unit: 'workingDays' })).toBe(false);
    expect(isSameTrigger(first, { ...first, expectedOn: '2028-03-01' })).toBe(false);
  });
});

describe('the day after something has happened', () => {
  const england = holidayCalendar('GB-ENG');

  it.each([
    [30, 'days', '2027-01-30'],
    [0, 'days', '2026-12-31'],
    [2, 'months', '2027-02-28'],
    // 1 January is a holiday, 2 and 3 a weekend.
    [1, 'workingDays', '2027-01-04'],
    [0, 'workingDays', '2026-12-31'],
  ] as const)('%d %s after 31 December 2026 is %s', (count, unit, day) => {
    expect(dayAfter('2026-12-31', { count, unit }, england)).toBe(day);
  });
});
