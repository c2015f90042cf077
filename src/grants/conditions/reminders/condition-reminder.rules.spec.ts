import { describe, expect, it } from '@jest/globals';
import { conditionRemindersOf, reasonNotToRemind } from './condition-reminder.rules.js';

describe('the reminders of a condition', () => {
  it('come before money waits for it and after, at eight in the morning whatever DST does', () => {
    const reminders = conditionRemindersOf('2027-04-01', 'Europe/London', new Date('2027-01-01T00:00:00Z'));
    expect(reminders.map(({ step, dueAt }) => [step, dueAt.toISOString()])).toEqual([
      ['2027-04-01 d-30', '2027-03-02T08:00:00.000Z'],
      ['2027-04-01 d-7', '2027-03-25T08:00:00.000Z'],
      ['2027-04-01 d-1', '2027-03-31T07:00:00.000Z'],
      ['2027-04-01 d+3', '2027-04-04T07:00:00.000Z'],
      ['2027-04-01 d+14', '2027-04-15T07:00:00.000Z'],
    ]);
  });

  it('that would have come before now do not come', () => {
    const reminders = conditionRemindersOf('2027-04-01', 'Europe/London', new Date('2027-03-31T12:00:00Z'));
    expect(reminders.map(({ step }) => step)).toEqual(['2027-04-01 d+3', '2027-04-01 d+14']);
  });
});

describe('a reminder of a condition', () => {
  const step = '2027-04-01 d-7';
  const usual = {
    ...{ state: 'open' as const, grantState: 'active', bitesOn: '2027-04-01', readers: 2 },
    ...{ step, newestStep: step },
  };

  it.each([
    [usual, null],
    [{ ...usual, state: 'met' as const }, 'the condition is met'],
    [{ ...usual, state: 'waived' as const }, 'the condition is waived'],
    [{ ...usual, grantState: 'suspended' }, 'the grant is suspended'],
    [{ ...usual, bitesOn: null }, 'no money waits for it'],
    [{ ...usual, bitesOn: '2027-06-01' }, 'money waits for it from another day (2027-06-01)'],
    [{ ...usual, newestStep: '2027-04-01 d-1' }, 'a later reminder replaces it (2027-04-01 d-1)'],
    [{ ...usual, readers: 0 }, 'nobody to write to'],
  ])('in %o is skipped because: %s', (situation, reason) => {
    expect(reasonNotToRemind(situation)).toBe(reason);
  });
});
