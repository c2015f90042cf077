import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { dayInZone } from '../../maths/day.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { tell } from '../../platform/outbox/outbox.js';
import { requireStep } from '../grant.rules.js';
import { type GrantRow, lockGrant, readGrant } from '../grants.read.js';
import { instalmentsOfGrant, lockInstalments, moveInstalments } from '../instalments.js';
import type { SuspendGrant } from './suspension.dto.js';
import {
  heldForSuspension,
  isToBeHeld,
  requireNothingApproved,
  requireSuspensionDay,
} from './suspension.rules.js';
import { openSuspension } from './suspensions.read.js';

/** Stops paying a grant for a time, and begins again. */
@Injectable()
export class SuspensionService {
  /**
   * Suspends a grant: what is due is held from now on, and what is planned is held when its day comes. The cash that
   * was set aside for it is free for others meanwhile.
   * @throws stateForbids, also while a payment is approved; ruleBroken naming the day
   */
  async suspend(tx: Tx, grantId: string, { reason, suspendedOn }: SuspendGrant): Promise<GrantRow> {
    const before = await lockGrant(tx, grantId);
    requireStep(before.state, 'suspend');
    const { today, timeZone } = await coalitionCalendar(tx, before.coalitionId);
    const awardedOn = before.awardedAt && dayInZone(before.awardedAt, timeZone);
    requireSuspensionDay(suspendedOn, awardedOn, today);
    await tx.run(
      `INSERT INTO grant_suspensions (id, coalition_id, grant_id, pool_id, reason, suspended_on, suspended_by,
         suspended_at, state_before)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        ...[newId(), before.coalitionId, grantId, before.poolId, reason, suspendedOn],
        ...[tx.actor.personId ?? null, tx.now, before.state],
      ],
    );
    await tx.run(`UPDATE grants SET state = 'suspended', version = version + 1 WHERE id = $1`, [grantId]);
    await this.hold(tx, before);
    return this.moved(tx, before, 'grant.suspended', reason);
  }

  /**
   * Resumes a suspended grant: what was held for the suspension, and what came due meanwhile, is looked at again.
   * @throws stateForbids
   */
  async resume(tx: Tx, grantId: string, reason: string): Promise<GrantRow> {
    const before = await lockGrant(tx, grantId);
    requireStep(before.state, 'resume');
    const { stateBefore } = (await openSuspension(tx, grantId))!;
    await endSuspension(tx, grantId, 'resumed', reason);
    await tx.run(`UPDATE grants SET state = $2, version = version + 1 WHERE id = $1`, [grantId, stateBefore]);
    await tell(tx, before.coalitionId, 'grant.resumed', { grantId, poolId: before.poolId });
    return this.moved(tx, before, 'grant.resumed', reason);
  }

  private async hold(tx: Tx, { id, coalitionId, poolId }: GrantRow): Promise<void> {
    const all = await instalmentsOfGrant(tx, id);
    requireNothingApproved(all);
    const held = await lockInstalments(
      tx,
      all.filter(isToBeHeld).map((instalment) => instalment.id),
    );
    await moveInstalments(
      tx,
      held.map((instalment) => ({
        instalment,
        to: 'held',
        holdReasons: heldForSuspension(instalment.holdReasons),
      })),
    );
    if (held.some(({ state }) => state === 'due')) {
      await tell(tx, coalitionId, 'contribution.received', { poolId });
    }
  }

  private async moved(tx: Tx, before: GrantRow, action: string, reason: string): Promise<GrantRow> {
    const after = await readGrant(tx, before.id);
    await audit(tx, {
      coalitionId: before.coalitionId,
      action,
      subject: { kind: 'grant', id: before.id },
      before: { state: before.state },
      after: { state: after.state },
      reason,
    });
    return after;
  }
}

/** Writes how the suspension of a grant ended; nothing where it is in none. */
export const endSuspension = (
  tx: Tx,
  grantId: string,
  outcome: 'resumed' | 'closed',
  reason: string,
): Promise<number> =>
  tx.run(
    `UPDATE grant_suspensions SET outcome = $2, ended_by = $3, ended_at = $4, ended_reason = $5
     WHERE grant_id = $1 AND outcome IS NULL`,
    [grantId, outcome, tx.actor.personId ?? null, tx.now, reason],
  );
