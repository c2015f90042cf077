import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../../../coalitions/coalition.js';
import { Database, inSnapshot } from '../../../platform/database/database.js';
import { Allow, overseers } from '../../../platform/http/access.js';
import { moneyText } from '../../../web/format.js';
import { actorOf, Pages, type Refusal, signedInOf } from '../../../web/pages.js';
import { bondHeading } from '../../contracts/bond-frame.js';
import { readBond } from '../../contracts/bonds.read.js';
import { bondTill, unpromised } from '../bond-till.js';
import { AskAdvance, PayOutOfBond, WithdrawBondPayment } from './advance.dto.js';
import { AdvanceFormPage } from './advance-form-page.js';
import type { RefusedPayment } from '../bond-payment-forms.js';
import { AdvancePage } from './advance-page.js';
import { readAdvance } from './advances.read.js';
import { AdvancesService } from './advances.service.js';

@Controller()
export class AdvancesPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly advances: AdvancesService,
  ) {}

  @Get('bonds/:bondId/provider-advances/new')
  @Allow('bond', 'finance', 'backbone')
  async blank(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    await this.drawForm(reply, bondId);
  }

  @Post('bonds/:bondId/provider-advances')
  @Allow('bond', 'finance', 'backbone')
  async ask(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    const { currency } = await inSnapshot(this.db, actorOf(reply), (tx) => readBond(tx, bondId));
    const { locale } = signedInOf(reply);
    await this.pages.submit(reply, {
      input: AskAdvance,
      shape: { amounts: { amount: currency } },
      money: true,
      work: async (tx, input) => {
        const { id, amount } = await this.advances.ask(tx, bondId, input);
        return { id, money: moneyText(amount, currency, locale) };
      },
      done: ({ id, money }) => ({
        to: `/provider-advances/${id}`,
        say: `${money} is asked for. Others approve it.`,
      }),
      again: (refusal) => this.drawForm(reply, bondId, refusal),
    });
  }

  @Get('provider-advances/:providerAdvanceId')
  @Allow('providerAdvance', ...overseers, 'partner')
  async show(@Res() reply: FastifyReply, @Param('providerAdvanceId') advanceId: string): Promise<void> {
    await this.drawAdvance(reply, advanceId);
  }

  @Post('provider-advances/:providerAdvanceId/pay')
  @Allow('providerAdvance', 'finance')
  async pay(@Res() reply: FastifyReply, @Param('providerAdvanceId') advanceId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: PayOutOfBond,
      money: true,
      work: async (tx, input) => (await this.advances.pay(tx, advanceId, input)).provider,
      done: (provider) => ({
        to: `/provider-advances/${advanceId}`,
        say: `The advance to ${provider} is recorded as paid.`,
      }),
      again: (refusal) => this.drawAdvance(reply, advanceId, { ...refusal, of: 'pay' }),
    });
  }

  @Post('provider-advances/:providerAdvanceId/withdraw')
  @Allow('providerAdvance', 'finance', 'backbone')
  async withdraw(@Res() reply: FastifyReply, @Param('providerAdvanceId') advanceId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: WithdrawBondPayment,
      work: async (tx, { reason }) => (await this.advances.withdraw(tx, advanceId, reason)).provider,
      done: (provider) => ({
        to: `/provider-advances/${advanceId}`,
        say: `The advance to ${provider} is taken back.`,
      }),
      again: (refusal) => this.drawAdvance(reply, advanceId, { ...refusal, of: 'withdraw' }),
    });
  }

  private async drawForm(reply: FastifyReply, bondId: string, refusal?: Refusal): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      bond: await readBond(tx, bondId),
      free: unpromised(await bondTill(tx, bondId)),
    }));
    await this.pages.show(reply, bondHeading(view.bond, 'Ask for an advance'), (page) => (
      <AdvanceFormPage page={page} view={view} refusal={refusal} />
    ));
  }

  private async drawAdvance(reply: FastifyReply, advanceId: string, refused?: RefusedPayment): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const advance = await readAdvance(tx, advanceId);
      const bond = await readBond(tx, advance.bondId);
      return { advance, bond, ...(await coalitionCalendar(tx, advance.coalitionId)) };
    });
    await this.pages.show(reply, bondHeading(view.bond, 'Advance'), (page) => (
      <AdvancePage page={page} view={view} refused={refused} />
    ));
  }
}
