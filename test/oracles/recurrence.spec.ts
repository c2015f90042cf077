import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nextOccurrences, type RecurrenceRule } from '../../src/maths/recurrence.js';
import { termPeriods } from '../../src/maths/term-periods.js';

/**
 * A hundred years of due dates, reckoned a second time by brute force: one day after the other is counted from a
 * Saturday, 1 January 2000, with no calendar but the lengths of the months; and the hour is asked of Intl, which the
 * product does not ask. A sample of zones each time; `ZONES=all npm test -- --testPathPatterns oracles`
 * tries every zone there is.
 */
interface CountedDay {
  text: string;
  /** Months since January 2000. */
  month: number;
  day: number;
  /** 0 for Monday to 6 for Sunday. */
  weekday: number;
}

const years = 100;
const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const lengthOf = (month: number) =>
  month % 12 === 1 && isLeap(2000 + Math.floor(month / 12)) ? 29 : lengths[month % 12]!;
const two = (value: number) => String(value).padStart(2, '0');

function countDays(): CountedDay[] {
  const days: CountedDay[] = [];
  let weekday = 5;
  for (let month = 0; month < (years + 1) * 12; month += 1)
    for (let day = 1; day <= lengthOf(month); day += 1) {
      const text = `${2000 + Math.floor(month / 12)}-${two((month % 12) + 1)}-${two(day)}`;
      days.push({ text, month, day, weekday });
      weekday = (weekday + 1) % 7;
    }
  return days;
}

const everyDay = countDays();
const byMonth = new Map<number, CountedDay[]>();
for (const day of everyDay) byMonth.set(day.month, [...(byMonth.get(day.month) ?? []), day]);
const workdaysOf = (month: number) => byMonth.get(month)!.filter(({ weekday }) => weekday < 5);

interface Case {
  says: string;
  rule: Omit<RecurrenceRule, 'time' | 'timeZone' | 'holidays'>;
  /** The days it must come round on, in their order. */
  days: string[];
}

/** The day that each span of so many months brings, if `pick` says which of the days of its month it is. */
const each = (length: number, month: number, pick: (month: number) => CountedDay) =>
  Array.from({ length: (years * 12) / length }, (_, span) => pick(span * length + month - 1).text);
const dayOrLast = (day: number) => (month: number) =>
  byMonth.get(month)!.findLast((each) => each.day <= day)!;

const cases: Case[] = [
  {
    says: 'the 31st of every month',
    rule: { every: 'month', on: 31 },
    days: each(1, 1, dayOrLast(31)),
  },
  {
    says: 'the last working day of every month',
    rule: { every: 'month', on: 'lastBusinessDay' },
    days: each(1, 1, (month) => workdaysOf(month).at(-1)!),
  },
  {
    says: 'the third working day after the end of a quarter',
    rule: { every: 'quarter', on: { businessDay: 3 } },
    days: each(3, 1, (month) => workdaysOf(month)[2]!),
  },
  {
    says: 'the last working day of a quarter',
    rule: { every: 'quarter', on: 'lastBusinessDay' },
    days: each(3, 3, (month) => workdaysOf(month).at(-1)!),
  },
  {
    says: 'the 30th of the second month of a half-year',
    rule: { every: 'halfYear', on: 30, month: 2 },
    days: each(6, 2, dayOrLast(30)),
  },
  {
    says: 'the 29th of February of every year',
    rule: { every: 'year', on: 29, month: 2 },
    days: each(12, 2, dayOrLast(29)),
  },
  {
    says: 'every Sunday, when clocks are changed',
    rule: { every: 'week', on: 'sunday' },
    days: everyDay.slice(0, years * 365).flatMap(({ text, weekday }) => (weekday === 6 ? [text] : [])),
  },
];

const hour = 3_600_000;

/** What clocks in a zone show at an instant, as if it were UTC; asked of Intl. */
function clockOf(timeZone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  });
  return (instant) => Date.parse(`${format.format(instant).replace(' ', 'T')}Z`);
}

/** The first instant at which the clocks show it; one that they skip comes later by as much as they skip. */
function firstShown(local: number, clock: (instant: number) => number): number {
  const offsetAt = (instant: number) => clock(instant) - instant;
  const near = [-36, -18, 0, 18, 36].map((hours) => offsetAt(local + hours * hour));
  const before = near[0]!;
  if (near.every((offset) => offset === before)) return local - before;
  for (let instant = local - 27 * hour; instant <= local + 27 * hour; instant += hour / 4)
    if (clock(instant) === local) return instant;
  return local - before;
}

const zones = Intl.supportedValuesOf('timeZone');
/** Zones that have done what others do not: half-hour shifts, a day left out, summer time that stops for Ramadan. */
const odd = ['Australia/Lord_Howe', 'Pacific/Apia', 'Africa/Casablanca'];
const seed = Number(process.env.SEED ?? fc.sample(fc.nat(), 1)[0]);
const chosen =
  process.env.ZONES === 'all'
    ? zones
    : [...odd, ...fc.sample(fc.constantFrom(...zones), { numRuns: 2, seed })];
/** Before the first occurrence anywhere. */
const start = new Date('1999-12-30T00:00:00Z');
const times = ['02:30', '09:00'];

describe(`a hundred years of due dates (SEED=${seed})`, () => {
  it.each([...new Set(chosen)])('come once each, in their order, in %s', (timeZone) => {
    const clock = clockOf(timeZone);
    for (const { says, rule, days } of cases)
      for (const time of times) {
        const found = occurrences({ ...rule, time, timeZone, holidays: null }, days);
        const expected = days.map(
          (day) => `${day} ${new Date(firstShown(Date.parse(`${day}T${time}Z`), clock)).toISOString()}`,
        );
        expect({ says, time, days: found }).toEqual({ says, time, days: expected });
      }
  });

  it.each([
    ['2000-01-31', 1],
    ['2000-02-29', 3],
    ['2000-03-31', 6],
    ['2000-02-29', 12],
  ])('divide a term from %s into spans of %d months, without gap or overlap', (from, months) => {
    const first = everyDay.find(({ text }) => text === from)!;
    // A day begins a span if it is the anchor's day of its month, or the last there is.
    const begins = everyDay.filter(
      ({ month, day }) =>
        month >= first.month &&
        (month - first.month) % months === 0 &&
        day === Math.min(first.day, lengthOf(month)),
    );
    const most = begins.slice(0, 1199);
    const next = begins[1199] ?? everyDay.at(-1)!;
    const dayBefore = (text: string) => everyDay[everyDay.findIndex((each) => each.text === text) - 1]!.text;
    const ends = [...most.slice(1).map(({ text }) => dayBefore(text)), dayBefore(next.text)];
    expect(termPeriods(from, ends.at(-1)!, months)).toEqual(
      most.map(({ text }, index) => ({ number: index + 1, from: text, to: ends[index] })),
    );
  });
});

/** As many as there are days, asked for in two goes: the second must go on where the first ended. */
function occurrences(rule: RecurrenceRule, days: string[]): string[] {
  const found: string[] = [];
  let after = start;
  while (found.length < days.length) {
    const next = nextOccurrences(rule, after, Math.min(days.length - found.length, 700)).filter(
      ({ dueOn }) => dueOn >= days[0]!,
    );
    found.push(...next.map(({ dueOn, dueAt }) => `${dueOn} ${dueAt.toISOString()}`));
    after = next.at(-1)?.dueAt ?? new Date(after.getTime() + 24 * hour);
  }
  return found.slice(0, days.length);
}
