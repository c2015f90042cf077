import {
  type CalendarPeriod,
  type PeriodLength,
  periodContaining,
  periodNamed,
} from '../../maths/calendar-period.js';
import { isDay } from '../../maths/day.js';

/**
 * Reads a period as people and spreadsheets write it: "2026-Q3", "Q3 2026", "2026 H1", "09/2026", or any day that lies
 * in it. @throws MathsError `periodMalformed`
 */
export function parseTypedPeriod(text: string, length: PeriodLength): CalendarPeriod {
  const plain = text.trim().toUpperCase();
  if (isDay(plain)) return periodContaining(length, plain);
  const yearFirst = /^(\d{4})[\s/-]*([QH]\d|\d{2})$/.exec(plain);
  if (yearFirst) return periodNamed(length, `${yearFirst[1]}-${yearFirst[2]}`);
  const yearLast = /^([QH]\d|\d{1,2})[\s/-]*(\d{4})$/.exec(plain);
  if (yearLast) return periodNamed(length, `${yearLast[2]}-${yearLast[1]!.padStart(2, '0')}`);
  return periodNamed(length, text.trim());
}
