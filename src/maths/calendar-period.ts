import { addDays, addMonths, type Day, endOfMonth, isDay, monthOf } from './day.js';
import { MathsError } from './maths-error.js';

export const periodLengths = ['month', 'quarter', 'halfYear', 'year'] as const;
export type PeriodLength = (typeof periodLengths)[number];

export const monthsIn = { month: 1, quarter: 3, halfYear: 6, year: 12 } as const;

/** A month, quarter, half-year or year of the calendar. `key` ('2026-11', '2026-Q4', '2026-H2', '2026') is unique to it. */
export interface CalendarPeriod {
  key: string;
  from: Day;
  /** Its last day. */
  to: Day;
}

/** The period that a day lies in. */
export function periodContaining(length: PeriodLength, day: Day): CalendarPeriod {
  const months = monthsIn[length];
  const from = addMonths(`${monthOf(day)}-01`, -((monthNumber(day) - 1) % months));
  return { key: keyOf(length, from), from, to: endOfMonth(addMonths(from, months - 1)) };
}

/** The period with a key. @throws MathsError `periodMalformed` where it names no period of this length */
export function periodNamed(length: PeriodLength, key: string): CalendarPeriod {
  const match = /^(\d{4})(?:-(?:Q([1-4])|H([12])|(\d{2})))?$/.exec(key);
  const [, year = '', quarter, half, month] = match ?? [];
  const first = quarter ? Number(quarter) * 3 - 2 : half ? Number(half) * 6 - 5 : Number(month ?? 1);
  const from = `${year}-${String(first).padStart(2, '0')}-01`;
  if (match && isDay(from)) {
    const period = periodContaining(length, from);
    if (period.key === key) return period;
  }
  const example = keyOf(length, '2026-10-01');
  throw new MathsError(
    'periodMalformed',
    `"${key.slice(0, 40)}" is not a ${words[length]} such as "${example}".`,
  );
}

/** The period that follows. */
export const periodAfter = (length: PeriodLength, { to }: CalendarPeriod): CalendarPeriod =>
  periodContaining(length, addDays(to, 1));

/** Every period from that of one day to that of another, `most` at most. */
export function periodsBetween(length: PeriodLength, first: Day, last: Day, most = 600): CalendarPeriod[] {
  const periods: CalendarPeriod[] = [];
  for (
    let period = periodContaining(length, first);
    period.from <= last && periods.length < most;
    period = periodAfter(length, period)
  ) {
    periods.push(period);
  }
  return periods;
}

const words: Record<PeriodLength, string> = {
  month: 'month',
  quarter: 'quarter',
  halfYear: 'half-year',
  year: 'year',
};

const monthNumber = (day: Day): number => Number(day.slice(5, 7));

function keyOf(length: PeriodLength, from: Day): string {
  const year = from.slice(0, 4);
  switch (length) {
    case 'month':
      return monthOf(from);
    case 'quarter':
      return `${year}-Q${Math.ceil(monthNumber(from) / 3)}`;
    case 'halfYear':
      return `${year}-H${Math.ceil(monthNumber(from) / 6)}`;
    case 'year':
      return year;
  }
}
