import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import type { Day } from '../../maths/day.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError, notFound } from '../../platform/errors/domain-error.js';
import { lockPool } from '../pool-position.js';
import { type ApprovalHandler, CarriesOut } from './approval-handlers.js';
import { type Approval, ApprovalsService } from './approvals.service.js';

/** Moving a pool's lock back takes two people: one asks with a reason, another approves. */
@Injectable()
@CarriesOut('periodUnlock')
export class PeriodUnlocksService implements ApprovalHandler {
  constructor(private readonly approvals: ApprovalsService) {}

  /**
   * Asks to move the lock back to a day, or to take it away altogether (null).
   * @throws ruleBroken when that would not move it back
   */
  async ask(tx: Tx, poolId: string, through: Day | null, reason: string): Promise<Approval> {
    const pool = await lockPool(tx, poolId);
    const locked = await tx.row<{ through: Day | null }>(
      `SELECT locked_through AS through FROM pools WHERE id = $1`,
      [poolId],
    );
    const before = locked?.through ?? null;
    if (before === null || (through !== null && through >= before)) {
      const sentence =
        before === null
          ? 'The pool is not locked.'
          : `The pool is locked through ${before}. Name an earlier day.`;
      throw fieldError('ruleBroken', '/through', sentence);
    }
    const id = newId();
    const approvalId = await this.approvals.ask(tx, {
      coalitionId: pool.coalitionId,
      poolId,
      subject: { kind: 'periodUnlock', id },
      summary: through === null ? `Unlock ${pool.name}` : `Unlock ${pool.name} after ${through}`,
      content: { poolId, from: before, through, reason },
      required: 1,
    });
    await tx.run(
      `INSERT INTO period_unlocks (id, coalition_id, pool_id, locked_through, reason, approval_id, made_by, made_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, pool.coalitionId, poolId, through, reason, approvalId, tx.actor.personId ?? null, tx.now],
    );
    return this.approvals.get(tx, approvalId);
  }

  /** The lock stays where it is. */
  async rejected(): Promise<void> {}

  /** Moves the lock back, once. */
  async approved(tx: Tx, approval: Approval): Promise<void> {
    const unlock = await tx.row<{ through: Day | null; reason: string }>(
      `SELECT locked_through AS through, reason FROM period_unlocks WHERE id = $1 AND used_at IS NULL FOR UPDATE`,
      [approval.subjectId],
    );
    if (!unlock) throw notFound('request to unlock');
    const before = await tx.row<{ through: Day | null }>(
      `SELECT locked_through AS through FROM pools WHERE id = $1`,
      [approval.poolId],
    );
    if (before?.through !== approval.content.from) {
      throw new DomainError('staleVersion', 'The lock has been moved since. Ask again.');
    }
    await tx.run(`UPDATE pools SET locked_through = $2, version = version + 1 WHERE id = $1`, [
      approval.poolId,
      unlock.through,
    ]);
    await tx.run(`UPDATE period_unlocks SET used_at = $2 WHERE id = $1`, [approval.subjectId, tx.now]);
    await audit(tx, {
      coalitionId: approval.coalitionId,
      action: 'pool.periodUnlocked',
      subject: { kind: 'pool', id: approval.poolId },
      before: { lockedThrough: before?.through },
      after: { lockedThrough: unlock.through },
      reason: unlock.reason,
    });
  }
}
