import type { Tx } from '../platform/database/tx.js';
import { fieldError } from '../platform/errors/domain-error.js';
import type { LockedPool } from './pool-position.js';

/** What money is restricted to: a goal or a grant of its coalition, or nothing. */
export interface Earmark {
  earmarkGoalId?: string | null;
  earmarkGrantId?: string | null;
}

/** The one thing that money is restricted to, if any. */
export const earmarkIdOf = ({ earmarkGoalId, earmarkGrantId }: Earmark): string | null =>
  earmarkGoalId ?? earmarkGrantId ?? null;

/**
 * Holds a restriction to what the pool can honour: a goal of the coalition, or a grant of the pool that is not over,
 * never both. A pool that pays pro rata draws on unrestricted money alone, so it takes no other.
 * @throws ruleBroken naming `/earmarkGoalId` or `/earmarkGrantId`
 */
export async function requireEarmark(tx: Tx, pool: LockedPool, earmark: Earmark): Promise<void> {
  const goalId = earmark.earmarkGoalId ?? null;
  const grantId = earmark.earmarkGrantId ?? null;
  if (goalId === null && grantId === null) return;
  const pointer = goalId === null ? '/earmarkGrantId' : '/earmarkGoalId';
  if (goalId !== null && grantId !== null) {
    throw fieldError(
      'ruleBroken',
      '/earmarkGrantId',
      'Restrict the money to a goal or to a grant, not to both.',
    );
  }
  if (pool.attributionRule === 'pro_rata') {
    const sentence =
      'This pool pays pro rata, from unrestricted money alone: restricted money could never be spent. Change its rule first.';
    throw fieldError('ruleBroken', pointer, sentence);
  }
  const found =
    goalId === null
      ? await tx.row(
          `SELECT 1 FROM grants WHERE pool_id = $1 AND id = $2 AND state NOT IN ('closed', 'declined', 'cancelled')`,
          [pool.id, grantId],
        )
      : await tx.row(`SELECT 1 FROM goals WHERE coalition_id = $1 AND id = $2`, [pool.coalitionId, goalId]);
  if (!found) {
    const sentence =
      goalId === null ? 'Choose a grant of this pool that is not over.' : 'Choose a goal of this coalition.';
    throw fieldError('ruleBroken', pointer, sentence);
  }
}

/** What pages call the goal or grant that money is restricted to, and where it is. */
export interface NamedEarmark {
  name: string;
  href: string;
}

export async function nameEarmark(tx: Tx, earmark: Earmark): Promise<NamedEarmark | null> {
  const id = earmarkIdOf(earmark);
  if (id === null) return null;
  return (
    (await tx.row<NamedEarmark>(
      `SELECT name, '/goals/' || id AS href FROM goals WHERE id = $1
       UNION ALL SELECT reference || ' · ' || title, '/grants/' || id FROM grants WHERE id = $1`,
      [id],
    )) ?? null
  );
}

interface Choice {
  value: string;
  label: string;
}

/** The goals and grants that money for this pool can be restricted to; none where it pays pro rata. */
export async function earmarkChoices(
  tx: Tx,
  pool: { id: string; coalitionId: string; attributionRule: string },
): Promise<{ goals: Choice[]; grants: Choice[] }> {
  if (pool.attributionRule === 'pro_rata') return { goals: [], grants: [] };
  return {
    goals: await tx.rows<Choice>(
      `SELECT id AS value, name AS label FROM goals WHERE coalition_id = $1 ORDER BY name`,
      [pool.coalitionId],
    ),
    grants: await tx.rows<Choice>(
      `SELECT id AS value, reference || ' · ' || title AS label FROM grants
       WHERE pool_id = $1 AND state NOT IN ('closed', 'declined', 'cancelled') ORDER BY reference`,
      [pool.id],
    ),
  };
}
