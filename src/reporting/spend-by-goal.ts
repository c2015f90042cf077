import type { Tx } from '../platform/database/tx.js';

/** What was spent on a goal, in minor units, by accepted reports. */
export interface GoalSpend {
  goalId: string;
  goal: string;
  currency: string;
  spent: bigint;
}

/** Spend by goal across a coalition: what accepted reports say, each currency apart, largest first. */
export function spendByGoal(tx: Tx, coalitionId: string): Promise<GoalSpend[]> {
  return tx.rows<GoalSpend>(
    `SELECT g.id AS "goalId", g.name AS goal, r.currency, sum(l.amount)::bigint AS spent
     FROM spend_lines l JOIN spend_reports r ON r.id = l.spend_report_id JOIN goals g ON g.id = l.goal_id
     WHERE l.coalition_id = $1 AND r.state = 'accepted'
     GROUP BY g.id, g.name, r.currency HAVING sum(l.amount) > 0 ORDER BY r.currency, 4 DESC, g.name`,
    [coalitionId],
  );
}
