import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { historyOf } from '../../platform/audit/history.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { CalendarDay } from '../../platform/http/fields.js';
import { moneyText } from '../../web/format.js';
import { coalitionPath } from '../../web/navigation.js';
import { actorOf, type Heading, Pages, type Refusal, signedInOf } from '../../web/pages.js';
import { readQuery } from '../../web/read-query.js';
import { bondHeading } from '../contracts/bond-frame.js';
import { type Bond, readBond } from '../contracts/bonds.read.js';
import { CancelOutcomeInvoice } from './cancellations/cancellation.dto.js';
import { cancellationsOf } from './cancellations/cancellations.read.js';
import { CancellationsService } from './cancellations/cancellations.service.js';
import { bondHeadroom } from './headroom.read.js';
import { RecordReceipt, ReverseReceipt } from './invoice.dto.js';
import { InvoiceQuery, listInvoices, readInvoice, readReceipt, receiptsOf } from './invoices.read.js';
import { InvoicesService } from './invoices.service.js';
import { type InvoiceView, OutcomeInvoicePage, type RefusedInvoice } from './outcome-invoice-page.js';
import { OutcomeReceiptPage } from './outcome-receipt-page.js';
import { PayersPage } from './payers-page.js';

/** The list of invoices, and the day as of which headroom is shown above it. */
class PayersQuery extends InvoiceQuery {
  @CalendarDay({ optional: true }) on?: string;
}

