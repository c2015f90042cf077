import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import type { GoalTerms } from '../goal.rules.js';

/** What a goal said from one change to the next. */
export interface GoalVersion extends GoalTerms {
  number: number;
  reason: string;
  /** The name of who made it, where it is known. */
  madeBy: string | null;
  madeAt: Date;
}

/** Keeps what a goal says now as a version of it. */
export async function keepVersion(
  tx: Tx,
  goal: { id: string; coalitionId: string; number: number },
  terms: GoalTerms,
  reason: string,
): Promise<void> {
  await tx.run(
    `INSERT INTO goal_versions (coalition_id, goal_id, number, name, description, horizon_on, reason, made_by, made_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[goal.coalitionId, goal.id, goal.number, terms.name, terms.description, terms.horizonOn, reason],
      ...[tx.actor.personId ?? null, tx.now],
    ],
  );
}

/** Every version of a goal, the newest first. */
export const versionsOfGoal = (tx: Tx, goalId: string): Promise<GoalVersion[]> =>
  tx.rows<GoalVersion & { horizonOn: Day }>(
    `SELECT v.number, v.name, v.description, v.horizon_on AS "horizonOn", v.reason, p.name AS "madeBy", v.made_at AS "madeAt"
     FROM goal_versions v LEFT JOIN persons p ON p.id = v.made_by WHERE v.goal_id = $1 ORDER BY v.number DESC`,
    [goalId],
  );
