import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { LedgerService } from '../../ledger/ledger.service.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { type ApprovalHandler, CarriesOut } from '../../pools/approvals/approval-handlers.js';
import { signaturesRequired } from '../../pools/approvals/approval-tiers.js';
import { contentHash } from '../../pools/approvals/approval.rules.js';
import { type Approval, ApprovalsService } from '../../pools/approvals/approvals.service.js';
import { type LockedPool, lockPool } from '../../pools/pool-position.js';
import { amountOf } from '../../pools/pools.service.js';
import { requireStep } from '../grant.rules.js';
import { type GrantRow, lockGrant } from '../grants.read.js';
import { closeMoney, workOutMoney } from './close-money.js';
import { closeWork, workOutWork } from './close-work.js';
import { contentOf, summaryOf } from './closing-words.js';
import type { CloseGrant, CloseGrantMoney } from './closing.dto.js';
import { requireClosingDay } from './closing.rules.js';
import {
  type Closing,
  type FinancialClosing,
  type GrantClosure,
  lastPaidOn,
  type OperationalClosing,
  readClosure,
} from './closings.read.js';

type Said = Pick<CloseGrant, 'reason' | 'closedOn'>;

/** Ends a grant: first its work, then its money. */
@Injectable()
@CarriesOut('grantClosure')
export class ClosingService implements ApprovalHandler {
  constructor(
    private readonly ledger: LedgerService,
    private readonly approvals: ApprovalsService,
  ) {}

  /**
   * Closes the work of a grant at once where its last report is accepted, and asks for it otherwise: what is unpaid is
   * cancelled, and the award is what was paid.
   * @throws stateForbids, also while a payment is asked for; ruleBroken or periodLocked naming the day
   */
  async closeWork(tx: Tx, grantId: string, command: CloseGrant): Promise<GrantClosure> {
    const { grant, pool } = await this.begin(tx, grantId, 'close', command);
    const closing = await workOutWork(tx, grant, command.closedOn);
    return this.askOrDo(tx, pool, grant, command, closing, closing.reportId === null);
  }

  /**
   * Closes the money of a grant whose work is closed: at once where what was unspent has come back, and with an
   * approval where it stays with the partner, or where no accepted report says that nothing is unspent.
   * @throws stateForbids while something is unpaid; ruleBroken naming the field
   */
  async closeMoney(tx: Tx, grantId: string, command: CloseGrantMoney): Promise<GrantClosure> {
    const { grant, pool } = await this.begin(tx, grantId, 'closeMoney', command);
    const carriedOver = amountOf(command.carriedOver, grant.currency, '/carriedOver') ?? undefined;
    const { closing, needsApproval } = await workOutMoney(tx, grant, carriedOver);
    return this.askOrDo(tx, pool, grant, command, closing, needsApproval);
  }

  /**
   * Enough have signed: the closing that was asked for is carried out.
   * @throws staleVersion when it would come to something else by now; stateForbids, periodLocked
   */
  async approved(tx: Tx, approval: Approval): Promise<void> {
    const closure = await readClosure(tx, approval.subjectId);
    const step = closure.step === 'operational' ? 'close' : 'closeMoney';
    const { grant, pool } = await this.begin(tx, closure.grantId, step, closure);
    const closing =
      closure.step === 'operational'
        ? await workOutWork(tx, grant, closure.closedOn)
        : (await workOutMoney(tx, grant, closure.carriedOver!)).closing;
    const now = contentHash(contentOf(grant, { ...closing, reportId: closure.reportId }, closure));
    if (now !== approval.contentHash) {
      const sentence =
        'What was paid or given back has changed since this was asked for. Reject it, and ask again.';
      throw new DomainError('staleVersion', sentence);
    }
    const entryId = await this.carryOut(tx, pool, grant, closure, closing);
    await tx.run(
      `UPDATE grant_closures SET state = 'done', decided_by = $2, decided_at = $3, entry_id = $4, version = version + 1
       WHERE id = $1`,
      [closure.id, tx.actor.personId ?? null, tx.now, entryId],
    );
  }

  /** Somebody said no, or who asked took it back: the grant stays as it is. */
  async rejected(tx: Tx, approval: Approval, reason: string): Promise<void> {
    const { id, coalitionId, grantId } = await readClosure(tx, approval.subjectId);
    await tx.run(
      `UPDATE grant_closures SET state = 'rejected', decided_by = $2, decided_at = $3, decided_reason = $4,
         version = version + 1 WHERE id = $1 AND state = 'asked'`,
      [id, tx.actor.personId ?? null, tx.now, reason],
    );
    await this.write(tx, { id: grantId, coalitionId }, 'grant.closingRejected', { reason });
  }

