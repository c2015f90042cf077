import { v7 as newId } from 'uuid';
import type { CoalitionCalendar } from '../../coalitions/coalition.js';
import type { Tx } from '../../platform/database/tx.js';
import { tell } from '../../platform/outbox/outbox.js';
import type { GrantRow } from '../grants.read.js';
import { planConditionReminders } from '../conditions/reminders/plan-reminders.js';
import { dateWaiting } from '../triggers/date-waiting.js';
import { callOffDue, insertInstalments, lockInstalments, moveInstalments } from '../instalments.js';
import { isOpen } from './amendment.rules.js';
import type { GrantVersion } from './amendments.read.js';

/**
 * Carries a new plan out: instalments that it no longer has become cancelled and are called off, new ones are made and
 * planned to come due, or to wait. The caller holds the locks of the pool and the grant.
 */
export async function replaceInstalments(
  tx: Tx,
  grant: GrantRow,
  calendar: CoalitionCalendar,
  { planBefore, planAfter }: Pick<GrantVersion, 'planBefore' | 'planAfter'>,
): Promise<void> {
  const staying = new Set(planAfter.map(({ id }) => id));
  const replaced = planBefore.flatMap((line) =>
    isOpen(line) && line.id !== null && !staying.has(line.id) ? [line.id] : [],
  );
  const instalments = await lockInstalments(tx, replaced);
  await moveInstalments(
    tx,
    instalments.map((instalment) => ({ instalment, to: 'cancelled' })),
  );
  await callOffDue(tx, replaced, 'The grant was amended: another instalment stands for this one.');
  const made = planAfter.filter(({ id }) => id === null).map((line) => ({ ...line, id: newId() }));
  await insertInstalments(tx, grant, made, calendar);
  // What it waits for may have happened while the amendment waited for approval.
  await dateWaiting(tx, grant.coalitionId, grant.id);
  await planConditionReminders(tx, grant);
  // Cash was set aside for what was due: others that wait for cash are looked at again, as when some comes in.
  if (instalments.some(({ state }) => state === 'due')) {
    await tell(tx, grant.coalitionId, 'contribution.received', { poolId: grant.poolId });
  }
}
