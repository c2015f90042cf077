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

/** How many a goal's page shows; the list of grants shows them all. */
export const mostGrants = 100;

const seesAll = (access: Access): boolean => access.roles.some((role) => overseers.includes(role));

const grantsTowards = `
  FROM grant_goals x JOIN grants g ON g.id = x.grant_id JOIN organisations o ON o.id = g.organisation_id
  WHERE x.coalition_id = $1 AND x.goal_id = ANY ($2::uuid[])
    AND g.state NOT IN ('declined', 'cancelled') AND ($3 OR g.organisation_id = ANY ($4::uuid[]))`;

/**
 * The grants that name a goal of the coalition: all of them for those who see its money, their own for partners.
 * A grant that names several goals stands under each, so the amounts of two goals are never added up.
 */
export function readGoalGrants(tx: Tx, access: Access, goalId: string): Promise<GoalGrant[]> {
  return tx.rows<GoalGrant>(
    `SELECT g.id, x.goal_id AS "goalId", g.reference, g.title, o.name AS "organisationName", g.state, g.currency, g.amount,
       (SELECT coalesce(sum(l.amount), 0)::bigint FROM spend_lines l JOIN spend_reports r ON r.id = l.spend_report_id
        WHERE r.grant_id = g.id AND l.goal_id = x.goal_id AND r.state = 'accepted') AS spent
     ${grantsTowards} ORDER BY g.reference, g.id LIMIT ${mostGrants}`,
    [access.coalitionId, [goalId], seesAll(access), access.organisationIds],
  );
}

/** How many grants work towards each of these goals, of those that somebody may see. */
export async function countGoalGrants(
  tx: Tx,
  access: Access,
  goalIds: string[],
): Promise<Map<string, number>> {
  const rows = await tx.rows<{ goalId: string; count: number }>(
    `SELECT x.goal_id AS "goalId", count(*)::int AS count ${grantsTowards} GROUP BY x.goal_id`,
    [access.coalitionId, goalIds, seesAll(access), access.organisationIds],
  );
  return new Map(rows.map(({ goalId, count }) => [goalId, count]));
}
