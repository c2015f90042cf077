import { Injectable } from '@nestjs/common';
import { type InstalmentRow, instalmentsOfPool, lockInstalments } from '../grants/instalments.js';
import type { Tx } from '../platform/database/tx.js';
import type { OutboxMessage } from '../platform/outbox/outbox.js';
import {
  HandlesOccurrence,
  HandlesTopic,
  type MessageHandler,
  type OccurrenceHandler,
} from '../platform/queue/handlers.js';
import type { DueOccurrence, Outcome } from '../platform/queue/occurrences.js';
import { lockPool } from '../pools/pool-position.js';
import { bringDue } from './due.js';

/** The day of an instalment has come. */
@Injectable()
@HandlesOccurrence('instalment.due')
export class InstalmentDue implements OccurrenceHandler {
  async handle(tx: Tx, due: DueOccurrence[]): Promise<Outcome[]> {
    const ids = due.map(({ subjectId }) => subjectId);
    // Pools first, in one order, so that two workers wait for each other instead of deadlocking.
    const pools = await tx.rows<{ id: string }>(
      `SELECT DISTINCT pool_id AS id FROM instalments WHERE id = ANY ($1::uuid[]) ORDER BY 1`,
      [ids],
    );
    for (const { id } of pools) await lockPool(tx, id);
    const instalments = await lockInstalments(tx, ids);
    const ready = instalments.filter((instalment) => whyNot(instalment) === null);
    for (const { id } of pools) {
      await bringDue(
        tx,
        id,
        ready.filter(({ poolId }) => poolId === id),
      );
    }
    const byId = new Map(instalments.map((instalment) => [instalment.id, instalment]));
    return due.map(({ subjectId }): Outcome => {
      const note = whyNot(byId.get(subjectId));
      return note === null ? { state: 'done' } : { state: 'skipped', note };
    });
  }
}

/** Why an instalment does not come due, or null when it does. */
function whyNot(instalment: InstalmentRow | undefined): string | null {
  if (!instalment) return 'The instalment is not there any more.';
  if (instalment.state !== 'planned') return `The instalment is ${instalment.state} already.`;
  const living = instalment.grantState === 'awarded' || instalment.grantState === 'active';
  return living ? null : `The grant is ${instalment.grantState}.`;
}

/** The most held instalments that one arrival of cash looks at again; the next arrival looks at the rest. */
const MOST_HELD = 5_000;

/** Cash has come: what is held for lack of it is looked at again, oldest due first. */
@Injectable()
@HandlesTopic('contribution.received')
export class CashArrived implements MessageHandler {
  async receive(tx: Tx, { payload }: OutboxMessage): Promise<void> {
    const { poolId } = payload;
    if (poolId === undefined) throw new Error('The message names no pool.');
    await lockPool(tx, poolId);
    const held = await instalmentsOfPool(tx, poolId, ['held'], MOST_HELD);
    const forCash = held.filter(({ holdReasons }) => holdReasons.every(({ code }) => code === 'cashShort'));
    await bringDue(
      tx,
      poolId,
      await lockInstalments(
        tx,
        forCash.map(({ id }) => id),
      ),
    );
  }
}
