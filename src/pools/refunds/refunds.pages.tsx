import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { historyOf } from '../../platform/audit/history.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { ListQuery } from '../../platform/http/list.js';
import { moneyText } from '../../web/format.js';
import { actorOf, Pages, type Refusal, signedInOf } from '../../web/pages.js';
import { readQuery } from '../../web/read-query.js';
import type { NamedShare } from '../funder-shares-card.js';
import { poolHeading } from '../pool-heading.js';
import { poolPosition } from '../pool-position.js';
import { readPoolOfPage } from '../pool-view.js';
import { PoolsService } from '../pools.service.js';
import { AskRefund, PayRefund, WithdrawRefund } from './refund.dto.js';
import { RefundFormPage } from './refund-form.js';
import { RefundPage } from './refund-page.js';
import { listRefunds, readRefund, sharesOfRefund } from './refunds.read.js';
import { RefundsPage } from './refunds-page.js';
import { RefundsService } from './refunds.service.js';

@Controller()
export class RefundsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly pools: PoolsService,
    private readonly refunds: RefundsService,
  ) {}

  @Get('pools/:poolId/refunds')
  @Allow('pool', ...overseers)
  async list(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    const query = await readQuery(reply, ListQuery);
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      pool: await readPoolOfPage(tx, poolId),
      query,
      refunds: await listRefunds(tx, poolId, query),
    }));
    await this.pages.show(reply, poolHeading(view.pool, 'Refunds'), (page) => (
      <RefundsPage page={page} view={view} />
    ));
  }

  @Get('pools/:poolId/refunds/new')
  @Allow('pool', 'finance')
  async form(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    await this.drawForm(reply, poolId);
  }

  @Post('pools/:poolId/refunds/preview')
  @Allow('pool', 'finance')
  async preview(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    const { currency } = await inSnapshot(this.db, actorOf(reply), (tx) => this.pools.get(tx, poolId));
    await this.pages.submit(reply, {
      input: AskRefund,
      shape: { amounts: { amount: currency } },
      work: (tx, { amount }) => this.refunds.preview(tx, poolId, amount),
      done: (shares, values) => ({
        draw: () => this.drawForm(reply, poolId, { values, errors: [], detail: '' }, shares),
      }),
      again: (refusal) => this.drawForm(reply, poolId, refusal),
    });
  }

  @Post('pools/:poolId/refunds')
  @Allow('pool', 'finance')
  async ask(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    const { currency } = await inSnapshot(this.db, actorOf(reply), (tx) => this.pools.get(tx, poolId));
    const { locale } = signedInOf(reply);
    await this.pages.submit(reply, {
      input: AskRefund,
      shape: { amounts: { amount: currency } },
      money: true,
      work: async (tx, input) => {
        const { id, amount } = await this.refunds.ask(tx, poolId, input);
        return { id, money: moneyText(amount, currency, locale) };
      },
      done: ({ id, money }) => ({
        to: `/refunds/${id}`,
        say: `A refund of ${money} is asked for. Others approve it.`,
      }),
      again: (refusal) => this.drawForm(reply, poolId, refusal),
    });
  }

  @Get('refunds/:refundId')
  @Allow('refund', ...overseers)
  async show(@Res() reply: FastifyReply, @Param('refundId') refundId: string): Promise<void> {
    await this.draw(reply, refundId);
  }

  @Post('refunds/:refundId/pay')
  @Allow('refund', 'finance')
  async pay(@Res() reply: FastifyReply, @Param('refundId') refundId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: PayRefund,
      money: true,
      work: async (tx, input) => {
        const { bankReference } = await this.refunds.pay(tx, refundId, input);
        return { bankReference };
      },
      done: ({ bankReference }) => ({
        to: `/refunds/${refundId}`,
        say: `The refund is paid: ${bankReference}.`,
      }),
      again: (refusal) => this.draw(reply, refundId, refusal),
    });
  }

  @Post('refunds/:refundId/withdraw')
  @Allow('refund', 'finance')
  async withdraw(@Res() reply: FastifyReply, @Param('refundId') refundId: string): Promise<void> {
    const to = `/refunds/${refundId}`;
    await this.pages.submit(reply, {
      input: WithdrawRefund,
      work: (tx, { reason }) => this.refunds.withdraw(tx, refundId, reason),
      done: () => ({ to, say: 'The refund is taken back.' }),
      again: ({ errors, detail }) => this.pages.refuse(reply, to, errors[0]?.message ?? detail),
    });
  }

  private async drawForm(
    reply: FastifyReply,
    poolId: string,
    refusal?: Refusal,
    shares?: readonly NamedShare[],
  ): Promise<void> {
    const { pool, position } = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      pool: await readPoolOfPage(tx, poolId),
      position: await poolPosition(tx, poolId),
    }));
    await this.pages.show(reply, poolHeading(pool, 'Ask for a refund'), (page) => (
      <RefundFormPage page={page} pool={pool} position={position} refusal={refusal} shares={shares} />
    ));
  }

  private async draw(reply: FastifyReply, refundId: string, refusal?: Refusal): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const refund = await readRefund(tx, refundId);
      return {
        refund,
        shares: await sharesOfRefund(tx, refundId),
        pool: await readPoolOfPage(tx, refund.poolId),
        history: await historyOf(tx, { kind: 'refund', id: refundId }),
        ...(await coalitionCalendar(tx, refund.coalitionId)),
      };
    });
    const crumbs = [
      { label: view.pool.name, href: `/pools/${view.pool.id}` },
      { label: 'Refunds', href: `/pools/${view.pool.id}/refunds` },
      { label: 'Refund' },
    ];
    await this.pages.show(reply, { title: 'Refund', section: 'pool', crumbs }, (page) => (
      <RefundPage page={page} view={view} refusal={refusal} />
    ));
  }
}
