import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { LedgerModule } from '../ledger/ledger.module.js';
import { PoolsModule } from '../pools/pools.module.js';
import './bank-accounts/bank-account.entity.js';
import { BankAccountsController } from './bank-accounts/bank-accounts.controller.js';
import { BankAccountsPages } from './bank-accounts/bank-accounts.pages.js';
import { BankAccountsService } from './bank-accounts/bank-accounts.service.js';
import './pool-accounts/pool-account.entity.js';
import { PoolAccountsController } from './pool-accounts/pool-accounts.controller.js';
import { PoolAccountsPages } from './pool-accounts/pool-accounts.pages.js';
import { PoolAccountsService } from './pool-accounts/pool-accounts.service.js';
import { BatchesController } from './batches/batches.controller.js';
import { BatchesPages } from './batches/batches.pages.js';
import { BatchesService } from './batches/batches.service.js';
import './batches/payment-batch.entity.js';
import './batches/payment-batch-file.entity.js';
import './batches/payment-batch-line.entity.js';
import './returns/grant-return.entity.js';
import { ReturnsController } from './returns/returns.controller.js';
import { ReturnsPages } from './returns/returns.pages.js';
import { ReturnsService } from './returns/returns.service.js';
import './statements/bank-statement.entity.js';
import './statements/bank-statement-line.entity.js';
import { BankStatementsController } from './statements/bank-statements.controller.js';
import { BankStatementsPages } from './statements/bank-statements.pages.js';
import { BankStatementsService } from './statements/bank-statements.service.js';
import './statements/csv/csv-mapping.entity.js';
import { CsvMappingsController } from './statements/csv/csv-mappings.controller.js';
import { CsvMappingsPages } from './statements/csv/csv-mappings.pages.js';
import { CsvMappingsService } from './statements/csv/csv-mappings.service.js';
import './statements/csv/waiting-bank-file.entity.js';
import { BankLineKinds } from './statements/matching/bank-line-kinds.js';
import './statements/matching/bank-line-part.entity.js';
import { BankLinesController } from './statements/matching/bank-lines.controller.js';
import { BankLinesPages } from './statements/matching/bank-lines.pages.js';
import { BankChargeLines } from './statements/matching/kinds/bank-charge-lines.js';
import { ContributionLines } from './statements/matching/kinds/contribution-lines.js';
import { DisbursementLines } from './statements/matching/kinds/disbursement-lines.js';
import { FeePaymentLines } from './statements/matching/kinds/fee-payment-lines.js';
import { GrantReturnLines } from './statements/matching/kinds/grant-return-lines.js';
import { RefundLines } from './statements/matching/kinds/refund-lines.js';
import { MatchingService } from './statements/matching/matching.service.js';
import { ReturnedPaymentsService } from './returned-payments.service.js';
import { ApprovalsPages } from './approvals.pages.js';
import { DelegationsPages } from './delegations.pages.js';
import { PartialReleasesController } from './partial-releases/partial-releases.controller.js';
import { PartialReleasesPages } from './partial-releases/partial-releases.pages.js';
import { PartialReleasesService } from './partial-releases/partial-releases.service.js';
import './disbursement.entity.js';
import { DisbursementsService } from './disbursements.service.js';
import { CashArrived, ConditionEnded, GrantResumed, InstalmentDue } from './due.processor.js';
import { PaymentsController } from './payments.controller.js';
import { PaymentsPages } from './payments.pages.js';

@Module({
  imports: [LedgerModule, PoolsModule, DiscoveryModule],
  controllers: [
    PaymentsController,
    PartialReleasesController,
    PartialReleasesPages,
    BankAccountsController,
    PoolAccountsController,
    BatchesController,
    PaymentsPages,
    ApprovalsPages,
    DelegationsPages,
    BankAccountsPages,
    PoolAccountsPages,
    BatchesPages,
    BankStatementsController,
    BankStatementsPages,
    BankLinesController,
    BankLinesPages,
    CsvMappingsController,
    CsvMappingsPages,
    ReturnsController,
    ReturnsPages,
  ],
  providers: [
    DisbursementsService,
    PartialReleasesService,
    BankAccountsService,
    PoolAccountsService,
    BatchesService,
    BankStatementsService,
    MatchingService,
    CsvMappingsService,
    BankLineKinds,
    DisbursementLines,
    ContributionLines,
    BankChargeLines,
    RefundLines,
    FeePaymentLines,
    GrantReturnLines,
    ReturnedPaymentsService,
    ReturnsService,
    InstalmentDue,
    CashArrived,
    GrantResumed,
    ConditionEnded,
  ],
  exports: [BatchesService, DisbursementsService],
})
export class PaymentsModule {}
