import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { holidayCalendar, isBusinessDay } from '../../maths/business-day.js';
import { dayInZone } from '../../maths/day.js';
import { stepsOfWaiting } from './waiting.rules.js';

const stepsOf = (askedAt: string, timeZone: string, holidays: string | null) =>
  stepsOfWaiting(new Date(askedAt), { timeZone, holidays }).map(({ step, dueAt }) => [
    step,
    dueAt.toISOString(),
  ]);

describe('who can decide on what waits', () => {
  it('is told at once, and after two and five working days at eight, whatever DST does', () => {
    // A Thursday; the clocks go forward on the Sunday after it.
    expect(stepsOf('2027-03-25T14:12:00Z', 'Europe/London', null)).toEqual([
      ['asked', '2027-03-25T14:12:00.000Z'],
      ['w+2', '2027-03-29T07:00:00.000Z'],
      ['w+5', '2027-04-01T07:00:00.000Z'],
    ]);
  });

  it('is not reminded on a holiday', () => {
    // Good Friday is 26 March and Easter Monday the 29th.
    expect(stepsOf('2027-03-25T14:12:00Z', 'Europe/London', 'GB-ENG').slice(1)).toEqual([
      ['w+2', '2027-03-31T07:00:00.000Z'],
      ['w+5', '2027-04-05T07:00:00.000Z'],
    ]);
  });

  it('counts from the day on which it was asked where the coalition is', () => {
    // Late on Monday in London is Tuesday in Auckland.
    expect(stepsOf('2026-11-23T22:00:00Z', 'Pacific/Auckland', null)[1]).toEqual([
      'w+2',
      '2026-11-25T19:00:00.000Z',
    ]);
  });

  it('is told in order, and reminded on working days only', () => {
    const instants = fc.date({
      min: new Date('2026-01-01'),
      max: new Date('2035-01-01'),
      noInvalidDate: true,
    });
    const zones = fc.constantFrom('Europe/London', 'America/New_York', 'Pacific/Auckland', 'Asia/Kolkata');
    fc.assert(
      fc.property(instants, zones, (askedAt, timeZone) => {
        const [asked, ...reminders] = stepsOfWaiting(askedAt, { timeZone, holidays: 'GB-ENG' });
        expect(asked!.dueAt).toEqual(askedAt);
        let last = askedAt;
        for (const { dueAt } of reminders) {
          expect(dueAt.getTime()).toBeGreaterThan(last.getTime());
          expect(isBusinessDay(dayInZone(dueAt, timeZone), holidayCalendar('GB-ENG'))).toBe(true);
          last = dueAt;
        }
      }),
    );
  });
});
