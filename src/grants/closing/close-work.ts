import { LedgerService } from '../../ledger/ledger.service.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { tell } from '../../platform/outbox/outbox.js';
import { type LockedPool, requireOpenPeriod } from '../../pools/pool-position.js';
import { readTerms } from '../amendments/amendments.read.js';
import type { GrantRow } from '../grants.read.js';
import { callOffDue, lockInstalments, moveInstalments } from '../instalments.js';
import { endSuspension } from '../suspension/suspension.service.js';
import { unpaidCancelled } from './closing.entries.js';
import { finalReport, requireNothingUnderWay, termAfter, unpaidOf } from './closing.rules.js';
import { lastReport, type OperationalClosing } from './closings.read.js';

/**
 * What closing the work of a grant comes to: the award becomes what was paid, and the term ends.
 * @throws stateForbids while a payment is asked for or under way, or an amendment is
 */
export async function workOutWork(tx: Tx, grant: GrantRow, closedOn: string): Promise<OperationalClosing> {
  const asked = await tx.row(`SELECT 1 FROM grant_versions WHERE grant_id = $1 AND state = 'asked'`, [
    grant.id,
  ]);
  if (asked) {
    const sentence = 'An amendment of this grant waits for approval. Decide on it, or take it back, first.';
    throw new DomainError('stateForbids', sentence);
  }
  const { lines } = await readTerms(tx, grant);
  requireNothingUnderWay(lines);
  return {
    step: 'operational',
    reportId: finalReport(await lastReport(tx, grant.id))?.id ?? null,
    awardBefore: grant.amount,
    awardAfter: grant.amount - unpaidOf(lines),
    endOnBefore: grant.endOn,
    endOnAfter: termAfter(grant, closedOn),
  };
}

/** What of a closing is carried out, and why. */
export interface CarriedOut<Of> {
  id: string;
  closedOn: string;
  reason: string;
  closing: Of;
}

/**
 * Closes the work of a grant whose pool is locked: unpaid instalments are cancelled and their commitment freed, and a
 * suspension ends with it. Its reports follow the term. Returns the entry, where one was posted.
 * @throws periodLocked naming the day
 */
export async function closeWork(
  tx: Tx,
  ledger: LedgerService,
  pool: LockedPool,
  grant: GrantRow,
  { id, closedOn, reason, closing }: CarriedOut<OperationalClosing>,
): Promise<string | null> {
  await cancelUnpaid(tx, grant);
  await endSuspension(tx, grant.id, 'closed', reason);
  await tx.run(
    `UPDATE grants SET state = 'closing', amount = $2, end_on = $3, version = version + 1 WHERE id = $1`,
    [grant.id, closing.awardAfter, closing.endOnAfter],
  );
  if (closing.endOnAfter !== closing.endOnBefore) {
    await tell(tx, grant.coalitionId, 'grant.amended', { grantId: grant.id });
  }
  const unpaid = closing.awardBefore - closing.awardAfter;
  if (unpaid === 0n) return null;
  requireOpenPeriod(pool, closedOn, '/closedOn');
  const { reference } = grant;
  return ledger.postOne(
    tx,
    unpaidCancelled(pool, { id: grant.id, reference, closureId: id, unpaid, closedOn }),
  );
}

async function cancelUnpaid(tx: Tx, grant: GrantRow): Promise<void> {
  const { lines } = await readTerms(tx, grant);
  const ids = lines.flatMap(({ id, state }) => (state === 'paid' || id === null ? [] : [id]));
  const unpaid = await lockInstalments(tx, ids);
  await moveInstalments(
    tx,
    unpaid.map((instalment) => ({ instalment, to: 'cancelled' })),
  );
  await callOffDue(tx, ids, 'The grant was closed: what was unpaid is not paid any more.');
  // Cash was set aside for what was due: others that wait for cash are looked at again, as when some comes in.
  if (unpaid.some(({ state }) => state === 'due')) {
    await tell(tx, grant.coalitionId, 'contribution.received', { poolId: grant.poolId });
  }
}
