import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { LedgerModule } from '../ledger/ledger.module.js';
import './approvals/approval.entity.js';
import './approvals/approval-signature.entity.js';
import { ApprovalDesk } from './approvals/approval-desk.service.js';
import { ApprovalHandlers } from './approvals/approval-handlers.js';
import './approvals/approval-delegation.entity.js';
import { DelegationsController } from './approvals/delegations.controller.js';
import { DelegationsService } from './approvals/delegations.service.js';
import { ApprovalsController } from './approvals/approvals.controller.js';
import { ApprovalReminders } from './approvals/waiting/approval-reminders.processor.js';
import { ApprovalsService } from './approvals/approvals.service.js';
import './approvals/period-unlock.entity.js';
import { PeriodUnlocksService } from './approvals/period-unlocks.service.js';
import './charges/bank-charge.entity.js';
import { BankChargesController } from './charges/bank-charges.controller.js';
import { BankChargesPages } from './charges/bank-charges.pages.js';
import { BankChargesService } from './charges/bank-charges.service.js';
import './contributions/contribution-application.entity.js';
import './contributions/contribution.entity.js';
import { ContributionsController } from './contributions/contributions.controller.js';
import { ContributionsPages } from './contributions/contributions.pages.js';
import { ContributionApplyingService } from './contributions/contribution-applying.service.js';
import { ContributionApplyingPages } from './contributions/contribution-applying.pages.js';
import { ContributionsService } from './contributions/contributions.service.js';
import { ExchangeDifferencesController } from './exchange-differences/exchange-differences.controller.js';
import { ExchangeDifferencesPages } from './exchange-differences/exchange-differences.pages.js';
import { ExchangeDifferencesService } from './exchange-differences/exchange-differences.service.js';
import './fees/fee-payment.entity.js';
import { FeePaymentsController } from './fees/fee-payments.controller.js';
import { FeePaymentsService } from './fees/fee-payments.service.js';
import { FeesPages } from './fees/fees.pages.js';
import './forecast/cliff-notice.entity.js';
import { CliffWatch } from './forecast/cliff-watch.processor.js';
import { ForecastController } from './forecast/forecast.controller.js';
import { ForecastPages } from './forecast/forecast.pages.js';
import { StatementController } from './funder-statement/statement.controller.js';
import { StatementPages } from './funder-statement/statement.pages.js';
import { LedgerPages } from './journal/ledger.pages.js';
import './pledges/changes/pledge-change.entity.js';
import { PledgeChangesController } from './pledges/changes/pledge-changes.controller.js';
import { PledgeChangesPages } from './pledges/changes/pledge-changes.pages.js';
import { PledgeChangesService } from './pledges/changes/pledge-changes.service.js';
import './pledges/pledge-instalment.entity.js';
import { PledgeReminders } from './pledges/reminders/pledge-reminders.processor.js';
import './pledges/pledge.entity.js';
import { PlanningRatesController } from './pledges/planning-rates.controller.js';
import { PlanningRatesPages } from './pledges/planning-rates.pages.js';
import { PledgesController } from './pledges/pledges.controller.js';
import { PledgesPages } from './pledges/pledges.pages.js';
import { PledgesService } from './pledges/pledges.service.js';
import './pool.entity.js';
import { DecisionsModule } from '../decisions/decisions.module.js';
import { DecisionWeights } from './decision-weights.service.js';
import { PolicySubjects } from './policy-subjects.service.js';
import { PoolsController } from './pools.controller.js';
import { PoolsPages } from './pools.pages.js';
import { PoolsService } from './pools.service.js';
import './refunds/refund.entity.js';
import './refunds/refund-share.entity.js';
import { RefundsController } from './refunds/refunds.controller.js';
import { RefundsPages } from './refunds/refunds.pages.js';
import { RefundsService } from './refunds/refunds.service.js';
import { ReversalsController } from './journal/reversals.controller.js';
import { ReversalsService } from './journal/reversals.service.js';

/** Money in: pools with their policies, pledges, contributions; and the approvals that every room asks for. */
@Module({
  imports: [LedgerModule, DecisionsModule, DiscoveryModule],
  controllers: [
    PoolsController,
    PledgesController,
    PlanningRatesController,
    PlanningRatesPages,
    PledgeChangesController,
    PledgeChangesPages,
    ContributionsController,
    ReversalsController,
    ApprovalsController,
    DelegationsController,
    ForecastController,
    RefundsController,
    BankChargesController,
    ExchangeDifferencesController,
    ExchangeDifferencesPages,
    FeePaymentsController,
    FeesPages,
    BankChargesPages,
    RefundsPages,
    ForecastPages,
    StatementController,
    StatementPages,
    PoolsPages,
    LedgerPages,
    PledgesPages,
    ContributionsPages,
    ContributionApplyingPages,
  ],
  providers: [
    DecisionWeights,
    PolicySubjects,
    PoolsService,
    PledgesService,
    PledgeChangesService,
    PledgeReminders,
    ContributionsService,
    ContributionApplyingService,
    ReversalsService,
    CliffWatch,
    RefundsService,
    ExchangeDifferencesService,
    FeePaymentsService,
    BankChargesService,
    ApprovalsService,
    ApprovalReminders,
    ApprovalHandlers,
    ApprovalDesk,
    DelegationsService,
    PeriodUnlocksService,
  ],
  exports: [
    PoolsService,
    PledgesService,
    ContributionsService,
    BankChargesService,
    RefundsService,
    FeePaymentsService,
    ApprovalsService,
    ApprovalDesk,
    DelegationsService,
    PeriodUnlocksService,
  ],
})
export class PoolsModule {}
