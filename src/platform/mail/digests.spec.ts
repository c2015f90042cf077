import { describe, expect, it } from '@jest/globals';
import { nextDigest, type Rhythm } from './digests.js';

const london = { timeZone: 'Europe/London', holidays: 'GB-ENG' };
const next = (now: string, rhythm: Rhythm, calendar: Parameters<typeof nextDigest>[2] = london) => {
  const { periodKey, dueAt } = nextDigest(new Date(now), rhythm, calendar);
  return [periodKey, dueAt.toISOString()];
};

describe('a digest', () => {
  it('tells on the same day of what was written before nine', () => {
    expect(next('2026-11-25T08:00:05Z', 'daily')).toEqual(['daily-2026-11-25', '2026-11-25T09:00:00.000Z']);
  });

  it('tells on the next working day of what was written at nine or later', () => {
    expect(next('2026-11-25T09:00:00Z', 'daily')).toEqual(['daily-2026-11-26', '2026-11-26T09:00:00.000Z']);
    expect(next('2026-11-27T10:00:00Z', 'daily')).toEqual(['daily-2026-11-30', '2026-11-30T09:00:00.000Z']);
  });

  it('does not come on a holiday', () => {
    expect(next('2026-12-24T12:00:00Z', 'daily')[0]).toBe('daily-2026-12-29');
  });

  it('comes at nine where the coalition is, in summer too', () => {
    expect(next('2026-07-01T07:00:00Z', 'daily')).toEqual(['daily-2026-07-01', '2026-07-01T08:00:00.000Z']);
    expect(next('2026-11-25T23:30:00Z', 'daily', { timeZone: 'Asia/Tokyo', holidays: null })).toEqual([
      'daily-2026-11-26',
      '2026-11-26T00:00:00.000Z',
    ]);
  });

  it('of a week comes on its first working day', () => {
    expect(next('2026-11-25T08:00:00Z', 'weekly')).toEqual(['weekly-2026-11-30', '2026-11-30T09:00:00.000Z']);
    // Easter Monday.
    expect(next('2027-03-28T10:00:00Z', 'weekly')[0]).toBe('weekly-2027-03-30');
    expect(next('2027-03-30T07:00:00Z', 'weekly')[0]).toBe('weekly-2027-03-30');
  });
});
