import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module.js';
import { PoolsModule } from '../pools/pools.module.js';
import { ApprovalsPages } from './approvals.pages.js';
import './disbursement.entity.js';
import { DisbursementsService } from './disbursements.service.js';
import { CashArrived, InstalmentDue } from './due.processor.js';
import { PaymentsController } from './payments.controller.js';
import { PaymentsPages } from './payments.pages.js';

@Module({
  imports: [LedgerModule, PoolsModule],
  controllers: [PaymentsController, PaymentsPages, ApprovalsPages],
  providers: [DisbursementsService, InstalmentDue, CashArrived],
  exports: [DisbursementsService],
})
export class PaymentsModule {}
