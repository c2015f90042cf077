import type { Month } from '../../maths/day.js';

/** How many months ahead of a funding cliff its people are told: half a year, and again a quarter. */
export const noticesAhead = [6, 3] as const;
export type MonthsAhead = (typeof noticesAhead)[number];

/** Whole calendar months from one month to another; negative when it lies before. */
export function monthsBetween(from: Month, to: Month): number {
  const [fromYear, fromMonth] = from.split('-').map(Number) as [number, number];
  const [toYear, toMonth] = to.split('-').map(Number) as [number, number];
  return (toYear - fromYear) * 12 + toMonth - fromMonth;
}

/**
 * Which notice of a cliff is due in this month: the nearest that has been reached, null while the cliff is further
 * away. A cliff that is first seen two months ahead is told of at once, as the nearer notice.
 */
export function noticeDue(month: Month, cliff: Month): MonthsAhead | null {
  const left = monthsBetween(month, cliff);
  return noticesAhead.toReversed().find((ahead) => left <= ahead) ?? null;
}
