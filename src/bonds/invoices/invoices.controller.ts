import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { type Page, pageOf } from '../../platform/http/list.js';
import { once } from '../../platform/http/once.js';
import { type Claim, Claimed, Who } from '../../platform/http/request.js';
import { readBond } from '../contracts/bonds.read.js';
import {
  CancelOutcomeInvoice,
  OutcomeCancellationAnswer,
  toCancellationAnswer,
} from './cancellations/cancellation.dto.js';
import { cancellationsOf } from './cancellations/cancellations.read.js';
import { CancellationsService } from './cancellations/cancellations.service.js';
import { bondHeadroom } from './headroom.read.js';
import {
  BondHeadroomAnswer,
  HeadroomQuery,
  OutcomeInvoiceAnswer,
  OutcomeInvoiceWithReceiptsAnswer,
  OutcomeReceiptAnswer,
  RecordReceipt,
  ReverseReceipt,
  toBondHeadroom,
  toInvoiceAnswer,
  toReceiptAnswer,
} from './invoice.dto.js';
import { InvoiceQuery, listInvoices, readInvoice, receiptsOf } from './invoices.read.js';
import { InvoicesService } from './invoices.service.js';

@ApiTags('Outcome invoices')
@ApiBearerAuth()
@Controller('api/v1')
export class InvoicesController {
  constructor(
    private readonly db: Database,
    private readonly invoices: InvoicesService,
    private readonly cancellations: CancellationsService,
  ) {}

  @Get('bonds/:bondId/outcome-invoices')
  @Allow('bond', ...overseers)
  @ApiOperation({ summary: 'What the payers of a bond were asked for' })
  @ApiOkResponse({ type: pageOf(OutcomeInvoiceAnswer) })
  async list(
    @Who() who: PersonActor,
    @Param('bondId') bondId: string,
    @Query() query: InvoiceQuery,
  ): Promise<Page<OutcomeInvoiceAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listInvoices(tx, bondId, query));
    return { ...page, items: page.items.map(toInvoiceAnswer) };
  }

  @Get('bonds/:bondId/headroom')
  @Allow('bond', ...overseers)
  @ApiOperation({
    summary: 'What is left under the caps of the bond, of each payer and of each line, at any day',
  })
  @ApiOkResponse({ type: BondHeadroomAnswer })
  headroom(
    @Who() who: PersonActor,
    @Param('bondId') bondId: string,
    @Query() { on }: HeadroomQuery,
  ): Promise<BondHeadroomAnswer> {
    return inSnapshot(this.db, who, async (tx) => {
      const bond = await readBond(tx, bondId);
      const { today } = await coalitionCalendar(tx, bond.coalitionId);
      return toBondHeadroom(await bondHeadroom(tx, bond, on ?? today), bond.currency);
    });
  }

  @Get('outcome-invoices/:outcomeInvoiceId')
  @Allow('outcomeInvoice', ...overseers)
  @ApiOperation({ summary: 'An outcome invoice, what has come of it, and what was cancelled' })
  @ApiOkResponse({ type: OutcomeInvoiceWithReceiptsAnswer })
  get(
    @Who() who: PersonActor,
    @Param('outcomeInvoiceId') invoiceId: string,
  ): Promise<OutcomeInvoiceWithReceiptsAnswer> {
    return inSnapshot(this.db, who, async (tx) => ({
      ...toInvoiceAnswer(await readInvoice(tx, invoiceId)),
      receipts: (await receiptsOf(tx, invoiceId)).map(toReceiptAnswer),
      cancellations: (await cancellationsOf(tx, invoiceId)).map(toCancellationAnswer),
    }));
  }

  @Post('outcome-invoices/:outcomeInvoiceId/receipts')
  @Allow('outcomeInvoice', 'finance')
  @ApiOperation({ summary: 'Record what a payer has paid of an invoice' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ type: OutcomeReceiptAnswer })
  receive(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('outcomeInvoiceId') invoiceId: string,
    @Body() body: RecordReceipt,
  ): Promise<OutcomeReceiptAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toReceiptAnswer(await this.invoices.receive(tx, invoiceId, body)),
    );
  }

  @Post('outcome-invoices/:outcomeInvoiceId/cancellations')
  @Allow('outcomeInvoice', 'finance', 'backbone')
  @ApiOperation({ summary: 'Ask to cancel all that is open of an invoice; others approve' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ type: OutcomeCancellationAnswer })
  cancel(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('outcomeInvoiceId') invoiceId: string,
    @Body() body: CancelOutcomeInvoice,
  ): Promise<OutcomeCancellationAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toCancellationAnswer(await this.cancellations.ask(tx, invoiceId, body)),
    );
  }

  @Post('outcome-receipts/:outcomeReceiptId/reverse')
  @HttpCode(200)
  @Allow('outcomeReceipt', 'finance')
  @ApiOperation({ summary: 'Take back a receipt that was recorded by mistake' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: OutcomeReceiptAnswer })
  reverse(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('outcomeReceiptId') receiptId: string,
    @Body() body: ReverseReceipt,
  ): Promise<OutcomeReceiptAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toReceiptAnswer(await this.invoices.reverse(tx, receiptId, body)),
    );
  }
}
