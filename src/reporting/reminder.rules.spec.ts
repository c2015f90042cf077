import { describe, expect, it } from '@jest/globals';
import {
  reasonToSkip,
  reminderOfReturned,
  type ReminderSituation,
  remindersOf,
  stepText,
  usualLadder,
} from './reminder.rules.js';

const planned = (dueOn: string, timeZone: string) =>
  remindersOf({ dueOn }, usualLadder, timeZone).map(({ step, dueAt }) => [step, dueAt.toISOString()]);

describe('the reminder ladder', () => {
  it('climbs to the due date and past it, at eight in the morning; summer time moves no step', () => {
    expect(planned('2027-04-14', 'Europe/London')).toEqual([
      ['d-21', '2027-03-24T08:00:00.000Z'],
      ['d-7', '2027-04-07T07:00:00.000Z'],
      ['d-1', '2027-04-13T07:00:00.000Z'],
      ['d0', '2027-04-14T07:00:00.000Z'],
      ['d+3', '2027-04-17T07:00:00.000Z'],
      ['d+7', '2027-04-21T07:00:00.000Z'],
      ['escalate', '2027-04-28T07:00:00.000Z'],
    ]);
  });

  it('is reckoned where the coalition is', () => {
    expect(planned('2027-04-14', 'Pacific/Auckland')[3]).toEqual(['d0', '2027-04-13T20:00:00.000Z']);
    expect(planned('2027-04-14', 'America/New_York')[3]).toEqual(['d0', '2027-04-14T12:00:00.000Z']);
    expect(planned('2027-04-14', 'Asia/Kolkata')[3]).toEqual(['d0', '2027-04-14T02:30:00.000Z']);
  });

  it('begins again a week after a report was returned', () => {
    expect(reminderOfReturned('2027-03-24', 4, 'Europe/London')).toEqual({
      step: 'returned-4',
      dueAt: new Date('2027-03-31T07:00:00.000Z'),
    });
  });

  it.each([
    ['d-21', '21 days before it is due'],
    ['d-1', '1 day before it is due'],
    ['d0', 'on the day it is due'],
    ['d+7', '7 days after it is due'],
    ['escalate', 'told to backbone and funders'],
    ['returned-4', 'after it was returned'],
  ])('%s is %s', (step, words) => {
    expect(stepText(step)).toBe(words);
  });
});

describe('a reminder', () => {
  const situation: ReminderSituation = {
    step: 'd-7',
    reportState: 'draft',
    grantState: 'active',
    replacedBy: null,
    readers: 2,
  };

  it('is sent for a report that is still to come, or was returned', () => {
    expect(reasonToSkip(situation)).toBeNull();
    expect(reasonToSkip({ ...situation, reportState: 'returned' })).toBeNull();
  });

  it.each<[Partial<ReminderSituation>, string]>([
    [{ reportState: 'submitted' }, 'the report is submitted'],
    [{ reportState: 'accepted' }, 'the report is accepted'],
    [{ grantState: 'cancelled' }, 'the grant is cancelled'],
    [{ replacedBy: 'd0' }, 'a later reminder replaces it (on the day it is due)'],
    [{ readers: 0 }, 'nobody to write to: the partner has no people'],
    [{ step: 'escalate', readers: 0 }, 'nobody to write to: neither backbone nor funders have people'],
  ])('is left out when %j', (change, reason) => {
    expect(reasonToSkip({ ...situation, ...change })).toBe(reason);
  });
});
