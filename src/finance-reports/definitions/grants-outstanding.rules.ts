import type { Day } from '../../maths/day.js';
import { sum } from '../../maths/money.js';
import type { KeptInstalment } from './plans/instalments-then.js';

/** What of a grant is still to be paid, by its plan. Minor units. */
export interface UnpaidPlan {
  planned: bigint;
  nextDueOn: Day | null;
  next: bigint;
  overdue: bigint;
  held: bigint;
  /** Why it is held, each reason once. */
  holdReasons: string[];
}

/** The plan of one grant on a day: next is what falls due first from that day on, overdue what was due before it. */
export function unpaidPlan(instalments: readonly KeptInstalment[], on: Day): UnpaidPlan {
  const total = (of: readonly KeptInstalment[]) => sum(of.map(({ amount }) => BigInt(amount)));
  const days = instalments.flatMap(({ dueOn }) => (dueOn !== null && dueOn >= on ? dueOn : []));
  const nextDueOn = days.toSorted()[0] ?? null;
  const held = instalments.filter(({ state }) => state === 'held');
  return {
    planned: total(instalments),
    nextDueOn,
    next: nextDueOn === null ? 0n : total(instalments.filter(({ dueOn }) => dueOn === nextDueOn)),
    overdue: total(instalments.filter(({ dueOn }) => dueOn !== null && dueOn < on)),
    held: total(held),
    holdReasons: [...new Set(held.flatMap(({ holdReasons }) => holdReasons))],
  };
}

/** What falls due in a year; what has no due date counts in the year in which it is expected at the latest. */
export interface YearDue {
  year: string;
  unpaid: bigint;
  /** Of this: what was due before the day, what is held, and what waits for something to happen. */
  overdue: bigint;
  held: bigint;
  waiting: bigint;
  /** Late, or held, or both. */
  lateOrHeld: bigint;
}

/** Every year from the first to the last in which something is due. */
export function yearsDue(instalments: readonly KeptInstalment[], on: Day): YearDue[] {
  const years = instalments.map(({ dueOn, nominalOn }) => Number((dueOn ?? nominalOn).slice(0, 4)));
  if (years.length === 0) return [];
  const first = Math.min(...years);
  const isLate = ({ dueOn }: KeptInstalment) => dueOn !== null && dueOn < on;
  const isHeld = ({ state }: KeptInstalment) => state === 'held';
  return Array.from({ length: Math.max(...years) - first + 1 }, (_, step): YearDue => {
    const ofYear = instalments.filter((_instalment, index) => years[index] === first + step);
    const total = (holds: (instalment: KeptInstalment) => boolean) =>
      sum(ofYear.filter(holds).map(({ amount }) => BigInt(amount)));
    return {
      year: String(first + step),
      unpaid: total(() => true),
      overdue: total(isLate),
      held: total(isHeld),
      waiting: total(({ dueOn }) => dueOn === null),
      lateOrHeld: total((instalment) => isLate(instalment) || isHeld(instalment)),
    };
  });
}
