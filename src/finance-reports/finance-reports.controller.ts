import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Res,
  StreamableFile,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { PersonActor } from '../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { fieldError } from '../platform/errors/domain-error.js';
import { readStoredFile } from '../platform/files/files.js';
import { Allow, overseers } from '../platform/http/access.js';
import { type Page, pageOf } from '../platform/http/list.js';
import { IfMatch, Who } from '../platform/http/request.js';
import {
  reportMakers,
  ReportRunAnswer,
  ReportRunQuery,
  ReportRunWithProofAnswer,
  RunReport,
  toRunAnswer,
  toRunWithProof,
} from './run.dto.js';
import { deliveriesOf, listRuns, readRun } from './runs.read.js';
import { RunsService } from './runs.service.js';
import {
  ChangeSubscription,
  Subscribe,
  SubscriptionAnswer,
  SubscriptionQuery,
  toSubscriptionAnswer,
} from './subscription.dto.js';
import { type Subscription, SubscriptionsService } from './subscriptions.service.js';

const RunPage = pageOf(ReportRunAnswer);

@ApiTags('Finance reports')
@ApiBearerAuth()
@Controller('api/v1')
export class FinanceReportsController {
  constructor(
    private readonly db: Database,
    private readonly runs: RunsService,
    private readonly subscriptions: SubscriptionsService,
  ) {}

  @Post('pools/:poolId/finance-reports')
  @Allow('pool', ...reportMakers)
  @ApiOperation({ summary: 'Make a report now, as of any instant' })
  @ApiCreatedResponse({ type: ReportRunWithProofAnswer })
  make(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Body() body: RunReport,
  ): Promise<ReportRunWithProofAnswer> {
    return inTransaction(this.db, who, async (tx) => {
      const run = await this.runs.make(tx, { poolId, kind: body.kind, asOf: readInstant(body.asOf, tx.now) });
      return toRunWithProof(run, []);
    });
  }