  /** Locks what is decided over, and holds the step and the day to the rules. */
  private async begin(
    tx: Tx,
    grantId: string,
    step: 'close' | 'closeMoney',
    { closedOn }: Pick<Said, 'closedOn'>,
  ): Promise<{ grant: GrantRow; pool: LockedPool }> {
    const grant = await lockGrant(tx, grantId);
    const pool = await lockPool(tx, grant.poolId);
    requireStep(grant.state, step);
    const { today } = await coalitionCalendar(tx, grant.coalitionId);
    requireClosingDay(closedOn, await lastPaidOn(tx, grantId), today);
    return { grant, pool };
  }

  private async askOrDo(
    tx: Tx,
    pool: LockedPool,
    grant: GrantRow,
    said: Said,
    closing: Closing,
    needsApproval: boolean,
  ): Promise<GrantClosure> {
    const asked = await tx.row(`SELECT 1 FROM grant_closures WHERE grant_id = $1 AND state = 'asked'`, [
      grant.id,
    ]);
    if (asked) {
      const sentence =
        'This is asked for already, and waits for approval. Decide on it, or take it back, first.';
      throw new DomainError('stateForbids', sentence);
    }
    const id = newId();
    const approvalId = needsApproval ? await this.ask(tx, pool, grant, id, said, closing) : null;
    const entryId = needsApproval ? null : await this.carryOut(tx, pool, grant, { id, ...said }, closing);
    const decided = needsApproval ? ['asked', null, null] : ['done', tx.actor.personId ?? null, tx.now];
    await tx.run(
      `INSERT INTO grant_closures (id, coalition_id, grant_id, pool_id, step, reason, closed_on, currency, report_id,
         approval_id, entry_id, asked_by, asked_at, state, decided_by, decided_at, award_before, award_after,
         end_on_before, end_on_after, paid, returned, carried_over)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)`,
      [
        ...[
          id,
          grant.coalitionId,
          grant.id,
          pool.id,
          closing.step,
          said.reason,
          said.closedOn,
          grant.currency,
        ],
        ...[closing.reportId, approvalId, entryId, tx.actor.personId ?? null, tx.now, ...decided],
        ...figuresOf(closing),
      ],
    );
    return readClosure(tx, id);
  }

  private async ask(
    tx: Tx,
    pool: LockedPool,
    grant: GrantRow,
    id: string,
    said: Said,
    closing: Closing,
  ): Promise<string> {
    const approvalId = await this.approvals.ask(tx, {
      coalitionId: grant.coalitionId,
      poolId: pool.id,
      subject: { kind: 'grantClosure', id },
      summary: summaryOf(grant, closing),
      content: contentOf(grant, closing, said),
      required: signaturesRequired(
        closing.step === 'operational' ? closing.awardBefore - closing.awardAfter : closing.carriedOver,
        pool.approvalTiers,
      ),
    });
    await this.write(tx, grant, 'grant.closingAsked', {
      after: { step: closing.step, approvalId },
      reason: said.reason,
    });
    return approvalId;
  }

  /** Changes the grant, and says so in its history. Returns the entry, where one was posted. */
  private async carryOut(
    tx: Tx,
    pool: LockedPool,
    grant: GrantRow,
    said: Said & { id: string },
    closing: Closing,
  ): Promise<string | null> {
    const { id, reason, closedOn } = said;
    const before = { state: grant.state, award: grant.amount, endOn: grant.endOn };
    if (closing.step === 'operational') {
      const entryId = await closeWork(tx, this.ledger, pool, grant, { id, reason, closedOn, closing });
      const after = { state: 'closing', award: closing.awardAfter, endOn: closing.endOnAfter };
      await this.write(tx, grant, 'grant.closing', { before, after, reason });
      return entryId;
    }
    await closeMoney(tx, grant);
    const { paid, returned, carriedOver } = closing;
    await this.write(tx, grant, 'grant.closed', {
      before,
      after: { ...before, state: 'closed', paid, returned, carriedOver },
      reason,
    });
    return null;
  }

  private write(
    tx: Tx,
    { id, coalitionId }: { id: string; coalitionId: string },
    action: string,
    change: { before?: unknown; after?: unknown; reason?: string },
  ): Promise<void> {
    return audit(tx, { coalitionId, action, subject: { kind: 'grant', id }, ...change });
  }
}

/** The columns of each step; those of the other are empty. */
function figuresOf(closing: OperationalClosing | FinancialClosing) {
  return closing.step === 'operational'
    ? [closing.awardBefore, closing.awardAfter, closing.endOnBefore, closing.endOnAfter, null, null, null]
    : [null, null, null, null, closing.paid, closing.returned, closing.carriedOver];
}
