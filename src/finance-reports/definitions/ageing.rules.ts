import { type Day, daysBetween } from '../../maths/day.js';
import { sum } from '../../maths/money.js';

/** How late something is, from not yet due on. */
export const ageBands = ['notDue', 'upTo30', 'upTo60', 'upTo90', 'over90'] as const;
export type AgeBand = (typeof ageBands)[number];

export const bandNames: Readonly<Record<AgeBand, string>> = {
  notDue: 'Not due',
  upTo30: '1–30 days late',
  upTo60: '31–60 days late',
  upTo90: '61–90 days late',
  over90: 'Over 90 days late',
};

/** Full days since it was due, on a day; 0 where it is not late. */
export const daysLate = (dueOn: Day, on: Day): number => (dueOn < on ? daysBetween(dueOn, on) : 0);

/** The band of what was due on a day: on that day itself it is not late. */
export function bandOf(dueOn: Day, on: Day): AgeBand {
  const late = daysLate(dueOn, on);
  if (late === 0) return 'notDue';
  return late <= 30 ? 'upTo30' : late <= 60 ? 'upTo60' : late <= 90 ? 'upTo90' : 'over90';
}

/** What amounts come to in each band; together the whole. Minor units. */
export function sumByBand(
  items: readonly { dueOn: Day; amount: bigint }[],
  on: Day,
): Record<AgeBand, bigint> {
  const inBand = (band: AgeBand) =>
    sum(items.filter(({ dueOn }) => bandOf(dueOn, on) === band).map(({ amount }) => amount));
  return Object.fromEntries(ageBands.map((band) => [band, inBand(band)])) as Record<AgeBand, bigint>;
}

/** Of sums by band, what is late. */
export const overdueOf = (sums: Readonly<Record<AgeBand, bigint>>): bigint =>
  sum(ageBands.filter((band) => band !== 'notDue').map((band) => sums[band]));
