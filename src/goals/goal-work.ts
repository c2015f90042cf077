import type { Tx } from '../platform/database/tx.js';
import { overseers } from '../platform/http/access.js';
import type { Access } from '../platform/http/request.js';

/** A grant that works towards a goal, in minor units. */
export interface GoalGrant {
  id: string;
  goalId: string;
  reference: string;
  title: string;
  organisationName: string;
  state: string;
  currency: string;
  amount: bigint;
  /** What its accepted reports say was spent on this goal. */
  spent: bigint;
}

const most = 500;

/**
 * The grants that name a goal of the coalition: all of them for those who see its money, their own for partners.
 * A grant that names several goals stands under each, so the amounts of two goals are never added up.
 */
export function readGoalGrants(tx: Tx, access: Access, goalId: string | null): Promise<GoalGrant[]> {
  const seesAll = access.roles.some((role) => overseers.includes(role));
  return tx.rows<GoalGrant>(
    `SELECT g.id, x.goal_id AS "goalId", g.reference, g.title, o.name AS "organisationName", g.state, g.currency, g.amount,
       (SELECT coalesce(sum(l.amount), 0)::bigint FROM spend_lines l JOIN spend_reports r ON r.id = l.spend_report_id
        WHERE r.grant_id = g.id AND l.goal_id = x.goal_id AND r.state = 'accepted') AS spent
     FROM grant_goals x JOIN grants g ON g.id = x.grant_id JOIN organisations o ON o.id = g.organisation_id
     WHERE x.coalition_id = $1 AND ($2::uuid IS NULL OR x.goal_id = $2)
       AND g.state NOT IN ('declined', 'cancelled') AND ($3 OR g.organisation_id = ANY ($4::uuid[]))
     ORDER BY g.reference LIMIT ${most}`,
    [access.coalitionId, goalId, seesAll, access.organisationIds],
  );
}
