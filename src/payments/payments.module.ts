import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module.js';
import './approval.entity.js';
import './approval-signature.entity.js';
import { ApprovalDesk } from './approval-desk.service.js';
import { ApprovalsController } from './approvals.controller.js';
import { ApprovalsPages } from './approvals.pages.js';
import { ApprovalsService } from './approvals.service.js';
import './disbursement.entity.js';
import { DisbursementsService } from './disbursements.service.js';
import { CashArrived, InstalmentDue } from './due.processor.js';
import { PaymentsController } from './payments.controller.js';
import { PaymentsPages } from './payments.pages.js';
import './period-unlock.entity.js';
import { PeriodUnlocksService } from './period-unlocks.service.js';

@Module({
  imports: [LedgerModule],
  controllers: [PaymentsController, ApprovalsController, PaymentsPages, ApprovalsPages],
  providers: [
    ApprovalsService,
    DisbursementsService,
    PeriodUnlocksService,
    ApprovalDesk,
    InstalmentDue,
    CashArrived,
  ],
  exports: [DisbursementsService, ApprovalDesk],
})
export class PaymentsModule {}
