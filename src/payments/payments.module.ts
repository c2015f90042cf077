import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module.js';
import { PoolsModule } from '../pools/pools.module.js';
import './bank-accounts/bank-account.entity.js';
import { BankAccountsController } from './bank-accounts/bank-accounts.controller.js';
import { BankAccountsPages } from './bank-accounts/bank-accounts.pages.js';
import { BankAccountsService } from './bank-accounts/bank-accounts.service.js';
import './bank-accounts/pool-account.entity.js';
import { PoolAccountsService } from './bank-accounts/pool-accounts.service.js';
import { ApprovalsPages } from './approvals.pages.js';
import './disbursement.entity.js';
import { DisbursementsService } from './disbursements.service.js';
import { CashArrived, InstalmentDue } from './due.processor.js';
import { PaymentsController } from './payments.controller.js';
import { PaymentsPages } from './payments.pages.js';

@Module({
  imports: [LedgerModule, PoolsModule],
  controllers: [PaymentsController, BankAccountsController, PaymentsPages, ApprovalsPages, BankAccountsPages],
  providers: [DisbursementsService, BankAccountsService, PoolAccountsService, InstalmentDue, CashArrived],
  exports: [DisbursementsService],
})
export class PaymentsModule {}
