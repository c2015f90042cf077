import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addBusinessDays,
  adjust,
  businessDayRules,
  holidayCalendar,
  isBusinessDay,
  isHolidayCalendar,
  lastBusinessDayOfMonth,
  nthBusinessDayOfMonth,
} from './business-day.js';
import { addDays, monthOf } from './day.js';

const england = holidayCalendar('GB-ENG');
const weekendsOnly = holidayCalendar(null);
const anyDay = fc.integer({ min: 0, max: 20_000 }).map((offset) => addDays('2000-01-01', offset));

describe('a business day', () => {
  it.each([
    ['GB-ENG', '2027-12-24', true],
    ['GB-ENG', '2027-12-27', false],
    ['GB-ENG', '2027-12-28', false],
    ['GB-ENG', '2026-01-02', true],
    ['GB-SCT', '2026-01-02', false],
    ['US', '2027-12-31', false],
    ['US', '2026-11-26', false],
    ['DE-BY', '2026-01-06', false],
    ['DE-BE', '2026-01-06', true],
    ['DE-BY', '2026-12-24', true],
    ['GT', '2026-12-24', true],
  ])('in %s, %s: %p', (name, day, expected) => {
    expect(isBusinessDay(day, holidayCalendar(name))).toBe(expected);
  });

  it('no calendar still rests at weekends', () => {
    expect(['2026-12-25', '2026-12-26', '2026-12-27'].map((day) => isBusinessDay(day, weekendsOnly))).toEqual(
      [true, false, false],
    );
  });

  it.each(['XX', 'GB-XYZ', 'gb', 'DE-BY-A-B', '', 'GB-', 'constructor'])('"%s" is no calendar', (name) => {
    expect(isHolidayCalendar(name)).toBe(false);
    expect(() => holidayCalendar(name)).toThrow('is not a known holiday calendar');
  });

  it.each(['0001-01-01', '1899-12-29', '2200-01-01', '9999-12-31'])(
    'nobody knows the holidays of %s',
    (day) => {
      expect(() => isBusinessDay(day, holidayCalendar('CN'))).toThrow('1900 to 2199');
    },
  );

  it('a region of a state has its own', () => {
    expect(isBusinessDay('2028-08-08', holidayCalendar('DE-BY-A'))).toBe(false);
    expect(isBusinessDay('2028-08-08', holidayCalendar('DE-BY'))).toBe(true);
  });
});

describe('moving a due date', () => {
  it.each([
    ['2027-12-25', 'none', '2027-12-25'],
    ['2027-12-25', 'following', '2027-12-29'],
    ['2027-12-25', 'preceding', '2027-12-24'],
    ['2026-05-31', 'following', '2026-06-01'],
    ['2026-05-31', 'modifiedFollowing', '2026-05-29'],
    ['2026-05-30', 'preceding', '2026-05-29'],
    ['2026-05-28', 'following', '2026-05-28'],
  ] as const)('%s, %s, goes to %s', (day, rule, moved) => {
    expect(adjust(day, rule, england)).toBe(moved);
  });

  it('a moved date is a business day, and moving it again changes nothing', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom(...businessDayRules), (day, rule) => {
        const moved = adjust(day, rule, england);
        expect(rule === 'none' || isBusinessDay(moved, england)).toBe(true);
        expect(adjust(moved, rule, england)).toBe(moved);
        expect(rule !== 'modifiedFollowing' || monthOf(moved) === monthOf(day)).toBe(true);
      }),
    );
  });
});

describe('counting business days', () => {
  it.each([
    ['2027-12-24', 1, '2027-12-29'],
    ['2027-12-29', -1, '2027-12-24'],
    ['2026-11-23', 5, '2026-11-30'],
    ['2026-11-21', 0, '2026-11-21'],
  ])('%s and %d give %s', (day, count, reached) => {
    expect(addBusinessDays(day, count, england)).toBe(reached);
  });

  it('the nth of a month, and the last', () => {
    expect(nthBusinessDayOfMonth('2026-01-20', 1, england)).toBe('2026-01-02');
    expect(nthBusinessDayOfMonth('2026-01-20', 5, england)).toBe('2026-01-08');
    expect(nthBusinessDayOfMonth('2026-02-01', 31, england)).toBe('2026-02-27');
    expect(lastBusinessDayOfMonth('2026-05-02', england)).toBe('2026-05-29');
    expect(() => nthBusinessDayOfMonth('2026-02-01', 0, england)).toThrow('from 1 to 31');
  });

  it('there and back again', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 60 }), (day, count) => {
        const start = adjust(day, 'following', england);
        expect(addBusinessDays(addBusinessDays(start, count, england), -count, england)).toBe(start);
      }),
    );
  });
});
