import type { Day } from '../maths/day.js';
import type { Tx } from '../platform/database/tx.js';

/** What accepted reports of a grant say was spent on a goal: in a period, and by its end. Minor units. */
export interface AcceptedSpend {
  grantId: string;
  grant: string;
  goalId: string;
  goal: string;
  within: bigint;
  until: bigint;
}

export interface SpendPeriod {
  poolId: string;
  timeZone: string;
  /** What was accepted later does not count; a correction counts in the place of what it corrects once it was accepted. */
  asOf: Date;
  from: Day | null;
  to: Day;
  /** A report counts on the last day that it tells of, or on the day on which it was accepted. */
  basis: 'occurred' | 'recorded';
}

/** The reports `r` of grants `g` of a pool that stood accepted at an instant; and the day on which each counts. */
const standing = (basis: SpendPeriod['basis']) => {
  const day = basis === 'occurred' ? 'r.period_to' : '(r.reviewed_at AT TIME ZONE $5::text)::date';
  return {
    within: `${day} >= coalesce($3::date, '-infinity')`,
    condition: `g.pool_id = $1 AND r.state IN ('accepted', 'superseded') AND r.reviewed_at <= $2
      AND ${day} <= $4::date AND $5::text IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM spend_reports c WHERE c.corrects_id = r.id AND c.state IN ('accepted', 'superseded')
          AND c.reviewed_at <= $2)`,
  };
};

const parametersOf = ({ poolId, asOf, from, to, timeZone }: SpendPeriod) => [
  ...[poolId, asOf, from, to, timeZone],
];

/** Spending as reports told it that stood accepted at an instant, by grant and goal. */
export function acceptedSpend(tx: Tx, period: SpendPeriod): Promise<AcceptedSpend[]> {
  const { within, condition } = standing(period.basis);
  return tx.rows<AcceptedSpend>(
    `SELECT g.id AS "grantId", g.reference AS "grant", t.id AS "goalId", t.name AS goal,
       coalesce(sum(l.amount) FILTER (WHERE ${within}), 0)::bigint AS within, sum(l.amount)::bigint AS until
     FROM grants g JOIN spend_reports r ON r.grant_id = g.id JOIN spend_lines l ON l.spend_report_id = r.id
     JOIN goals t ON t.id = l.goal_id
     WHERE ${condition} GROUP BY g.id, t.id HAVING sum(l.amount) <> 0 ORDER BY g.reference, g.id, t.name, t.id`,
    parametersOf(period),
  );
}

/** What the same reports say was spent in all: a figure that is kept apart from their lines. */
export async function acceptedTotal(tx: Tx, period: SpendPeriod): Promise<bigint> {
  const { within, condition } = standing(period.basis);
  const row = await tx.row<{ spent: bigint }>(
    `SELECT coalesce(sum(r.spent), 0)::bigint AS spent FROM grants g JOIN spend_reports r ON r.grant_id = g.id
     WHERE ${condition} AND ${within}`,
    parametersOf(period),
  );
  return row!.spent;
}
