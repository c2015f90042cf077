import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  addMonths,
  compareDays,
  dayInZone,
  dayOfWeek,
  daysBetween,
  endOfMonth,
  fullYearsBetween,
  isDay,
  isTimeZone,
  monthOf,
  parseDay,
  startOfDayInstant,
} from './day.js';

const anyDay = fc.integer({ min: 0, max: 60_000 }).map((offset) => addDays('1950-01-01', offset));
const zones = [
  'Europe/London',
  'America/New_York',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'UTC',
];

describe('a calendar date', () => {
  it('is read if the calendar has it', () => {
    expect(parseDay('2024-02-29')).toBe('2024-02-29');
  });

  it.each([
    '2026-02-30',
    '2023-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '0000-01-01',
    '26-04-01',
    '2026-4-1',
    '2026-04-01T00:00:00Z',
    '',
    '+02026-04-01',
  ])('"%s" is refused', (text) => {
    expect(isDay(text)).toBe(false);
    expect(() => parseDay(text)).toThrow('is not a calendar date');
  });

  it('the 31st clamps and returns', () => {
    expect([0, 1, 2, 3, 13].map((months) => addMonths('2027-01-31', months))).toEqual([
      '2027-01-31',
      '2027-02-28',
      '2027-03-31',
      '2027-04-30',
      '2028-02-29',
    ]);
  });

  it('29 February comes round every year', () => {
    expect([12, 24, 36, 48].map((months) => addMonths('2024-02-29', months))).toEqual([
      '2025-02-28',
      '2026-02-28',
      '2027-02-28',
      '2028-02-29',
    ]);
  });

  it('months counted from the anchor keep its day wherever the month has it', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -240, max: 240 }), (anchor, months) => {
        const reached = addMonths(anchor, months);
        expect(reached === endOfMonth(reached) || reached.slice(8) === anchor.slice(8)).toBe(true);
        expect(reached.slice(8) <= anchor.slice(8)).toBe(true);
      }),
    );
  });

  it('days are counted and compared', () => {
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
    expect(daysBetween('2024-03-01', '2024-02-28')).toBe(-2);
    expect([compareDays('2026-01-01', '2026-01-02'), compareDays('2026-01-02', '2026-01-02')]).toEqual([
      -1, 0,
    ]);
    expect([monthOf('2026-02-10'), endOfMonth('2026-02-10'), dayOfWeek('2026-11-23')]).toEqual([
      '2026-02',
      '2026-02-28',
      1,
    ]);
  });

  it('adding days and counting them agree', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -5000, max: 5000 }), (day, count) => {
        expect(daysBetween(day, addDays(day, count))).toBe(count);
      }),
    );
  });

  it.each([
    ['2026-04-01', '2027-03-31', 0],
    ['2026-04-01', '2027-04-01', 1],
    ['2024-02-29', '2025-02-28', 1],
    ['2024-02-29', '2028-02-28', 3],
    ['2026-04-01', '2025-01-01', 0],
  ])('from %s to %s are %d full years', (from, to, years) => {
    expect(fullYearsBetween(from, to)).toBe(years);
  });

  it('a date beyond the year 9999 is refused', () => {
    expect(() => addMonths('9999-12-01', 1)).toThrow('0001 to 9999');
  });
});

describe('a date in a time zone', () => {
  it('is what people there read', () => {
    const instant = new Date('2026-03-31T23:30:00Z');
    expect(dayInZone(instant, 'Europe/London')).toBe('2026-04-01');
    expect(dayInZone(instant, 'America/New_York')).toBe('2026-03-31');
  });

  it('a skipped time moves later, a repeated one is taken once', () => {
    expect(startOfDayInstant('2026-03-29', 'Europe/London', '01:30').toISOString()).toBe(
      '2026-03-29T01:30:00.000Z',
    );
    expect(startOfDayInstant('2026-10-25', 'Europe/London', '01:30').toISOString()).toBe(
      '2026-10-25T00:30:00.000Z',
    );
    expect(startOfDayInstant('2026-07-01', 'Europe/London', '09:00').toISOString()).toBe(
      '2026-07-01T08:00:00.000Z',
    );
  });

  it('a midnight that the clocks skip is the first instant of the day', () => {
    expect(startOfDayInstant('2026-04-24', 'Africa/Cairo').toISOString()).toBe('2026-04-23T22:00:00.000Z');
  });

  it('the start of a day lies on that day, and days start in their order', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom(...zones), (day, zone) => {
        const start = startOfDayInstant(day, zone);
        expect(dayInZone(start, zone)).toBe(day);
        expect(startOfDayInstant(addDays(day, 1), zone).getTime()).toBeGreaterThan(start.getTime());
      }),
    );
  });

  it.each(['Europe/Londn', '+01:00', '', 'Mars/Olympus'])('"%s" is no time zone', (zone) => {
    expect(isTimeZone(zone)).toBe(false);
    expect(() => startOfDayInstant('2026-01-01', zone)).toThrow('is not an IANA time zone');
  });

  it.each(['24:00', '9:00', '09:60', ''])('"%s" is no time of day', (time) => {
    expect(() => startOfDayInstant('2026-01-01', 'UTC', time)).toThrow('is not a time of day');
  });
});
