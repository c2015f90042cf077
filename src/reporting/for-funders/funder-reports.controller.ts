import { Body, Controller, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
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
import { Allow, overseers } from '../../platform/http/access.js';
import { pageOf } from '../../platform/http/list.js';
import { type Access, IfMatch, Where, Who } from '../../platform/http/request.js';
import { type FunderReport, readFunderReport } from './funder-report.js';
import {
  FunderReportAnswer,
  FunderReportQuery,
  FunderReportSettingsAnswer,
  SetFunderReportSettings,
  StatedRateAnswer,
  StatedRatesQuery,
  StateRate,
} from './funder-report.dto.js';
import { funderReportCsv, toFunderReportAnswer } from './funder-report-answer.js';
import { FunderReportSettingsService } from './funder-report-settings.service.js';

@ApiTags('Reporting')
@ApiBearerAuth()
@Controller('api/v1/coalitions/:coalitionId')
export class FunderReportsController {
  constructor(
    private readonly db: Database,
    private readonly settings: FunderReportSettingsService,
  ) {}

  @Get('funders/:organisationId/report')
  @Allow('coalition', ...overseers)
  @ApiOperation({
    summary: 'What partners reported, for a funder’s fiscal year, with its share of the money',
    description: 'A share of money only: what was reached is the coalition’s.',
  })
  @ApiOkResponse({ type: FunderReportAnswer })
  async report(
    @Who() who: PersonActor,
    @Param('coalitionId') coalitionId: string,
    @Param('organisationId') organisationId: string,
    @Query() query: FunderReportQuery,
  ): Promise<FunderReportAnswer> {
    return toFunderReportAnswer(await this.read(who, coalitionId, organisationId, query));
  }

  @Get('funders/:organisationId/report.csv')
  @Allow('coalition', ...overseers)
  @ApiOperation({ summary: 'The same as CSV, with headings in the funder’s language' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  async csv(
    @Who() who: PersonActor,
    @Param('coalitionId') coalitionId: string,
    @Param('organisationId') organisationId: string,
    @Query() query: FunderReportQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const report = await this.read(who, coalitionId, organisationId, query);
    const funder = report.funder.normalize('NFKD').replace(/[^A-Za-z0-9]+/g, '-');
    const name = `report-${funder}-${report.fiscalYear.label.replace('/', '-')}.csv`;
    await reply
      .type('text/csv; charset=utf-8')
      .header('Content-Disposition', `attachment; filename="${name}"`)
      .send(funderReportCsv(report));
  }

  @Get('funders/:organisationId/report-settings')
  @Allow('coalition', ...overseers)
  @ApiOperation({ summary: 'Read how a funder reads reports' })
  @ApiOkResponse({ type: FunderReportSettingsAnswer })
  readSettings(
    @Who() who: PersonActor,
    @Param('coalitionId') coalitionId: string,
    @Param('organisationId') organisationId: string,
  ): Promise<FunderReportSettingsAnswer> {
    return inSnapshot(this.db, who, (tx) => this.settings.read(tx, coalitionId, organisationId));
  }

  @Patch('funders/:organisationId/report-settings')
  @Allow('coalition', 'backbone', 'finance', 'funder')
  @ApiOperation({ summary: 'Say how a funder reads reports: its fiscal year, currency and language' })
  @ApiOkResponse({ type: FunderReportSettingsAnswer })
  setSettings(
    @Who() who: PersonActor,
    @Where() access: Access,
    @IfMatch() version: number,
    @Param('organisationId') organisationId: string,
    @Body() body: SetFunderReportSettings,
  ): Promise<FunderReportSettingsAnswer> {
    return inTransaction(this.db, who, (tx) => this.settings.set(tx, access, organisationId, version, body));
  }

  @Get('stated-rates')
  @Allow('coalition', ...overseers)
  @ApiOperation({ summary: 'The rates at which money is shown in other currencies' })
  @ApiOkResponse({ type: pageOf(StatedRateAnswer) })
  rates(
    @Who() who: PersonActor,
    @Param('coalitionId') coalitionId: string,
    @Query() query: StatedRatesQuery,
  ) {
    return inSnapshot(this.db, who, (tx) => this.settings.listRates(tx, coalitionId, query));
  }

  @Post('stated-rates')
  @Allow('coalition', 'backbone', 'finance')
  @ApiOperation({ summary: 'State a rate; no money is booked by it' })
  @ApiCreatedResponse({ type: StatedRateAnswer })
  stateRate(
    @Who() who: PersonActor,
    @Param('coalitionId') coalitionId: string,
    @Body() body: StateRate,
  ): Promise<StatedRateAnswer> {
    return inTransaction(this.db, who, (tx) => this.settings.stateRate(tx, coalitionId, body));
  }

  private read(
    who: PersonActor,
    coalitionId: string,
    organisationId: string,
    { year }: FunderReportQuery,
  ): Promise<FunderReport> {
    return inSnapshot(this.db, who, async (tx) =>
      readFunderReport(tx, coalitionId, await this.settings.read(tx, coalitionId, organisationId), year),
    );
  }
}
