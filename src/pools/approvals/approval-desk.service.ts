import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { ApprovalHandlers } from './approval-handlers.js';
import { type Approval, ApprovalsService } from './approvals.service.js';

/** Where people decide: a verdict is given, and what it decides happens in the same transaction. */
@Injectable()
export class ApprovalDesk {
  constructor(
    private readonly approvals: ApprovalsService,
    private readonly handlers: ApprovalHandlers,
  ) {}

  async approve(tx: Tx, approvalId: string, seenHash: string): Promise<Approval> {
    const approval = await this.approvals.sign(tx, approvalId, 'approve', seenHash, null);
    if (approval.state === 'approved') await this.handlers.of(approval.subjectKind).approved(tx, approval);
    return approval;
  }

  async reject(tx: Tx, approvalId: string, seenHash: string, reason: string): Promise<Approval> {
    const approval = await this.approvals.sign(tx, approvalId, 'reject', seenHash, reason);
    await this.handlers.of(approval.subjectKind).rejected(tx, approval, reason);
    return approval;
  }

  /** Whoever asked may take it back, as long as nobody has decided. */
  async withdraw(tx: Tx, approvalId: string, reason: string): Promise<Approval> {
    const approval = await this.approvals.get(tx, approvalId);
    if (approval.madeBy !== tx.actor.personId) {
      throw new DomainError(
        'forbidden',
        'Only who asked can take it back. You can reject it, with a reason.',
      );
    }
    await this.approvals.void(tx, approvalId, reason);
    await this.handlers.of(approval.subjectKind).rejected(tx, approval, reason);
    return this.approvals.get(tx, approvalId);
  }
}
