import type { Day } from '../../../maths/day.js';
import type { Tx } from '../../../platform/database/tx.js';
import { callOff, planOccurrences } from '../../../platform/queue/occurrences.js';
import { pledgeRemindersOf } from './pledge-reminder.rules.js';

/** Plans the reminders of all instalments of a pledge that are still to come. What is planned already stays so. */
export async function planReminders(tx: Tx, pledge: { id: string; coalitionId: string }): Promise<void> {
  const coalition = await tx.row<{ timeZone: string }>(
    `SELECT time_zone AS "timeZone" FROM coalitions WHERE id = $1`,
    [pledge.coalitionId],
  );
  const open = await tx.rows<{ id: string; dueOn: Day }>(
    `SELECT id, due_on AS "dueOn" FROM pledge_instalments WHERE pledge_id = $1 AND received < amount`,
    [pledge.id],
  );
  await planOccurrences(
    tx,
    open.flatMap(({ id, dueOn }) =>
      pledgeRemindersOf(dueOn, coalition!.timeZone, tx.now).map(({ step, dueAt }) => ({
        coalitionId: pledge.coalitionId,
        kind: 'pledge.remind' as const,
        subjectId: id,
        periodKey: step,
        channel: 'mail' as const,
        dueAt,
      })),
    ),
  );
}

/** Calls off the reminders of instalments that were replaced. */
export async function callOffReminders(
  tx: Tx,
  instalments: readonly { id: string }[],
  reason: string,
): Promise<void> {
  await callOff(
    tx,
    'pledge.remind',
    instalments.map(({ id }) => id),
    reason,
  );
}
