import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { historyOf } from '../../platform/audit/history.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { ListQuery } from '../../platform/http/list.js';
import { moneyText } from '../../web/format.js';
import { actorOf, Pages, type Refusal, signedInOf } from '../../web/pages.js';
import { readQuery } from '../../web/read-query.js';
import { poolHeading } from '../pool-heading.js';
import { readPoolOfPage } from '../pool-view.js';
import { PoolsService } from '../pools.service.js';
import { AskFeePayment, PayFee } from './fee-payment.dto.js';
import { FeePaymentPage } from './fee-payment-page.js';
import { listFeePayments, owedFees, readFeePayment } from './fee-payments.read.js';
import { FeePaymentsService } from './fee-payments.service.js';
import { FeesPage } from './fees-page.js';

@Controller()
export class FeesPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly pools: PoolsService,
    private readonly payments: FeePaymentsService,
  ) {}

  @Get('pools/:poolId/fees')
  @Allow('pool', ...overseers)
  async list(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    await this.drawList(reply, poolId, await readQuery(reply, ListQuery));
  }

  @Post('pools/:poolId/fee-payments')
  @Allow('pool', 'finance')
  async ask(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    const { currency } = await inSnapshot(this.db, actorOf(reply), (tx) => this.pools.get(tx, poolId));
    const { locale } = signedInOf(reply);
    await this.pages.submit(reply, {
      input: AskFeePayment,
      shape: { amounts: { amount: currency } },
      money: true,
      work: async (tx, input) => {
        const { id, amount, host } = await this.payments.ask(tx, poolId, input);
        return { id, host, money: moneyText(amount, currency, locale) };
      },
      done: ({ id, host, money }) => ({
        to: `/fee-payments/${id}`,
        say: `The payment of ${money} to ${host} is asked for. Others approve it.`,
      }),
      again: (refusal) => this.drawList(reply, poolId, { limit: 50 }, refusal),
    });
  }

  @Get('fee-payments/:feePaymentId')
  @Allow('feePayment', ...overseers)
  async show(@Res() reply: FastifyReply, @Param('feePaymentId') feePaymentId: string): Promise<void> {
    await this.draw(reply, feePaymentId);
  }

  @Post('fee-payments/:feePaymentId/pay')
  @Allow('feePayment', 'finance')
  async pay(@Res() reply: FastifyReply, @Param('feePaymentId') feePaymentId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: PayFee,
      money: true,
      work: async (tx, input) => {
        const { bankReference } = await this.payments.pay(tx, feePaymentId, input);
        return bankReference;
      },
      done: (bankReference) => ({
        to: `/fee-payments/${feePaymentId}`,
        say: `The fee is paid: ${bankReference ?? ''}.`,
      }),
      again: (refusal) => this.draw(reply, feePaymentId, refusal),
    });
  }

  private async drawList(
    reply: FastifyReply,
    poolId: string,
    query: ListQuery,
    refusal?: Refusal,
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      pool: await readPoolOfPage(tx, poolId),
      query,
      owed: await owedFees(tx, poolId),
      payments: await listFeePayments(tx, poolId, query),
    }));
    await this.pages.show(reply, poolHeading(view.pool, 'Fees'), (page) => (
      <FeesPage page={page} view={view} refusal={refusal} />
    ));
  }

  private async draw(reply: FastifyReply, feePaymentId: string, refusal?: Refusal): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const payment = await readFeePayment(tx, feePaymentId);
      return {
        payment,
        pool: await readPoolOfPage(tx, payment.poolId),
        history: await historyOf(tx, { kind: 'feePayment', id: feePaymentId }),
      };
    });
    const crumbs = [
      { label: view.pool.name, href: `/pools/${view.pool.id}` },
      { label: 'Fees', href: `/pools/${view.pool.id}/fees` },
      { label: 'Payment to the host' },
    ];
    await this.pages.show(reply, { title: 'Payment to the host', section: 'pool', crumbs }, (page) => (
      <FeePaymentPage page={page} view={view} refusal={refusal} />
    ));
  }
}
