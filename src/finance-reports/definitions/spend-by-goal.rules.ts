import { sum } from '../../maths/money.js';
import { grouped } from './grouped.js';

/** What a grant was paid and gave back, and what was reported as spent of it. Minor units. */
export interface GrantSpend {
  reference: string;
  title: string;
  payee: string;
  /** All goals that it works towards: what it is paid is never split between them. */
  goals: string[];
  paid: bigint;
  returned: bigint;
  spent: bigint;
  /** Paid by the end and not given back, that no accepted report has told the spending of. */
  notReported: bigint;
}

export interface GoalSpend extends Pick<GrantSpend, 'paid' | 'returned' | 'spent' | 'notReported'> {
  goals: string;
}

export const goalsText = (goals: readonly string[]): string => goals.join(', ') || 'No goal named';

/** The same by goals, those of one goal first; a grant of several stands with all of them. */
export function spendByGoals(grants: readonly GrantSpend[]): GoalSpend[] {
  const groups = [...grouped(grants, ({ goals }) => goalsText(goals))];
  const ordered = groups.toSorted(
    ([a, [one]], [b, [other]]) => one!.goals.length - other!.goals.length || (a < b ? -1 : 1),
  );
  return ordered.map(([goals, of]) => ({
    goals,
    paid: sum(of.map(({ paid }) => paid)),
    returned: sum(of.map(({ returned }) => returned)),
    spent: sum(of.map(({ spent }) => spent)),
    notReported: sum(of.map(({ notReported }) => notReported)),
  }));
}
