import { v7 as newId } from 'uuid';
import type { CoalitionCalendar } from '../../coalitions/coalition.js';
import type { Tx } from '../../platform/database/tx.js';
import { tell } from '../../platform/outbox/outbox.js';
import type { GrantRow } from '../grants.read.js';
import { callOffDue, lockInstalments, moveInstalments, planDue } from '../instalments.js';
import { isOpen } from './amendment.rules.js';
import type { GrantVersion } from './amendments.read.js';

/**
 * Carries a new plan out: instalments that it no longer has become cancelled and are called off, new ones are made and
 * planned to come due. The caller holds the locks of the pool and the grant.
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
  await tx.run(
    `INSERT INTO instalments (id, coalition_id, grant_id, pool_id, number, nominal_on, due_on, amount, uplift)
     SELECT id, $1, $2, $3, number, nominal_on, due_on, amount, uplift
     FROM unnest($4::uuid[], $5::int[], $6::date[], $7::date[], $8::bigint[], $9::bigint[])
       AS i (id, number, nominal_on, due_on, amount, uplift)`,
    [
      grant.coalitionId,
      grant.id,
      grant.poolId,
      made.map(({ id }) => id),
      made.map(({ number }) => number),
      made.map(({ nominalOn }) => nominalOn),
      made.map(({ dueOn }) => dueOn),
      made.map(({ amount }) => amount),
      made.map(({ uplift }) => uplift),
    ],
  );
  await planDue(tx, grant.coalitionId, calendar, made);
  // Cash was set aside for what was due: others that wait for cash are looked at again, as when some comes in.
  if (instalments.some(({ state }) => state === 'due')) {
    await tell(tx, grant.coalitionId, 'contribution.received', { poolId: grant.poolId });
  }
}
