import { describe, expect, it } from '@jest/globals';
import { periodNamed } from '../../maths/calendar-period.js';
import { matterOf, reasonNotToRemind, remindersOf } from './reminders.rules.js';

describe('the reminders of a reading', () => {
  it('come around the day it is due, at eight in the morning whatever the clocks do', () => {
    const reminders = remindersOf(periodNamed('month', '2027-02'), 28, 'Europe/London');
    expect(reminders.map(({ key, dueAt }) => [key, dueAt.toISOString()])).toEqual([
      ['2027-02 d-7', '2027-03-21T08:00:00.000Z'],
      ['2027-02 d+0', '2027-03-28T07:00:00.000Z'],
      ['2027-02 d+14', '2027-04-11T07:00:00.000Z'],
    ]);
  });

  it('never come before the period has ended', () => {
    const keys = remindersOf(periodNamed('quarter', '2027-Q1'), 0, 'Europe/London').map(({ key }) => key);
    expect(keys).toEqual(['2027-Q1 d+14']);
  });

  it('say what they are about', () => {
    expect(matterOf('quarter', '2027-Q1 d+14')).toMatchObject({ period: { to: '2027-03-31' }, isLate: true });
    expect(matterOf('quarter', '2027-Q1 d+0').isLate).toBe(false);
    expect(matterOf('year', '2027 d-7').isLate).toBe(false);
  });

  it('are not sent in vain', () => {
    const situation = { isRead: false, isRetired: false, replacedBy: null, readers: 1 };
    expect(reasonNotToRemind(situation)).toBeNull();
    expect(reasonNotToRemind({ ...situation, isRead: true })).toBe('it has been read');
    expect(reasonNotToRemind({ ...situation, isRetired: true })).toBe('it is read no more');
    expect(reasonNotToRemind({ ...situation, replacedBy: '2027 d+14' })).toBe(
      'a later reminder replaces it (2027 d+14)',
    );
    expect(reasonNotToRemind({ ...situation, readers: 0 })).toMatch(/^nobody to write to/);
  });
});
