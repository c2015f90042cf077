import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors/domain-error.js';
import { type Approval, ApprovalsService } from './approvals.service.js';
import { DisbursementsService } from './disbursements.service.js';
import { PeriodUnlocksService } from './period-unlocks.service.js';

/** Where people decide: a verdict is given, and what it decides happens in the same transaction. */
@Injectable()
export class ApprovalDesk {
  constructor(
    private readonly approvals: ApprovalsService,
    private readonly disbursements: DisbursementsService,
    private readonly unlocks: PeriodUnlocksService,
  ) {}

  async approve(tx: Tx, approvalId: string, seenHash: string): Promise<Approval> {
    const approval = await this.approvals.sign(tx, approvalId, 'approve', seenHash, null);
    if (approval.state === 'approved') await this.apply(tx, approval);
    return approval;
  }

  async reject(tx: Tx, approvalId: string, seenHash: string, reason: string): Promise<Approval> {
    const approval = await this.approvals.sign(tx, approvalId, 'reject', seenHash, reason);
    if (approval.subjectKind === 'disbursement') await this.disbursements.rejected(tx, approval, reason);
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
    if (approval.subjectKind === 'disbursement') await this.disbursements.rejected(tx, approval, reason);
    return this.approvals.get(tx, approvalId);
  }

  private apply(tx: Tx, approval: Approval): Promise<void> {
    switch (approval.subjectKind) {
      case 'disbursement':
        return this.disbursements.approved(tx, approval);
      case 'periodUnlock':
        return this.unlocks.approved(tx, approval);
    }
  }
}
