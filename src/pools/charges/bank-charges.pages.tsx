import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { historyOf } from '../../platform/audit/history.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { ListQuery } from '../../platform/http/list.js';
import { moneyText } from '../../web/format.js';
import { actorOf, Pages, type Refusal, signedInOf } from '../../web/pages.js';
import { readQuery } from '../../web/read-query.js';
import { sharesOfEntry } from '../funder-shares.read.js';
import { poolHeading } from '../pool-heading.js';
import { poolPosition } from '../pool-position.js';
import { readPoolOfPage } from '../pool-view.js';
import { PoolsService } from '../pools.service.js';
import { ReverseBankCharge, TakeBankCharge } from './bank-charge.dto.js';
import { BankChargeFormPage } from './bank-charge-form.js';
import { BankChargePage } from './bank-charge-page.js';
import { listBankCharges, readBankCharge, totalOfBankCharges } from './bank-charges.read.js';
import { BankChargesPage } from './bank-charges-page.js';
import { BankChargesService } from './bank-charges.service.js';

@Controller()
export class BankChargesPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly pools: PoolsService,
    private readonly charges: BankChargesService,
  ) {}

  @Get('pools/:poolId/bank-charges')
  @Allow('pool', ...overseers)
  async list(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    const query = await readQuery(reply, ListQuery);
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      pool: await readPoolOfPage(tx, poolId),
      query,
      charges: await listBankCharges(tx, poolId, query),
      total: await totalOfBankCharges(tx, poolId),
      exchangeLoss: (await poolPosition(tx, poolId)).exchangeLoss,
    }));
    await this.pages.show(reply, poolHeading(view.pool, 'Bank charges'), (page) => (
      <BankChargesPage page={page} view={view} />
    ));
  }

  @Get('pools/:poolId/bank-charges/new')
  @Allow('pool', 'finance')
  async form(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    await this.drawForm(reply, poolId);
  }

  @Post('pools/:poolId/bank-charges')
  @Allow('pool', 'finance')
  async take(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    const { currency } = await inSnapshot(this.db, actorOf(reply), (tx) => this.pools.get(tx, poolId));
    const { locale } = signedInOf(reply);
    await this.pages.submit(reply, {
      input: TakeBankCharge,
      shape: { amounts: { amount: currency } },
      money: true,
      work: async (tx, input) => {
        const { id, amount } = await this.charges.take(tx, poolId, input);
        return { id, money: moneyText(amount, currency, locale) };
      },
      done: ({ id, money }) => ({ to: `/bank-charges/${id}`, say: `A bank charge of ${money} is recorded.` }),
      again: (refusal) => this.drawForm(reply, poolId, refusal),
    });
  }

  @Get('bank-charges/:bankChargeId')
  @Allow('bankCharge', ...overseers)
  async show(@Res() reply: FastifyReply, @Param('bankChargeId') bankChargeId: string): Promise<void> {
    await this.draw(reply, bankChargeId);
  }

  @Post('bank-charges/:bankChargeId/reverse')
  @Allow('bankCharge', 'finance')
  async reverse(@Res() reply: FastifyReply, @Param('bankChargeId') bankChargeId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: ReverseBankCharge,
      money: true,
      work: async (tx, input) => (await this.charges.reverse(tx, bankChargeId, input)).bankReference,
      done: (bankReference) => ({
        to: `/bank-charges/${bankChargeId}`,
        say: `Bank charge ${bankReference} is reversed.`,
      }),
      again: (refusal) => this.draw(reply, bankChargeId, refusal),
    });
  }

  private async drawForm(reply: FastifyReply, poolId: string, refusal?: Refusal): Promise<void> {
    const pool = await inSnapshot(this.db, actorOf(reply), (tx) => readPoolOfPage(tx, poolId));
    await this.pages.show(reply, poolHeading(pool, 'Record a bank charge'), (page) => (
      <BankChargeFormPage page={page} pool={pool} refusal={refusal} />
    ));
  }

  private async draw(reply: FastifyReply, bankChargeId: string, refusal?: Refusal): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const charge = await readBankCharge(tx, bankChargeId);
      return {
        charge,
        shares: await sharesOfEntry(tx, charge.entryId),
        pool: await readPoolOfPage(tx, charge.poolId),
        history: await historyOf(tx, { kind: 'bankCharge', id: bankChargeId }),
      };
    });
    const { pool, charge } = view;
    const crumbs = [
      { label: pool.name, href: `/pools/${pool.id}` },
      { label: 'Bank charges', href: `/pools/${pool.id}/bank-charges` },
      { label: charge.bankReference },
    ];
    await this.pages.show(
      reply,
      { title: `Bank charge ${charge.bankReference}`, section: 'pool', crumbs },
      (page) => <BankChargePage page={page} view={view} refusal={refusal} />,
    );
  }
}
