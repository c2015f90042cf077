import { Body, Controller, Get, HttpCode, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { fieldError } from '../../platform/errors/domain-error.js';
import { fileStream } from '../../platform/files/file-parts.js';
import { Allow, AnyPerson, overseers } from '../../platform/http/access.js';
import { type Page, pageOf } from '../../platform/http/list.js';
import { Who } from '../../platform/http/request.js';
import { DownloadLinks } from './download-links.js';
import { reportMakers, type ReportScope, scopeOfSeveral } from './run-order.js';
import {
  ReportRunAnswer,
  ReportRunQuery,
  ReportRunWithProofAnswer,
  RunReport,
  RunReportOfSeveral,
  toRunAnswer,
  toRunWithProof,
} from './run.dto.js';
import { termsOf } from './run-terms.dto.js';
import { deliveriesOf, listRuns, type ReportRun, type RunPlace, readRun } from './runs.read.js';
import { type RunFile, RunsService } from './runs.service.js';

const RunPage = pageOf(ReportRunAnswer);

@ApiTags('Finance reports')
@ApiBearerAuth()
@Controller('api/v1')
export class RunsController {
  constructor(
    private readonly db: Database,
    private readonly runs: RunsService,
    private readonly links: DownloadLinks,
  ) {}

  @Post('pools/:poolId/finance-reports')
  @Allow('pool', ...reportMakers)
  @ApiOperation({ summary: 'Ask for a report on a pool, as of any instant; the worker makes it' })
  @ApiCreatedResponse({ type: ReportRunWithProofAnswer })
  ask(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Body() body: RunReport,
  ): Promise<ReportRunWithProofAnswer> {
    return this.order(who, { kind: 'pool', poolId }, body);
  }

  @Post('coalitions/:coalitionId/finance-reports')
  @Allow('coalition', ...reportMakers)
  @ApiOperation({ summary: 'Ask for a report on all pools of a coalition' })
  @ApiCreatedResponse({ type: ReportRunWithProofAnswer })
  askOfCoalition(
    @Who() who: PersonActor,
    @Param('coalitionId') coalitionId: string,
    @Body() body: RunReport,
  ): Promise<ReportRunWithProofAnswer> {
    return this.order(who, { kind: 'coalition', coalitionId }, body);
  }

  @Post('finance-reports')
  @AnyPerson()
  @ApiOperation({ summary: 'Ask for a report on several coalitions, or on all whose money you see' })
  @ApiCreatedResponse({ type: ReportRunWithProofAnswer })
  askOfSeveral(
    @Who() who: PersonActor,
    @Body() { coalitionIds, ...body }: RunReportOfSeveral,
  ): Promise<ReportRunWithProofAnswer> {
    return this.order(who, scopeOfSeveral(coalitionIds), body);
  }

  @Get('pools/:poolId/report-runs')
  @Allow('pool', ...overseers)
  @ApiOperation({ summary: 'The reports that a pool is in, newest first' })
  @ApiOkResponse({ type: RunPage })
  list(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Query() query: ReportRunQuery,
  ): Promise<Page<ReportRunAnswer>> {
    return this.listOf(who, { poolId }, query);
  }

  @Get('coalitions/:coalitionId/report-runs')
  @Allow('coalition', ...overseers)
  @ApiOperation({ summary: 'The reports that a coalition is in, newest first' })
  @ApiOkResponse({ type: RunPage })
  listOfCoalition(
    @Who() who: PersonActor,
    @Param('coalitionId') coalitionId: string,
    @Query() query: ReportRunQuery,
  ): Promise<Page<ReportRunAnswer>> {
    return this.listOf(who, { coalitionId }, query);
  }

  @Get('report-runs')
  @AnyPerson()
  @ApiOperation({ summary: 'All reports that you may see, newest first' })
  @ApiOkResponse({ type: RunPage })
  listAll(@Who() who: PersonActor, @Query() query: ReportRunQuery): Promise<Page<ReportRunAnswer>> {
    return this.listOf(who, 'everywhere', query);
  }

  @Get('report-runs/:reportRunId')
  @Allow('reportRun', ...overseers)
  @ApiOperation({
    summary: 'A report: how far it is, then its proof: as-of, control totals, hashes, deliveries',
  })
  @ApiOkResponse({ type: ReportRunWithProofAnswer })
  get(@Who() who: PersonActor, @Param('reportRunId') id: string): Promise<ReportRunWithProofAnswer> {
    return inSnapshot(this.db, who, async (tx) => {
      const link = (format: string) => this.links.to({ runId: id, format, personId: who.personId }, tx.now);
      return toRunWithProof(await readRun(tx, id), await deliveriesOf(tx, id), link);
    });
  }

  @Post('report-runs/:reportRunId/again')
  @Allow('reportRun', ...reportMakers)
  @ApiOperation({ summary: 'Ask for it again as of then: the same figures, and in CSV the same hash' })
  @ApiCreatedResponse({ type: ReportRunWithProofAnswer })
  again(@Who() who: PersonActor, @Param('reportRunId') id: string): Promise<ReportRunWithProofAnswer> {
    return this.answer(who, (tx) => this.runs.again(tx, id));
  }

  @Post('report-runs/:reportRunId/cancel')
  @HttpCode(200)
  @Allow('reportRun', ...reportMakers)
  @ApiOperation({ summary: 'Stop a report that waits or is being made' })
  @ApiOkResponse({ type: ReportRunWithProofAnswer })
  cancel(@Who() who: PersonActor, @Param('reportRunId') id: string): Promise<ReportRunWithProofAnswer> {
    return this.answer(who, (tx) => this.runs.cancel(tx, id));
  }

  @Get('report-runs/:reportRunId/files/:format')
  @Allow('reportRun', ...overseers)
  @ApiOperation({ summary: 'The file of a report' })
  @ApiProduces('text/csv', 'application/pdf', 'application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async download(
    @Who() who: PersonActor,
    @Param('reportRunId') id: string,
    @Param('format') format: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const file = await inTransaction(this.db, who, (tx) => this.runs.download(tx, id, format, 'page'));
    return sendFile(this.db, who, reply, file);
  }

  private order(
    who: PersonActor,
    scope: ReportScope,
    { asOf, from, to, ...terms }: RunReport,
  ): Promise<ReportRunWithProofAnswer> {
    return this.answer(who, (tx) =>
      this.runs.ask(tx, { ...termsOf(terms), scope, period: { from, to }, asOf: readInstant(asOf, tx.now) }),
    );
  }

  private answer(who: PersonActor, work: (tx: Tx) => Promise<ReportRun>): Promise<ReportRunWithProofAnswer> {
    return inTransaction(this.db, who, async (tx) => toRunWithProof(await work(tx), [], () => null));
  }

  private async listOf(
    who: PersonActor,
    place: RunPlace,
    query: ReportRunQuery,
  ): Promise<Page<ReportRunAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listRuns(tx, place, query));
    return { ...page, items: page.items.map(toRunAnswer) };
  }
}

/** A file as it is downloaded: streamed, with its hash as the tag. */
export function sendFile(
  db: Database,
  who: PersonActor,
  reply: FastifyReply,
  { fileId, fileName, sha256, mediaType, sizeBytes }: RunFile,
): StreamableFile {
  void reply.header('ETag', `"${sha256}"`).header('Cache-Control', 'private, no-store');
  return new StreamableFile(fileStream(db, who, fileId), {
    type: mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType,
    disposition: `attachment; filename="${fileName}"`,
    length: Number(sizeBytes),
  });
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
