import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { endOfMonth } from './day.js';
import { nextOccurrences, recurrencePeriods, type RecurrenceRule } from './recurrence.js';

const rule = (changes: Partial<RecurrenceRule>): RecurrenceRule => ({
  every: 'month',
  on: 31,
  time: '09:00',
  timeZone: 'Europe/London',
  holidays: 'GB-ENG',
  ...changes,
});
const dueOn = (changes: Partial<RecurrenceRule>, after: string, count: number) =>
  nextOccurrences(rule(changes), new Date(after), count).map((occurrence) => occurrence.dueOn);

describe('what comes round', () => {
  it('the 31st clamps and returns', () => {
    expect(dueOn({}, '2027-01-01T00:00:00Z', 4)).toEqual([
      '2027-01-31',
      '2027-02-28',
      '2027-03-31',
      '2027-04-30',
    ]);
  });

  it('keeps its local time when the clocks change', () => {
    expect(nextOccurrences(rule({ on: 29 }), new Date('2026-03-01T00:00:00Z'), 2)).toEqual([
      { periodKey: '2026-03', dueOn: '2026-03-29', dueAt: new Date('2026-03-29T08:00:00Z') },
      { periodKey: '2026-04', dueOn: '2026-04-29', dueAt: new Date('2026-04-29T08:00:00Z') },
    ]);
  });

  it('is after the instant, not at it', () => {
    expect(dueOn({ on: 15 }, '2026-01-15T08:59:59Z', 1)).toEqual(['2026-01-15']);
    expect(dueOn({ on: 15 }, '2026-01-15T09:00:00Z', 1)).toEqual(['2026-02-15']);
  });

  it.each<[Partial<RecurrenceRule>, string, string]>([
    [{ every: 'week', on: 'monday' }, '2026-W53', '2026-12-28'],
    [{ every: 'month', on: { businessDay: 5 } }, '2027-01', '2027-01-08'],
    [{ every: 'month', on: 'lastBusinessDay' }, '2026-12', '2026-12-31'],
    [{ every: 'quarter', on: 15 }, '2027-Q1', '2027-01-15'],
    [{ every: 'quarter', on: 31, month: 2 }, '2027-Q1', '2027-02-28'],
    [{ every: 'quarter', on: 'lastBusinessDay' }, '2026-Q4', '2026-12-31'],
    [{ every: 'halfYear', on: { businessDay: 1 } }, '2027-H1', '2027-01-04'],
    [{ every: 'year', on: 'lastBusinessDay', month: 3 }, '2027', '2027-03-31'],
  ])('%j comes next as %s on %s', (changes, periodKey, day) => {
    const [next] = nextOccurrences(rule(changes), new Date('2026-12-26T12:00:00Z'), 1);
    expect(next).toMatchObject({ periodKey, dueOn: day });
  });

  it('once in every period, in order, and the same however often one asks', () => {
    const somewhere = fc.date({
      min: new Date('2000-01-01'),
      max: new Date('2090-01-01'),
      noInvalidDate: true,
    });
    const zone = fc.constantFrom('Europe/London', 'America/New_York', 'Pacific/Apia', 'Africa/Cairo');
    fc.assert(
      fc.property(somewhere, fc.constantFrom(...recurrencePeriods), zone, (after, every, timeZone) => {
        const asked = rule({ every, on: every === 'week' ? 'sunday' : 31, timeZone, holidays: null });
        const found = nextOccurrences(asked, after, 6);
        expect(new Set(found.map(({ periodKey }) => periodKey)).size).toBe(6);
        expect(found[0]!.dueAt.getTime()).toBeGreaterThan(after.getTime());
        expect(nextOccurrences(asked, found[0]!.dueAt, 5)).toEqual(found.slice(1));
        if (every !== 'week') expect(found.every((each) => each.dueOn === endOfMonth(each.dueOn))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it.each<[Partial<RecurrenceRule>, string]>([
    [{ on: 32 }, '/on'],
    [{ on: { businessDay: 0 } }, '/on'],
    [{ on: 'monday' }, '/on'],
    [{ every: 'week', on: 1 }, '/on'],
    [{ every: 'quarter', month: 4 }, '/month'],
    [{ every: 'week', on: 'monday', month: 1 }, '/month'],
    [{ time: '25:00' }, '/time'],
    [{ timeZone: 'Nowhere' }, '/timeZone'],
    [{ holidays: 'XX' }, '/holidays'],
  ])('%j is refused at %s', (changes, pointer) => {
    const ask = () => nextOccurrences(rule(changes), new Date('2026-01-01T00:00:00Z'), 1);
    expect(ask).toThrow(expect.objectContaining({ pointer }));
  });
});
