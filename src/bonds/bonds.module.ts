import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module.js';
import { PaymentsModule } from '../payments/payments.module.js';
import { PoolsModule } from '../pools/pools.module.js';
import './contracts/bond.entity.js';
import { InvoicesController } from './invoices/invoices.controller.js';
import { InvoicesService } from './invoices/invoices.service.js';
import './invoices/outcome-invoice.entity.js';
import './invoices/outcome-receipt.entity.js';
import { InvoiceReminders } from './invoices/reminders/invoice-reminders.processor.js';
import './contracts/bond-party.entity.js';
import './contracts/bond-version.entity.js';

/** Outcome-linked bonds: contract, claims, outcome payments, investors. */
@Module({
  imports: [LedgerModule, PoolsModule, PaymentsModule],
  controllers: [InvoicesController],
  providers: [InvoicesService, InvoiceReminders],
})
export class BondsModule {}
