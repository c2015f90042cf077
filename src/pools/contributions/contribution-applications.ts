import type { Tx } from '../../platform/database/tx.js';
import { fieldError } from '../../platform/errors/domain-error.js';
import type { Application, OpenInstalment } from './contribution.rules.js';

/**
 * The instalments that a funder still owes a pool, or those of one pledge; held until the transaction ends.
 * @throws ruleBroken naming `/pledgeId` when that pledge is not open, or not this funder's
 */
export async function lockOpenInstalments(
  tx: Tx,
  poolId: string,
  funderId: string,
  pledgeId?: string,
): Promise<OpenInstalment[]> {
  const open = await tx.rows<OpenInstalment>(
    `SELECT i.id, i.pledge_id AS "pledgeId", p.currency, i.due_on AS "dueOn", i.number, i.amount - i.received AS open,
       p.earmark_goal_id AS "earmarkGoalId", p.earmark_grant_id AS "earmarkGrantId"
     FROM pledge_instalments i JOIN pledges p ON p.id = i.pledge_id
     WHERE p.pool_id = $1 AND p.funder_id = $2 AND p.state = 'signed' AND i.received < i.amount
       AND ($3::uuid IS NULL OR p.id = $3)
     ORDER BY i.id FOR UPDATE OF i`,
    [poolId, funderId, pledgeId ?? null],
  );
  if (pledgeId !== undefined && open.length === 0) {
    throw fieldError('ruleBroken', '/pledgeId', 'Choose a pledge of this funder that is still open.');
  }
  return open;
}

/** Writes down what a contribution settles. A pledge of which nothing is left to come is fulfilled. */
export async function saveApplications(
  tx: Tx,
  coalitionId: string,
  contributionId: string,
  applications: readonly Application[],
): Promise<void> {
  if (applications.length === 0) return;
  const ids = applications.map(({ instalmentId }) => instalmentId);
  const amounts = applications.map(({ amount }) => amount);
  await tx.run(
    `INSERT INTO contribution_applications (coalition_id, contribution_id, pledge_instalment_id, amount)
     SELECT $1, $2, id, amount FROM unnest($3::uuid[], $4::bigint[]) AS a (id, amount)`,
    [coalitionId, contributionId, ids, amounts],
  );
  await tx.run(
    `UPDATE pledge_instalments i SET received = i.received + a.amount
     FROM unnest($1::uuid[], $2::bigint[]) AS a (id, amount) WHERE i.id = a.id`,
    [ids, amounts],
  );
  const pledgeIds = [...new Set(applications.map(({ pledgeId }) => pledgeId))];
  await tx.run(
    `UPDATE pledges p SET state = 'fulfilled', version = version + 1 WHERE p.id = ANY ($1::uuid[]) AND p.state = 'signed'
       AND NOT EXISTS (SELECT 1 FROM pledge_instalments i WHERE i.pledge_id = p.id AND i.received < i.amount)`,
    [pledgeIds],
  );
}

/**
 * Takes back what a contribution settled: its instalments are open again, and so is the pledge that it fulfilled, or of
 * which it was what had come when the rest was cancelled or written off. Returns what it had settled.
 */
export async function undoApplications(tx: Tx, contributionId: string): Promise<Application[]> {
  const undone = await tx.rows<Application>(
    `WITH undone AS (
       DELETE FROM contribution_applications WHERE contribution_id = $1 RETURNING pledge_instalment_id, amount),
     opened AS (
       UPDATE pledge_instalments i SET received = i.received - u.amount FROM undone u
       WHERE u.pledge_instalment_id = i.id RETURNING i.id, i.pledge_id, u.amount)
     SELECT o.id AS "instalmentId", o.pledge_id AS "pledgeId", p.currency, o.amount
     FROM opened o JOIN pledges p ON p.id = o.pledge_id`,
    [contributionId],
  );
  await tx.run(
    `UPDATE pledges SET state = 'signed', version = version + 1 WHERE id = ANY ($1::uuid[]) AND state <> 'signed'`,
    [undone.map(({ pledgeId }) => pledgeId)],
  );
  return undone;
}
