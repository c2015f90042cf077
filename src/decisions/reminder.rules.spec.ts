import { describe, expect, it } from '@jest/globals';
import { remindersOf } from './reminder.rules.js';

describe('the reminders of a vote', () => {
  it('come a week and two days before its last day, and in the morning of it, whatever DST does', () => {
    const reminders = remindersOf('2027-03-30', 'Europe/London', new Date('2027-03-01T00:00:00Z'));
    expect(reminders.map(({ step, dueAt }) => [step, dueAt.toISOString()])).toEqual([
      ['d-7', '2027-03-23T08:00:00.000Z'],
      ['d-2', '2027-03-28T07:00:00.000Z'],
      ['d-0', '2027-03-30T07:00:00.000Z'],
    ]);
  });

  it('that would have come before it opened do not come', () => {
    const reminders = remindersOf('2027-03-30', 'Europe/London', new Date('2027-03-29T12:00:00Z'));
    expect(reminders.map(({ step }) => step)).toEqual(['d-0']);
  });
});
