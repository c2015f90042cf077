import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../../../coalitions/coalition.js';
import { Database, inSnapshot } from '../../../platform/database/database.js';
import { Allow, overseers } from '../../../platform/http/access.js';
import { moneyText } from '../../../web/format.js';
import { actorOf, Pages, type Refusal, signedInOf } from '../../../web/pages.js';
import { bondHeading } from '../../contracts/bond-frame.js';
import { readBond } from '../../contracts/bonds.read.js';
import { investorStandings } from '../investor-flows.read.js';
import { CallFormPage } from './call-form-page.js';
import { CallPage, type RefusedCall } from './call-page.js';
import { CallDrawdown, CancelCall, RecordDrawdown, ReverseDrawdown } from './drawdown.dto.js';
import { DrawdownReceiptPage } from './drawdown-receipt-page.js';
import { readCall, readDrawdownReceipt, receiptsOfCall } from './drawdowns.read.js';
import { DrawdownsService } from './drawdowns.service.js';

@Controller()
export class DrawdownsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly drawdowns: DrawdownsService,
  ) {}

  @Get('bonds/:bondId/drawdown-calls/new')
  @Allow('bond', 'finance')
  async blank(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    await this.drawForm(reply, bondId);
  }

  @Post('bonds/:bondId/drawdown-calls')
  @Allow('bond', 'finance')
  async call(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    const { currency } = await inSnapshot(this.db, actorOf(reply), (tx) => readBond(tx, bondId));
    const { locale } = signedInOf(reply);
    await this.pages.submit(reply, {
      input: CallDrawdown,
      shape: { amounts: { amount: currency } },
      money: true,
      work: async (tx, input) => {
        const { id, reference, amount } = await this.drawdowns.call(tx, bondId, input);
        return { id, reference, money: moneyText(amount, currency, locale) };
      },
      done: ({ id, reference, money }) => ({
        to: `/drawdown-calls/${id}`,
        say: `${money} is called as ${reference}.`,
      }),
      again: (refusal) => this.drawForm(reply, bondId, refusal),
    });
  }

  @Get('drawdown-calls/:drawdownCallId')
  @Allow('drawdownCall', ...overseers)
  async show(@Res() reply: FastifyReply, @Param('drawdownCallId') callId: string): Promise<void> {
    await this.drawCall(reply, callId);
  }

  @Post('drawdown-calls/:drawdownCallId/receipts')
  @Allow('drawdownCall', 'finance')
  async receive(@Res() reply: FastifyReply, @Param('drawdownCallId') callId: string): Promise<void> {
    const { currency } = await inSnapshot(this.db, actorOf(reply), (tx) => readCall(tx, callId));
    const { locale } = signedInOf(reply);
    await this.pages.submit(reply, {
      input: RecordDrawdown,
      shape: { amounts: { amount: currency } },
      money: true,
      work: async (tx, input) => {
        const { amount } = await this.drawdowns.receive(tx, callId, input);
        return moneyText(amount, currency, locale);
      },
      done: (money) => ({ to: `/drawdown-calls/${callId}`, say: `${money} is recorded as received.` }),
      again: (refusal) => this.drawCall(reply, callId, { ...refusal, of: 'receive' }),
    });
  }

  @Post('drawdown-calls/:drawdownCallId/cancel')
  @Allow('drawdownCall', 'finance')
  async cancel(@Res() reply: FastifyReply, @Param('drawdownCallId') callId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: CancelCall,
      work: async (tx, { reason }) => (await this.drawdowns.cancel(tx, callId, reason)).reference,
      done: (reference) => ({
        to: `/drawdown-calls/${callId}`,
        say: `${reference} is cancelled. What came of it stays.`,
      }),
      again: (refusal) => this.drawCall(reply, callId, { ...refusal, of: 'cancel' }),
    });
  }

  @Get('drawdown-receipts/:drawdownReceiptId')
  @Allow('drawdownReceipt', ...overseers)
  async receipt(@Res() reply: FastifyReply, @Param('drawdownReceiptId') receiptId: string): Promise<void> {
    await this.drawReceipt(reply, receiptId);
  }

  @Post('drawdown-receipts/:drawdownReceiptId/reverse')
  @Allow('drawdownReceipt', 'finance')
  async reverse(@Res() reply: FastifyReply, @Param('drawdownReceiptId') receiptId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: ReverseDrawdown,
      money: true,
      work: async (tx, input) => {
        const { callId, bankReference } = await this.drawdowns.reverse(tx, receiptId, input);
        return { callId, bankReference };
      },
      done: ({ callId, bankReference }) => ({
        to: `/drawdown-calls/${callId}`,
        say: `Receipt ${bankReference} is reversed. What it brought is open again.`,
      }),
      again: (refusal) => this.drawReceipt(reply, receiptId, refusal),
    });
  }

  private async drawForm(reply: FastifyReply, bondId: string, refusal?: Refusal): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const bond = await readBond(tx, bondId);
      const investors = bond.signedVersion === null ? [] : await investorStandings(tx, bond);
      return { bond, investors, ...(await coalitionCalendar(tx, bond.coalitionId)) };
    });
    await this.pages.show(reply, bondHeading(view.bond, 'Call capital'), (page) => (
      <CallFormPage page={page} view={view} refusal={refusal} />
    ));
  }

  private async drawCall(reply: FastifyReply, callId: string, refused?: RefusedCall): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const call = await readCall(tx, callId);
      return {
        call,
        bond: await readBond(tx, call.bondId),
        receipts: await receiptsOfCall(tx, callId),
        ...(await coalitionCalendar(tx, call.coalitionId)),
      };
    });
    const about = { kind: 'drawdownCall', id: callId };
    const heading = { ...bondHeading(view.bond, `Call ${view.call.reference}`), about };
    await this.pages.show(reply, heading, (page) => <CallPage page={page} view={view} refused={refused} />);
  }

  private async drawReceipt(reply: FastifyReply, receiptId: string, refusal?: Refusal): Promise<void> {
    const { bond, view } = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const receipt = await readDrawdownReceipt(tx, receiptId);
      const call = await readCall(tx, receipt.callId);
      const calendar = await coalitionCalendar(tx, call.coalitionId);
      const view = { receipt, call, personId: tx.actor.personId, ...calendar };
      return { bond: await readBond(tx, call.bondId), view };
    });
    await this.pages.show(reply, bondHeading(bond, `Receipt ${view.receipt.bankReference}`), (page) => (
      <DrawdownReceiptPage page={page} view={view} refusal={refusal} />
    ));
  }
}
