import type { Day } from '../maths/day.js';
import { sum } from '../maths/money.js';
import type { SpendReportState } from './spend-report.entity.js';

/** A report of a grant that counts, or is still to come: figures in minor units, null until it is handed in. */
export interface CumulatedReport {
  id: string;
  periodFrom: Day;
  periodTo: Day;
  state: SpendReportState;
  opening: bigint | null;
  received: bigint | null;
  spent: bigint | null;
  closing: bigint | null;
}

/** What one report says was spent on one goal, in minor units. */
export interface CumulatedLine {
  reportId: string;
  goalId: string;
  goal: string;
  amount: bigint;
}

export type CumulativeKind = 'opening' | 'received' | 'goal' | 'spent' | 'closing';

/** One row: an amount for each period, in the periods' order, and over all of them. */
export interface CumulativeRow {
  kind: CumulativeKind;
  goalId: string | null;
  goal: string | null;
  /** Null where the report is not handed in. */
  amounts: (bigint | null)[];
  /** Opening: of the first period; closing: of the last that is reported; else the sum. */
  total: bigint;
}

/**
 * Everything that was reported of a grant: periods as columns; as rows opening, received, each goal that something was
 * spent on, spent, closing. In every column, and in the totals, opening + received − spent is closing, and spent is the
 * sum of its goals.
 */
export function cumulate(
  reports: readonly CumulatedReport[],
  lines: readonly CumulatedLine[],
): CumulativeRow[] {
  const handedIn = reports.filter(({ received }) => received !== null);
  const counted = new Set(handedIn.map(({ id }) => id));
  const row = (of: 'received' | 'spent'): CumulativeRow => ({
    ...{ kind: of, goalId: null, goal: null },
    amounts: reports.map((report) => report[of]),
    total: sum(handedIn.map((report) => report[of] ?? 0n)),
  });
  const goals = new Map(
    lines
      .filter(({ reportId, amount }) => counted.has(reportId) && amount > 0n)
      .map(({ goalId, goal }) => [goalId, goal]),
  );
  const goalRows = [...goals].map(([goalId, goal]): CumulativeRow => {
    const spentIn = (reportId: string) =>
      sum(
        lines
          .filter((line) => line.reportId === reportId && line.goalId === goalId)
          .map(({ amount }) => amount),
      );
    const amounts = reports.map(({ id }) => (counted.has(id) ? spentIn(id) : null));
    return { kind: 'goal', goalId, goal, amounts, total: sum(amounts.map((amount) => amount ?? 0n)) };
  });
  return [
    {
      ...{ kind: 'opening', goalId: null, goal: null },
      amounts: reports.map(({ opening }) => opening),
      total: handedIn[0]?.opening ?? 0n,
    },
    row('received'),
    ...goalRows.sort((a, b) => (a.goal ?? '').localeCompare(b.goal ?? '', 'en-GB')),
    row('spent'),
    {
      ...{ kind: 'closing', goalId: null, goal: null },
      amounts: reports.map(({ closing }) => closing),
      total: handedIn.at(-1)?.closing ?? 0n,
    },
  ];
}