  @Get('pools/:poolId/report-runs')
  @Allow('pool', ...overseers)
  @ApiOperation({ summary: 'The reports of a pool that were made' })
  @ApiOkResponse({ type: RunPage })
  async list(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Query() query: ReportRunQuery,
  ): Promise<Page<ReportRunAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listRuns(tx, poolId, query));
    return { ...page, items: page.items.map(toRunAnswer) };
  }

  @Get('report-runs/:reportRunId')
  @Allow('reportRun', ...overseers)
  @ApiOperation({ summary: 'A report and its proof: as-of, control totals, hashes, deliveries' })
  @ApiOkResponse({ type: ReportRunWithProofAnswer })
  get(@Who() who: PersonActor, @Param('reportRunId') id: string): Promise<ReportRunWithProofAnswer> {
    return inSnapshot(this.db, who, async (tx) =>
      toRunWithProof(await readRun(tx, id), await deliveriesOf(tx, id)),
    );
  }

  @Post('report-runs/:reportRunId/again')
  @Allow('reportRun', ...reportMakers)
  @ApiOperation({ summary: 'Make it again as of then: the same figures, the same hash' })
  @ApiCreatedResponse({ type: ReportRunWithProofAnswer })
  again(@Who() who: PersonActor, @Param('reportRunId') id: string): Promise<ReportRunWithProofAnswer> {
    return inTransaction(this.db, who, async (tx) => toRunWithProof(await this.runs.again(tx, id), []));
  }

  @Get('report-runs/:reportRunId/files/:format')
  @Allow('reportRun', ...overseers)
  @ApiOperation({ summary: 'The file of a report' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async download(
    @Who() who: PersonActor,
    @Param('reportRunId') id: string,
    @Param('format') format: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { file, stored } = await inSnapshot(this.db, who, async (tx) => {
      const found = await this.runs.file(tx, id, format);
      return { file: found, stored: await readStoredFile(tx, found.fileId) };
    });
    void reply.header('ETag', `"${file.sha256}"`);
    return new StreamableFile(stored.content, {
      type: `${stored.mediaType}; charset=utf-8`,
      disposition: `attachment; filename="${file.fileName}"`,
    });
  }

  @Post('pools/:poolId/subscriptions')
  @Allow('pool', ...reportMakers)
  @ApiOperation({ summary: 'Subscribe people to a report' })
  @ApiCreatedResponse({ type: SubscriptionAnswer })
  subscribe(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Body() body: Subscribe,
  ): Promise<SubscriptionAnswer> {
    return this.answer(who, (tx) => this.subscriptions.subscribe(tx, poolId, body));
  }

  @Get('pools/:poolId/subscriptions')
  @Allow('pool', ...overseers)
  @ApiOperation({ summary: 'The subscriptions to reports of a pool' })
  @ApiOkResponse({ type: pageOf(SubscriptionAnswer) })
  ofPool(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Query() query: SubscriptionQuery,
  ): Promise<Page<SubscriptionAnswer>> {
    return inSnapshot(this.db, who, async (tx) => {
      const page = await this.subscriptions.ofPool(tx, poolId, query);
      return { ...page, items: page.items.map((one) => toSubscriptionAnswer(one, tx.now)) };
    });
  }

  @Get('subscriptions/:subscriptionId')
  @Allow('subscription', ...overseers)
  @ApiOperation({ summary: 'A subscription and when it comes round' })
  @ApiOkResponse({ type: SubscriptionAnswer })
  subscription(@Who() who: PersonActor, @Param('subscriptionId') id: string): Promise<SubscriptionAnswer> {
    return this.answer(who, (tx) => this.subscriptions.get(tx, id));
  }

  @Patch('subscriptions/:subscriptionId')
  @Allow('subscription', ...reportMakers)
  @ApiOperation({ summary: 'Change when a report comes round, or who receives it' })
  @ApiOkResponse({ type: SubscriptionAnswer })
  change(
    @Who() who: PersonActor,
    @Param('subscriptionId') id: string,
    @IfMatch() version: number,
    @Body() body: ChangeSubscription,
  ): Promise<SubscriptionAnswer> {
    return this.answer(who, (tx) => this.subscriptions.change(tx, id, version, body));
  }

  @Post('subscriptions/:subscriptionId/pause')
  @HttpCode(200)
  @Allow('subscription', ...reportMakers)
  @ApiOperation({ summary: 'Send nothing for a while' })
  @ApiOkResponse({ type: SubscriptionAnswer })
  pause(@Who() who: PersonActor, @Param('subscriptionId') id: string): Promise<SubscriptionAnswer> {
    return this.answer(who, (tx) => this.subscriptions.pause(tx, id));
  }

  @Post('subscriptions/:subscriptionId/resume')
  @HttpCode(200)
  @Allow('subscription', ...reportMakers)
  @ApiOperation({ summary: 'Send it again from the next time on' })
  @ApiOkResponse({ type: SubscriptionAnswer })
  resume(@Who() who: PersonActor, @Param('subscriptionId') id: string): Promise<SubscriptionAnswer> {
    return this.answer(who, (tx) => this.subscriptions.resume(tx, id));
  }

  @Post('subscriptions/:subscriptionId/end')
  @HttpCode(200)
  @Allow('subscription', ...reportMakers)
  @ApiOperation({ summary: 'End a subscription for good' })
  @ApiOkResponse({ type: SubscriptionAnswer })
  end(@Who() who: PersonActor, @Param('subscriptionId') id: string): Promise<SubscriptionAnswer> {
    return this.answer(who, (tx) => this.subscriptions.end(tx, id));
  }

  private answer(who: PersonActor, work: (tx: Tx) => Promise<Subscription>): Promise<SubscriptionAnswer> {
    return inTransaction(this.db, who, async (tx) => toSubscriptionAnswer(await work(tx), tx.now));
  }
}

/** An instant that is over, or now. @throws invalidInput naming /asOf */
export function readInstant(text: string | undefined, now: Date): Date {
  if (text === undefined) return now;
  const instant = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text) || Number.isNaN(instant.getTime())) {
    throw fieldError('invalidInput', '/asOf', 'asOf is not an instant such as 2026-10-31T23:59:59Z.');
  }
  if (instant > now)
    throw fieldError('ruleBroken', '/asOf', 'A report can only look back. Choose an instant that is over.');
  return instant;
}