@Controller()
export class PayersPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly invoices: InvoicesService,
    private readonly cancellations: CancellationsService,
  ) {}

  @Get('bonds/:bondId/payers')
  @Allow('bond', ...overseers)
  async list(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    const { on, ...query } = await readQuery(reply, PayersQuery);
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const bond = await readBond(tx, bondId);
      const { today } = await coalitionCalendar(tx, bond.coalitionId);
      const headroom = bond.signedVersion === null ? null : await bondHeadroom(tx, bond, on ?? today);
      return { bond, headroom, invoices: await listInvoices(tx, bondId, query), query, today };
    });
    await this.pages.show(reply, bondHeading(view.bond, 'Payers'), (page) => (
      <PayersPage page={page} view={view} />
    ));
  }

  @Get('outcome-invoices/:outcomeInvoiceId')
  @Allow('outcomeInvoice', ...overseers)
  async show(@Res() reply: FastifyReply, @Param('outcomeInvoiceId') invoiceId: string): Promise<void> {
    await this.drawInvoice(reply, invoiceId);
  }

  @Post('outcome-invoices/:outcomeInvoiceId/receipts')
  @Allow('outcomeInvoice', 'finance')
  async receive(@Res() reply: FastifyReply, @Param('outcomeInvoiceId') invoiceId: string): Promise<void> {
    const { currency } = await inSnapshot(this.db, actorOf(reply), (tx) => readInvoice(tx, invoiceId));
    const { locale } = signedInOf(reply);
    await this.pages.submit(reply, {
      input: RecordReceipt,
      shape: { amounts: { amount: currency } },
      money: true,
      work: async (tx, input) => {
        const { amount } = await this.invoices.receive(tx, invoiceId, input);
        return moneyText(amount, currency, locale);
      },
      done: (money) => ({ to: `/outcome-invoices/${invoiceId}`, say: `${money} is recorded as received.` }),
      again: (refusal) => this.drawInvoice(reply, invoiceId, { ...refusal, of: 'receive' }),
    });
  }

  @Post('outcome-invoices/:outcomeInvoiceId/cancellations')
  @Allow('outcomeInvoice', 'finance', 'backbone')
  async cancel(@Res() reply: FastifyReply, @Param('outcomeInvoiceId') invoiceId: string): Promise<void> {
    const { locale } = signedInOf(reply);
    await this.pages.submit(reply, {
      input: CancelOutcomeInvoice,
      money: true,
      work: async (tx, input) => {
        const { amount, currency } = await this.cancellations.ask(tx, invoiceId, input);
        return moneyText(amount, currency, locale);
      },
      done: (money) => ({
        to: `/outcome-invoices/${invoiceId}`,
        say: `It is asked to cancel ${money}. Others approve it.`,
      }),
      again: (refusal) => this.drawInvoice(reply, invoiceId, { ...refusal, of: 'cancel' }),
    });
  }

  @Get('outcome-receipts/:outcomeReceiptId')
  @Allow('outcomeReceipt', ...overseers)
  async receipt(@Res() reply: FastifyReply, @Param('outcomeReceiptId') receiptId: string): Promise<void> {
    await this.drawReceipt(reply, receiptId);
  }

  @Post('outcome-receipts/:outcomeReceiptId/reverse')
  @Allow('outcomeReceipt', 'finance')
  async reverse(@Res() reply: FastifyReply, @Param('outcomeReceiptId') receiptId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: ReverseReceipt,
      money: true,
      work: async (tx, input) => {
        const { invoiceId, bankReference } = await this.invoices.reverse(tx, receiptId, input);
        return { invoiceId, bankReference };
      },
      done: ({ invoiceId, bankReference }) => ({
        to: `/outcome-invoices/${invoiceId}`,
        say: `Receipt ${bankReference} is reversed. What it paid is open again.`,
      }),
      again: (refusal) => this.drawReceipt(reply, receiptId, refusal),
    });
  }

  private async drawInvoice(reply: FastifyReply, invoiceId: string, refused?: RefusedInvoice): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), (tx) => readInvoiceView(tx, invoiceId));
    const about = { kind: 'outcomeInvoice', id: invoiceId };
    const heading = { ...headingOf(view.bond, `Invoice ${view.invoice.reference}`), about };
    await this.pages.show(reply, heading, (page) => (
      <OutcomeInvoicePage page={page} view={view} refused={refused} />
    ));
  }

  private async drawReceipt(reply: FastifyReply, receiptId: string, refusal?: Refusal): Promise<void> {
    const { bond, view } = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const receipt = await readReceipt(tx, receiptId);
      const invoice = await readInvoice(tx, receipt.invoiceId);
      const calendar = await coalitionCalendar(tx, invoice.coalitionId);
      return {
        bond: await readBond(tx, invoice.bondId),
        view: { receipt, invoice, personId: tx.actor.personId, ...calendar },
      };
    });
    const parent = {
      label: `Invoice ${view.invoice.reference}`,
      href: `/outcome-invoices/${view.invoice.id}`,
    };
    await this.pages.show(reply, headingOf(bond, `Receipt ${view.receipt.bankReference}`, parent), (page) => (
      <OutcomeReceiptPage page={page} view={view} refusal={refusal} />
    ));
  }
}

async function readInvoiceView(tx: Tx, invoiceId: string): Promise<InvoiceView> {
  const invoice = await readInvoice(tx, invoiceId);
  const claim = await tx.row<{ number: number }>(`SELECT number FROM outcome_claims WHERE id = $1`, [
    invoice.sourceId,
  ]);
  return {
    invoice,
    bond: await readBond(tx, invoice.bondId),
    claim: claim ? `Claim ${claim.number}` : null,
    receipts: await receiptsOf(tx, invoiceId),
    cancellations: await cancellationsOf(tx, invoiceId),
    history: await historyOf(tx, { kind: 'outcomeInvoice', id: invoiceId }),
    ...(await coalitionCalendar(tx, invoice.coalitionId)),
  };
}

const headingOf = (bond: Bond, title: string, ...parents: { label: string; href: string }[]): Heading => ({
  title,
  section: 'bonds',
  crumbs: [
    { label: 'Bonds', href: coalitionPath(bond.coalitionId, 'bonds') },
    { label: bond.reference, href: `/bonds/${bond.id}` },
    { label: 'Payers', href: `/bonds/${bond.id}/payers` },
    ...parents,
    { label: title },
  ],
});
