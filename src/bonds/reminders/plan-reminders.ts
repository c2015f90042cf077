import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { callOff, planOccurrences } from '../../platform/queue/occurrences.js';
import { pledgeRemindersOf } from '../../pools/pledges/reminders/pledge-reminder.rules.js';

/** What is due to a bond, and who is reminded of it. */
export type DueKind = 'outcomeInvoice' | 'drawdownCall';

/** SQL: what is open of each kind. */
const openOnes: Record<DueKind, string> = {
  outcomeInvoice: 'SELECT id, coalition_id, due_on FROM outcome_invoices WHERE received + cancelled < amount',
  drawdownCall:
    'SELECT id, coalition_id, due_on FROM drawdown_calls WHERE received < amount AND cancelled_at IS NULL',
};

/**
 * Plans the reminders of what is open, on the same ladder as those of pledges: whoever pays in gets to know one rhythm.
 * What is planned already stays so.
 */
export async function planReminders(
  tx: Tx,
  coalitionId: string,
  kind: DueKind,
  ids: readonly string[],
): Promise<void> {
  const open = await tx.rows<{ id: string; dueOn: Day; timeZone: string }>(
    `SELECT d.id, d.due_on AS "dueOn", c.time_zone AS "timeZone" FROM (${openOnes[kind]}) AS d
     JOIN coalitions c ON c.id = d.coalition_id WHERE d.id = ANY ($1::uuid[])`,
    [[...ids]],
  );
  await planOccurrences(
    tx,
    open.flatMap(({ id, dueOn, timeZone }) =>
      pledgeRemindersOf(dueOn, timeZone, tx.now).map(({ step, dueAt }) => ({
        coalitionId,
        kind: `${kind}.remind` as const,
        subjectId: id,
        periodKey: step,
        channel: 'mail' as const,
        dueAt,
      })),
    ),
  );
}

export async function callOffReminders(tx: Tx, kind: DueKind, id: string, reason: string): Promise<void> {
  await callOff(tx, `${kind}.remind`, [id], reason);
}
