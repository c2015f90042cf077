import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module.js';
import { PaymentsModule } from '../payments/payments.module.js';
import { PoolsModule } from '../pools/pools.module.js';
import './claims/bond-person-key.entity.js';
import { ClaimsPages } from './claims/claims.pages.js';
import { ClaimPreviewService } from './claims/claim-preview.service.js';
import { ClaimsController } from './claims/claims.controller.js';
import { ClaimsService } from './claims/claims.service.js';
import { EvidenceService } from './claims/evidence.service.js';
import './claims/outcome-claim.entity.js';
import './claims/outcome-claim-line.entity.js';
import './claims/outcome-claim-person.entity.js';
import './claims/outcome-evidence.entity.js';
import './claims/outcome-share.entity.js';
import './claims/outcome-working.entity.js';
import { PersonKeyrings } from './claims/person-keyring.js';
import { VerificationPages } from './claims/verification.pages.js';
import { VerificationService } from './claims/verification.service.js';
import './contracts/bond.entity.js';
import { OutcomeInvoiceLines } from './invoices/bank-lines/outcome-invoice-lines.js';
import { OutcomeReceiptLines } from './invoices/bank-lines/outcome-receipt-lines.js';
import { CancellationsService } from './invoices/cancellations/cancellations.service.js';
import './invoices/cancellations/outcome-cancellation.entity.js';
import { InvoicesController } from './invoices/invoices.controller.js';
import { PayersPages } from './invoices/payers.pages.js';
import { InvoicesService } from './invoices/invoices.service.js';
import './invoices/outcome-invoice.entity.js';
import './invoices/outcome-receipt.entity.js';
import { InvoiceReminders } from './invoices/reminders/invoice-reminders.processor.js';
import { AdvancesController } from './investors/advances/advances.controller.js';
import { AdvancesPages } from './investors/advances/advances.pages.js';
import { AdvancesService } from './investors/advances/advances.service.js';
import './investors/advances/provider-advance.entity.js';
import { DistributionLines, ProviderAdvanceLines } from './investors/bank-lines/bond-payment-lines.js';
import { DrawdownCallLines } from './investors/bank-lines/drawdown-call-lines.js';
import { DrawdownReceiptLines } from './investors/bank-lines/drawdown-receipt-lines.js';
import './investors/closing/bond-closing.entity.js';
import { ClosingController } from './investors/closing/closing.controller.js';
import { ClosingPages } from './investors/closing/closing.pages.js';
import { ClosingService } from './investors/closing/closing.service.js';
import './investors/distributions/distribution.entity.js';
import './investors/distributions/distribution-share.entity.js';
import { DistributionsController } from './investors/distributions/distributions.controller.js';
import { DistributionsPages } from './investors/distributions/distributions.pages.js';
import { DistributionsService } from './investors/distributions/distributions.service.js';
import './investors/drawdowns/drawdown-call.entity.js';
import './investors/drawdowns/drawdown-receipt.entity.js';
import { DrawdownReminders } from './investors/drawdowns/drawdown-reminders.processor.js';
import { DrawdownsController } from './investors/drawdowns/drawdowns.controller.js';
import { DrawdownsPages } from './investors/drawdowns/drawdowns.pages.js';
import { DrawdownsService } from './investors/drawdowns/drawdowns.service.js';
import { TwoSidedPages } from './investors/drawdowns/two-sided.pages.js';
import { TwoSidedService } from './investors/drawdowns/two-sided.service.js';
import { InvestorsPages } from './investors/investors.pages.js';
import { InvestorStatementController } from './investors/statement/statement.controller.js';
import './contracts/bond-party.entity.js';
import './contracts/bond-version.entity.js';
import { BondDraftsPages } from './contracts/bond-drafts.pages.js';
import { BondsController } from './contracts/bonds.controller.js';
import { BondsPages } from './contracts/bonds.pages.js';
import { BondsService } from './contracts/bonds.service.js';
import { SigningService } from './contracts/signing.service.js';

import { BondLedgerController } from './ledger/bond-ledger.controller.js';
import { BondLedgerPages } from './ledger/bond-ledger.pages.js';
import './plans/bond-plan.entity.js';
import './plans/bond-plan-line.entity.js';
import { PlansPages } from './plans/plans.pages.js';
import { PlansController } from './plans/plans.controller.js';
import { PlansService } from './plans/plans.service.js';
import './scenarios/bond-scenario.entity.js';
import { ScenariosPages } from './scenarios/scenarios.pages.js';
import { ScenariosController } from './scenarios/scenarios.controller.js';
import { ScenariosService } from './scenarios/scenarios.service.js';
import './suspensions/bond-suspension.entity.js';
import './suspensions/substitute-payment.entity.js';
import { SubstitutesDue } from './suspensions/substitutes.processor.js';
import { SuspensionsController } from './suspensions/suspensions.controller.js';
import { SuspensionsService } from './suspensions/suspensions.service.js';

/** Outcome-linked bonds: contract, claims, outcome payments, investors. */
@Module({
  imports: [LedgerModule, PoolsModule, PaymentsModule],
  controllers: [
    PlansController,
    PlansPages,
    SuspensionsController,
    ScenariosController,
    ScenariosPages,
    BondsController,
    BondsPages,
    BondDraftsPages,
    ClaimsController,
    ClaimsPages,
    VerificationPages,
    InvoicesController,
    DrawdownsController,
    AdvancesController,
    DistributionsController,
    ClosingController,
    DistributionsPages,
    ClosingPages,
    InvestorStatementController,
    InvestorsPages,
    DrawdownsPages,
    TwoSidedPages,
    AdvancesPages,
    PayersPages,
    BondLedgerController,
    BondLedgerPages,
  ],
  providers: [
    PlansService,
    SuspensionsService,
    ScenariosService,
    SubstitutesDue,
    BondsService,
    SigningService,
    PersonKeyrings,
    ClaimsService,
    VerificationService,
    ClaimPreviewService,
    EvidenceService,
    InvoicesService,
    CancellationsService,
    InvoiceReminders,
    OutcomeInvoiceLines,
    OutcomeReceiptLines,
    DrawdownsService,
    DrawdownReminders,
    TwoSidedService,
    AdvancesService,
    DistributionsService,
    ClosingService,
    DrawdownCallLines,
    DrawdownReceiptLines,
    ProviderAdvanceLines,
    DistributionLines,
  ],
  exports: [BondsService, SigningService],
})
export class BondsModule {}
