import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, notFound } from '../../platform/errors/domain-error.js';
import { planWaiting } from '../../notices/waiting/plan-waiting.js';
import { takeBack } from '../../platform/mail/take-back.js';
import { callOff } from '../../platform/queue/occurrences.js';
import { canonical } from '../../platform/http/once.js';
import { lockPool } from '../pool-position.js';
import { signatoryOf } from './signatory.js';
import { seesAccounts } from './account-sight.js';
import { type ApprovalState, contentHash, requireSignable, type SubjectKind } from './approval.rules.js';

export interface Approval {
  id: string;
  coalitionId: string;
  /** Null for what belongs to no pool, such as a payee's bank account. */
  poolId: string | null;
  subjectKind: SubjectKind;
  subjectId: string;
  summary: string;
  contentHash: string;
  content: Record<string, unknown>;
  required: number;
  given: number;
  state: ApprovalState;
  madeBy: string;
  madeByName: string;
  madeAt: Date;
  /** Whether whoever reads it may see account numbers in it. */
  seesAccounts: boolean;
}

export interface AskedFor {
  coalitionId: string;
  poolId: string | null;
  subject: { kind: SubjectKind; id: string };
  /** A sentence that says what is asked for, with the figures. */
  summary: string;
  /** Exactly what is approved: the hash is taken over it. */
  content: Record<string, unknown>;
  required: number;
}

export type Verdict = 'approve' | 'reject';

type EndState = Exclude<ApprovalState, 'open'>;

/** Why nobody is told of it any more. */
const endWords: Record<EndState, string> = {
  approved: 'it was approved',
  rejected: 'it was rejected',
  void: 'it was taken back',
};

export const approvalColumns = `
  SELECT a.id, a.coalition_id AS "coalitionId", a.pool_id AS "poolId", a.subject_kind AS "subjectKind",
    a.subject_id AS "subjectId", a.summary, a.content_hash AS "contentHash", a.content, a.required, a.state,
    a.made_by AS "madeBy", p.name AS "madeByName", a.made_at AS "madeAt",
    (SELECT count(*)::int FROM approval_signatures s WHERE s.approval_id = a.id AND s.verdict = 'approve') AS given,
    ${seesAccounts('a.coalition_id')} AS "seesAccounts"
  FROM approvals a JOIN persons p ON p.id = a.made_by`;

/**
 * The one machine for what two people must agree on. Whoever asks cannot sign; each signs once, for exactly the
 * content that was asked for. The database holds the same rules.
 */
@Injectable()
export class ApprovalsService {
  /** Asks for an approval. Only a person can ask. Returns its id. */
  async ask(tx: Tx, asked: AskedFor): Promise<string> {
    if (tx.actor.personId === undefined) throw new Error('A job cannot ask for an approval.');
    const id = newId();
    await tx.run(
      `INSERT INTO approvals (id, coalition_id, pool_id, subject_kind, subject_id, summary, content_hash, content,
         required, made_by, made_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        id,
        asked.coalitionId,
        asked.poolId,
        asked.subject.kind,
        asked.subject.id,
        asked.summary,
        contentHash(asked.content),
        canonical(asked.content),
        asked.required,
        tx.actor.personId,
        tx.now,
      ],
    );
    await planWaiting(tx, 'approval.remind', { coalitionId: asked.coalitionId, id });
    await this.write(tx, asked.coalitionId, id, 'approval.asked', { after: asked });
    return id;
  }

  /**
   * Gives one person's verdict. The state it leads to is `approved` when enough have signed, `rejected` at the first
   * no, and otherwise `open` still.
   * @throws makerIsChecker, stateForbids, staleVersion; forbidden without an approver's seat or delegation
   */
  async sign(
    tx: Tx,
    approvalId: string,
    verdict: Verdict,
    seenHash: string,
    reason: string | null,
  ): Promise<Approval> {
    const before = await this.lock(tx, approvalId);
    requireSignable(before, tx.actor.personId, seenHash);
    const stead = await signatoryOf(tx, approvalId);
    await tx.run(
      `INSERT INTO approval_signatures (coalition_id, approval_id, person_id, verdict, content_hash, reason, at,
         delegation_id, for_person_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        ...[before.coalitionId, approvalId, tx.actor.personId ?? null, verdict, seenHash, reason, tx.now],
        ...[stead?.delegationId ?? null, stead?.forPersonId ?? null],
      ],
    );
    const given = before.given + (verdict === 'approve' ? 1 : 0);
    const state: ApprovalState =
      verdict === 'reject' ? 'rejected' : given >= before.required ? 'approved' : 'open';
    if (state !== 'open') await this.end(tx, approvalId, state);
    else
      await takeBack(tx, { kind: 'approval.remind', subjectIds: [approvalId], personId: tx.actor.personId });
    await this.write(
      tx,
      before.coalitionId,
      approvalId,
      `approval.${verdict === 'approve' ? 'signed' : 'rejected'}`,
      {
        before: { state: before.state, given: before.given },
        after: { state, given, ...(stead && { inSteadOf: stead.forPersonId }) },
        reason: reason ?? undefined,
      },
    );
    return this.get(tx, approvalId);
  }

  /** Takes back what was asked for: nobody can sign it any more. */
  async void(tx: Tx, approvalId: string, reason: string): Promise<void> {
    const approval = await this.lock(tx, approvalId);
    if (approval.state !== 'open') {
      throw new DomainError(
        'stateForbids',
        `This was ${approval.state} already, so it cannot be taken back.`,
      );
    }
    await this.end(tx, approvalId, 'void');
    await this.write(tx, approval.coalitionId, approvalId, 'approval.voided', { reason });
  }

  async get(tx: Tx, approvalId: string): Promise<Approval> {
    const approval = await tx.row<Approval>(`${approvalColumns} WHERE a.id = $1`, [approvalId]);
    if (!approval) throw notFound('approval');
    return approval;
  }

  /** As it stands once nobody else decides on it: the pool's lock first, where it has one, as every decision takes it. */
  private async lock(tx: Tx, approvalId: string): Promise<Approval> {
    const { poolId } = await this.get(tx, approvalId);
    if (poolId !== null) await lockPool(tx, poolId);
    await tx.row(`SELECT id FROM approvals WHERE id = $1 FOR UPDATE`, [approvalId]);
    return this.get(tx, approvalId);
  }

  private async end(tx: Tx, approvalId: string, state: EndState): Promise<void> {
    await tx.run(
      `UPDATE approvals SET state = $2, ended_at = $3, version = version + 1 WHERE id = $1 AND state = 'open'`,
      [approvalId, state, tx.now],
    );
    await callOff(tx, 'approval.remind', [approvalId], endWords[state]);
  }

  private write(
    tx: Tx,
    coalitionId: string,
    id: string,
    action: string,
    change: { before?: unknown; after?: unknown; reason?: string },
  ): Promise<void> {
    return audit(tx, { coalitionId, action, subject: { kind: 'approval', id }, ...change });
  }
}
