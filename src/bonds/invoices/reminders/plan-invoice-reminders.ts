import type { Day } from '../../../maths/day.js';
import type { Tx } from '../../../platform/database/tx.js';
import { callOff, planOccurrences } from '../../../platform/queue/occurrences.js';
import { pledgeRemindersOf } from '../../../pools/pledges/reminders/pledge-reminder.rules.js';

/**
 * Plans the reminders of invoices that are open, on the same ladder as those of pledges: whoever pays in gets to know
 * one rhythm. What is planned already stays so.
 */
export async function planInvoiceReminders(
  tx: Tx,
  coalitionId: string,
  invoiceIds: readonly string[],
): Promise<void> {
  const open = await tx.rows<{ id: string; dueOn: Day; timeZone: string }>(
    `SELECT i.id, i.due_on AS "dueOn", c.time_zone AS "timeZone" FROM outcome_invoices i
     JOIN coalitions c ON c.id = i.coalition_id WHERE i.id = ANY ($1::uuid[]) AND i.received < i.amount`,
    [[...invoiceIds]],
  );
  await planOccurrences(
    tx,
    open.flatMap(({ id, dueOn, timeZone }) =>
      pledgeRemindersOf(dueOn, timeZone, tx.now).map(({ step, dueAt }) => ({
        coalitionId,
        kind: 'outcomeInvoice.remind' as const,
        subjectId: id,
        periodKey: step,
        channel: 'mail' as const,
        dueAt,
      })),
    ),
  );
}

export async function callOffInvoiceReminders(tx: Tx, invoiceId: string, reason: string): Promise<void> {
  await callOff(tx, 'outcomeInvoice.remind', [invoiceId], reason);
}
