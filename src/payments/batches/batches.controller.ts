import { Body, Controller, Get, HttpCode, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { readStoredFile } from '../../platform/files/files.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { type Page, pageOf } from '../../platform/http/list.js';
import { once } from '../../platform/http/once.js';
import { type Claim, Claimed, Who } from '../../platform/http/request.js';
import {
  BatchAnswer,
  BatchQuery,
  BatchWithLinesAnswer,
  MakeBatch,
  SettleBatch,
  toBatchAnswer,
  toBatchWithLines,
  WithdrawBatch,
} from './batch.dto.js';
import { type Batch, batchFiles, listBatches, readBatch, readBatchLines } from './batches.read.js';
import { BatchesService } from './batches.service.js';

const BatchPage = pageOf(BatchAnswer);

@ApiTags('Payment batches')
@ApiBearerAuth()
@Controller('api/v1')
export class BatchesController {
  constructor(
    private readonly db: Database,
    private readonly batches: BatchesService,
  ) {}

  @Post('pools/:poolId/payment-batches')
  @Allow('pool', 'finance')
  @ApiOperation({ summary: 'Gather approved payments into a batch; another person releases it' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ type: BatchWithLinesAnswer })
  make(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('poolId') poolId: string,
    @Body() body: MakeBatch,
  ): Promise<BatchWithLinesAnswer> {
    return once(this.db, who, claim, async (tx) => whole(tx, await this.batches.make(tx, poolId, body)));
  }

  @Get('pools/:poolId/payment-batches')
  @Allow('pool', ...overseers)
  @ApiOperation({ summary: 'The payment batches of a pool, newest first' })
  @ApiOkResponse({ type: BatchPage })
  async list(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Query() query: BatchQuery,
  ): Promise<Page<BatchAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listBatches(tx, { poolId }, query));
    return { ...page, items: page.items.map(toBatchAnswer) };
  }

  @Get('payment-batches/:paymentBatchId')
  @Allow('paymentBatch', ...overseers)
  @ApiOperation({ summary: 'A payment batch with its lines and files' })
  @ApiOkResponse({ type: BatchWithLinesAnswer })
  get(@Who() who: PersonActor, @Param('paymentBatchId') id: string): Promise<BatchWithLinesAnswer> {
    return inSnapshot(this.db, who, async (tx) => whole(tx, await readBatch(tx, id)));
  }

  @Get('payment-batches/:paymentBatchId/files/:format')
  @Allow('paymentBatch', 'finance')
  @ApiOperation({ summary: 'The file for the bank: the same bytes each time' })
  @ApiProduces('application/xml')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async file(
    @Who() who: PersonActor,
    @Param('paymentBatchId') id: string,
    @Param('format') format: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { batch, file, content } = await inSnapshot(this.db, who, async (tx) => {
      const found = (await batchFiles(tx, id)).find((one) => one.format === format);
      if (!found) throw notFound('file');
      return { batch: await readBatch(tx, id), file: found, ...(await readStoredFile(tx, found.fileId)) };
    });
    void reply.header('ETag', `"${file.sha256}"`);
    return new StreamableFile(content, {
      type: 'application/xml; charset=utf-8',
      disposition: `attachment; filename="batch-${batch.number}-${batch.executionOn}.${file.format}.xml"`,
    });
  }

  @Post('payment-batches/:paymentBatchId/send')
  @HttpCode(200)
  @Allow('paymentBatch', 'finance')
  @ApiOperation({ summary: 'Say that the file has gone to the bank' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: BatchWithLinesAnswer })
  send(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('paymentBatchId') id: string,
  ): Promise<BatchWithLinesAnswer> {
    return once(this.db, who, claim, async (tx) => whole(tx, await this.batches.send(tx, id)));
  }

  @Post('payment-batches/:paymentBatchId/withdraw')
  @HttpCode(200)
  @Allow('paymentBatch', 'finance')
  @ApiOperation({ summary: 'Withdraw a batch that the bank has not got: its payments are approved again' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: BatchWithLinesAnswer })
  withdraw(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('paymentBatchId') id: string,
    @Body() body: WithdrawBatch,
  ): Promise<BatchWithLinesAnswer> {
    return once(this.db, who, claim, async (tx) =>
      whole(tx, await this.batches.withdraw(tx, id, body.reason)),
    );
  }

  @Post('payment-batches/:paymentBatchId/settle')
  @HttpCode(200)
  @Allow('paymentBatch', 'finance')
  @ApiOperation({ summary: 'Record that the bank has made all payments, each under its EndToEndId' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: BatchWithLinesAnswer })
  settle(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('paymentBatchId') id: string,
    @Body() body: SettleBatch,
  ): Promise<BatchWithLinesAnswer> {
    return once(this.db, who, claim, async (tx) => whole(tx, await this.batches.settle(tx, id, body.paidOn)));
  }
}

const whole = async (tx: Tx, batch: Batch): Promise<BatchWithLinesAnswer> =>
  toBatchWithLines(batch, await readBatchLines(tx, batch), await batchFiles(tx, batch.id));
