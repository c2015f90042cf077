import { addDays, addMonths, type Day } from '../../maths/day.js';

/** A funder's year. Both days belong to it. */
export interface FiscalYear {
  /** The calendar year in which it begins. */
  year: number;
  /** "2026", or "2026/27" where it does not begin in January. */
  label: string;
  from: Day;
  to: Day;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** The year that begins in `year` on the first day of a month, 1 to 12. */
export function fiscalYear(year: number, startMonth: number): FiscalYear {
  const from = `${year}-${two(startMonth)}-01`;
  return {
    year,
    label: startMonth === 1 ? `${year}` : `${year}/${two((year + 1) % 100)}`,
    from,
    to: addDays(addMonths(from, 12), -1),
  };
}

/** The year that a day lies in. */
export function fiscalYearOf(day: Day, startMonth: number): FiscalYear {
  const year = Number(day.slice(0, 4));
  return fiscalYear(Number(day.slice(5, 7)) >= startMonth ? year : year - 1, startMonth);
}
