import { addDays, addMonths, type Day } from './day.js';
import { MathsError } from './maths-error.js';

/** One span of a term. Both days belong to it; numbers count from 1. */
export interface TermPeriod {
  number: number;
  from: Day;
  to: Day;
}

export const mostPeriods = 1200;

/**
 * The periods of a term: one after the other from its first day, without gap or overlap, the last one ending with the
 * term and so perhaps a short one. Each is counted from the first day, never from the period before: one that begins on
 * the 31st clamps to the end of a shorter month, and the next begins on the 31st again. Refuses more than 1,200.
 */
export function termPeriods(startOn: Day, endOn: Day, months: number): TermPeriod[] {
  const periods: TermPeriod[] = [];
  for (let number = 1, from = startOn; from <= endOn; number += 1) {
    if (number > mostPeriods)
      throw new MathsError('tooManyPeriods', `A term is divided ${mostPeriods} times at most: shorten it.`);
    const nextFrom = addMonths(startOn, number * months);
    periods.push({ number, from, to: nextFrom <= endOn ? addDays(nextFrom, -1) : endOn });
    from = nextFrom;
  }
  return periods;
}
