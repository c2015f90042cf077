import { Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { holidayCalendar } from '../../maths/business-day.js';
import { isDay } from '../../maths/day.js';
import { historyOf } from '../../platform/audit/history.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { writeFlash } from '../../web/flash.js';
import { coalitionPath } from '../../web/navigation.js';
import { actorOf, type Heading, Pages, type Refusal } from '../../web/pages.js';
import { readPoolAccount } from '../pool-accounts/pool-accounts.read.js';
import { firstExecutionDay } from './batch.rules.js';
import { BatchQuery, ChosenPayments, MakeBatch, SettleBatch, WithdrawBatch } from './batch.dto.js';
import { BatchFormPage, type BatchFormView } from './batch-form-page.js';
import { BatchPage } from './batch-page.js';
import { batchFiles, listBatches, readBatch, readBatchLines, readCandidates } from './batches.read.js';
import { BatchesPage } from './batches-page.js';
import { BatchesService } from './batches.service.js';

const heading = (coalitionId: string, title: string): Heading => ({
  title,
  section: 'payments',
  crumbs: [
    { label: 'Payments', href: coalitionPath(coalitionId, 'payments') },
    { label: 'Batches', href: `${coalitionPath(coalitionId, 'payments')}/batches` },
    { label: title },
  ],
});

@Controller()
export class BatchesPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly batches: BatchesService,
  ) {}

  @Get('coalitions/:coalitionId/payments/batches')
  @Allow('coalition', ...overseers)
  async list(
    @Res() reply: FastifyReply,
    @Param('coalitionId') coalitionId: string,
    @Query() query: BatchQuery,
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      coalitionId,
      query,
      batches: await listBatches(tx, { coalitionId }, query),
      today: (await coalitionCalendar(tx, coalitionId)).today,
    }));
    const crumbs = [
      { label: 'Payments', href: coalitionPath(coalitionId, 'payments') },
      { label: 'Batches' },
    ];
    await this.pages.show(reply, { title: 'Batches', section: 'payments', crumbs }, (page) => (
      <BatchesPage page={page} view={view} />
    ));
  }

  @Get('pools/:poolId/payment-batches/new')
  @Allow('pool', 'finance')
  async form(
    @Res() reply: FastifyReply,
    @Param('poolId') poolId: string,
    @Query() { disbursementIds }: ChosenPayments,
  ): Promise<void> {
    await this.drawForm(reply, poolId, disbursementIds);
  }

  @Post('pools/:poolId/payment-batches')
  @Allow('pool', 'finance')
  async make(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: MakeBatch,
      money: true,
      work: async (tx, input) => {
        const { id, number } = await this.batches.make(tx, poolId, input);
        return { id, number };
      },
      done: ({ id, number }) => ({
        to: `/payment-batches/${id}`,
        say: `Batch ${number} is made. A second person releases it now.`,
      }),
      again: (refusal) => {
        const { disbursementIds } = refusal.values;
        const chosen = Array.isArray(disbursementIds) ? disbursementIds.map(String) : [];
        return this.drawForm(reply, poolId, chosen, refusal);
      },
    });
  }

  @Get('payment-batches/:paymentBatchId')
  @Allow('paymentBatch', ...overseers)
  async show(@Res() reply: FastifyReply, @Param('paymentBatchId') id: string): Promise<void> {
    await this.draw(reply, id);
  }

  @Post('payment-batches/:paymentBatchId/send')
  @Allow('paymentBatch', 'finance')
  async send(@Res() reply: FastifyReply, @Param('paymentBatchId') id: string): Promise<void> {
    await this.pages.press(reply, {
      money: true,
      work: async (tx) => (await this.batches.send(tx, id)).number,
      done: (number) => ({ to: `/payment-batches/${id}`, say: `Batch ${number} is at the bank.` }),
      back: `/payment-batches/${id}`,
    });
  }

  @Post('payment-batches/:paymentBatchId/withdraw')
  @Allow('paymentBatch', 'finance')
  async withdraw(@Res() reply: FastifyReply, @Param('paymentBatchId') id: string): Promise<void> {
    await this.pages.submit(reply, {
      input: WithdrawBatch,
      money: true,
      work: async (tx, { reason }) => (await this.batches.withdraw(tx, id, reason)).number,
      done: (number) => ({
        to: `/payment-batches/${id}`,
        say: `Batch ${number} is withdrawn. Its payments are free for another.`,
      }),
      again: (refusal) => this.draw(reply, id, { ...refusal, of: 'withdraw' }),
    });
  }

  @Post('payment-batches/:paymentBatchId/settle')
  @Allow('paymentBatch', 'finance')
  async settle(@Res() reply: FastifyReply, @Param('paymentBatchId') id: string): Promise<void> {
    await this.pages.submit(reply, {
      input: SettleBatch,
      money: true,
      work: async (tx, { paidOn }) => (await this.batches.settle(tx, id, paidOn)).number,
      done: (number) => ({
        to: `/payment-batches/${id}`,
        say: `All payments of batch ${number} are recorded, and whose money they were.`,
      }),
      again: (refusal) => this.draw(reply, id, { ...refusal, of: 'settle' }),
    });
  }

  private async draw(
    reply: FastifyReply,
    id: string,
    refusal?: Refusal & { of: 'withdraw' | 'settle' },
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const batch = await readBatch(tx, id);
      return {
        batch,
        lines: await readBatchLines(tx, batch),
        files: await batchFiles(tx, id),
        history: await historyOf(tx, { kind: 'paymentBatch', id }),
        ...(await coalitionCalendar(tx, batch.coalitionId)),
      };
    });
    await this.pages.show(reply, heading(view.batch.coalitionId, `Batch ${view.batch.number}`), (page) => (
      <BatchPage page={page} view={view} refusal={refusal} />
    ));
  }

  private async drawForm(
    reply: FastifyReply,
    poolId: string,
    ids: string[],
    refusal?: Refusal,
  ): Promise<void> {
    const typed = refusal?.values.executionOn;
    const view = await inSnapshot(this.db, actorOf(reply), (tx) =>
      readForm(tx, poolId, ids, typeof typed === 'string' && isDay(typed) ? typed : undefined),
    );
    if (view.chosen.length === 0) {
      writeFlash(reply, { kind: 'problem', text: 'Choose at least one approved payment.' });
      return void (await reply.redirect(coalitionPath(view.pool.coalitionId, 'payments'), 303));
    }
    await this.pages.show(reply, heading(view.pool.coalitionId, 'Make a batch'), (page) => (
      <BatchFormPage page={page} view={view} refusal={refusal} />
    ));
  }
}

async function readForm(tx: Tx, poolId: string, ids: string[], typed?: string): Promise<BatchFormView> {
  const pool = await tx.row<BatchFormView['pool']>(
    `SELECT id, coalition_id AS "coalitionId", name, currency FROM pools WHERE id = $1`,
    [poolId],
  );
  if (!pool) throw notFound('pool');
  const { today, holidays } = await coalitionCalendar(tx, pool.coalitionId);
  const executionOn = typed ?? firstExecutionDay(today, holidayCalendar(holidays));
  const chosen = await readCandidates(tx, poolId, ids, executionOn);
  return { pool, debtor: await readPoolAccount(tx, poolId), chosen, executionOn, today };
}
