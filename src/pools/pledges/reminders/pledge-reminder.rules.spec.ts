import { describe, expect, it } from '@jest/globals';
import { isLateStep, pledgeRemindersOf, reasonNotToRemind } from './pledge-reminder.rules.js';

describe('the reminders of a pledge instalment', () => {
  it('come before and after its due date, at eight in the morning whatever DST does', () => {
    const reminders = pledgeRemindersOf('2027-03-29', 'Europe/London', new Date('2027-01-01T00:00:00Z'));
    expect(reminders.map(({ step, dueAt }) => [step, dueAt.toISOString()])).toEqual([
      ['d-14', '2027-03-15T08:00:00.000Z'],
      ['d-3', '2027-03-26T08:00:00.000Z'],
      ['d+3', '2027-04-01T07:00:00.000Z'],
      ['d+14', '2027-04-12T07:00:00.000Z'],
      ['d+30', '2027-04-28T07:00:00.000Z'],
    ]);
  });

  it('that would have come before now do not come', () => {
    const reminders = pledgeRemindersOf('2027-03-29', 'Europe/London', new Date('2027-03-28T00:00:00Z'));
    expect(reminders.map(({ step }) => step)).toEqual(['d+3', 'd+14', 'd+30']);
  });

  it('after the due date are told to finance too', () => {
    expect([isLateStep('d-3'), isLateStep('d+3')]).toEqual([false, true]);
  });
});

describe('a reminder', () => {
  const usual = { pledgeState: 'signed', open: 1n, replacedBy: null, readers: 1 };

  it.each([
    [usual, null],
    [{ ...usual, open: 0n }, 'it has been received'],
    [{ ...usual, pledgeState: 'cancelled' }, 'the pledge is cancelled'],
    [{ ...usual, replacedBy: 'd+3' }, 'a later reminder replaces it (d+3)'],
    [{ ...usual, readers: 0 }, 'nobody to write to: the funder has no people and no e-mail address'],
  ])('in %o is skipped because: %s', (situation, reason) => {
    expect(reasonNotToRemind(situation)).toBe(reason);
  });
});
