import { Injectable } from '@nestjs/common';
import type { HoldReason } from '../grants/instalment.rules.js';
import { type InstalmentRow, lockInstalments } from '../grants/instalments.js';
import type { Tx } from '../platform/database/tx.js';
import { type OutboxMessage, tell } from '../platform/outbox/outbox.js';
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
  /** Each batch asks once what is promised already, so large ones pay. */
  readonly most = 500;

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
  return paidOrHeld.has(instalment.grantState) ? null : `The grant is ${instalment.grantState}.`;
}

/** A suspended grant keeps what comes due meanwhile, held until it is resumed. */
const paidOrHeld = new Set(['awarded', 'active', 'suspended']);

/** The most held instalments that are looked at again in one transaction. */
const BATCH = 500;

/** Cash has come: what is held for lack of it is looked at again, oldest due first, in bounded batches. */
@Injectable()
@HandlesTopic('contribution.received')
export class CashArrived implements MessageHandler {
  async receive(tx: Tx, { coalitionId, topic, payload }: OutboxMessage): Promise<void> {
    const { poolId, after } = payload;
    if (poolId === undefined) throw new Error('The message names no pool.');
    await lockPool(tx, poolId);
    const held = await heldForCash(tx, poolId, after ?? null);
    await bringDue(tx, poolId, await lockInstalments(tx, held));
    // The rest comes in a transaction of its own, after the last one of this batch.
    if (held.length === BATCH) await tell(tx, coalitionId, topic, { poolId, after: held.at(-1)! });
  }
}

/** What is held for lack of cash alone, of grants that are paid, in due order from after this one on. */
async function heldForCash(tx: Tx, poolId: string, after: string | null): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    `SELECT i.id FROM instalments i JOIN grants g ON g.id = i.grant_id LEFT JOIN instalments last ON last.id = $2::uuid
     WHERE i.pool_id = $1 AND i.state = 'held' AND g.state IN ('awarded', 'active', 'closing')
       AND NOT jsonb_path_exists(i.hold_reasons, '$[*] ? (@.code != "cashShort")')
       AND (last.id IS NULL OR (i.due_on, i.id) > (last.due_on, last.id))
     ORDER BY i.due_on, i.id LIMIT $3`,
    [poolId, after, BATCH],
  );
  return rows.map(({ id }) => id);
}

/** A suspended grant is resumed: what was held for it, and what came due meanwhile, is looked at again. */
@Injectable()
@HandlesTopic('grant.resumed')
export class GrantResumed implements MessageHandler {
  receive(tx: Tx, { payload }: OutboxMessage): Promise<void> {
    return lookAgain(tx, payload, 'grantSuspended');
  }
}

/** A condition is met or waived: what was held for it is looked at again. */
@Injectable()
@HandlesTopic('condition.ended')
export class ConditionEnded implements MessageHandler {
  receive(tx: Tx, { payload }: OutboxMessage): Promise<void> {
    return lookAgain(tx, payload, 'conditionOpen');
  }
}

/** What a grant has held for this reason, perhaps among others. */
async function lookAgain(
  tx: Tx,
  { grantId, poolId }: OutboxMessage['payload'],
  reason: HoldReason['code'],
): Promise<void> {
  if (grantId === undefined || poolId === undefined) throw new Error('The message names no grant.');
  await lockPool(tx, poolId);
  const held = await tx.rows<{ id: string }>(
    `SELECT id FROM instalments WHERE grant_id = $1 AND state = 'held'
       AND jsonb_path_exists(hold_reasons, '$[*] ? (@.code == $code)', jsonb_build_object('code', $2::text))`,
    [grantId, reason],
  );
  await bringDue(
    tx,
    poolId,
    await lockInstalments(
      tx,
      held.map(({ id }) => id),
    ),
  );
}
