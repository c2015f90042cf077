import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../../platform/database/database.js';
import { Allow, members } from '../../platform/http/access.js';
import { type Page, pageOf } from '../../platform/http/list.js';
import { IfMatch, Who } from '../../platform/http/request.js';
import { listSeries } from '../series/list-series.js';
import {
  ChangeSeries,
  RetireSeries,
  SeriesQuery,
  SetTrajectory,
  toSeriesAnswer,
} from '../series/series.dto.js';
import { SeriesService } from '../series/series.service.js';
import { AddIndicator, IndicatorAnswer } from './indicator.dto.js';

const ref = (id: string) => ({ kind: 'indicator' as const, id });

@ApiTags('Indicators')
@ApiBearerAuth()
@Controller('api/v1')
export class IndicatorsController {
  constructor(
    private readonly db: Database,
    private readonly series: SeriesService,
  ) {}

  @Post('goals/:goalId/indicators')
  @Allow('goal', 'backbone')
  @ApiOperation({ summary: 'Add an indicator' })
  @ApiCreatedResponse({ type: IndicatorAnswer })
  async add(
    @Who() who: PersonActor,
    @Param('goalId') goalId: string,
    @Body() body: AddIndicator,
  ): Promise<IndicatorAnswer> {
    return toSeriesAnswer(
      await inTransaction(this.db, who, (tx) => this.series.addIndicator(tx, goalId, body)),
    );
  }

  @Get('coalitions/:coalitionId/indicators')
  @Allow('coalition', ...members)
  @ApiOperation({ summary: 'List the indicators of a coalition' })
  @ApiOkResponse({ type: pageOf(IndicatorAnswer) })
  async list(
    @Who() who: PersonActor,
    @Param('coalitionId') coalitionId: string,
    @Query() query: SeriesQuery,
  ): Promise<Page<IndicatorAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listSeries(tx, 'indicator', coalitionId, query));
    return { ...page, items: page.items.map(toSeriesAnswer) };
  }

  @Get('indicators/:indicatorId')
  @Allow('indicator', ...members)
  @ApiOperation({ summary: 'Read an indicator' })
  @ApiOkResponse({ type: IndicatorAnswer })
  async read(@Who() who: PersonActor, @Param('indicatorId') id: string): Promise<IndicatorAnswer> {
    return toSeriesAnswer(await inSnapshot(this.db, who, (tx) => this.series.read(tx, ref(id))));
  }

  @Patch('indicators/:indicatorId')
  @Allow('indicator', 'backbone')
  @ApiOperation({ summary: 'Change what an indicator says; what it measures, and how often, stays' })
  @ApiOkResponse({ type: IndicatorAnswer })
  async change(
    @Who() who: PersonActor,
    @IfMatch() version: number,
    @Param('indicatorId') id: string,
    @Body() body: ChangeSeries,
  ): Promise<IndicatorAnswer> {
    return toSeriesAnswer(
      await inTransaction(this.db, who, (tx) => this.series.change(tx, ref(id), version, body)),
    );
  }

  @Put('indicators/:indicatorId/trajectory')
  @Allow('indicator', 'backbone')
  @ApiOperation({
    summary: 'Replace the targets and the stated forecast; between two points the line is straight',
  })
  @ApiOkResponse({ type: IndicatorAnswer })
  async setTrajectory(
    @Who() who: PersonActor,
    @IfMatch() version: number,
    @Param('indicatorId') id: string,
    @Body() body: SetTrajectory,
  ): Promise<IndicatorAnswer> {
    return toSeriesAnswer(
      await inTransaction(this.db, who, (tx) => this.series.setTrajectory(tx, ref(id), version, body)),
    );
  }

  @Post('indicators/:indicatorId/retire')
  @HttpCode(200)
  @Allow('indicator', 'backbone')
  @ApiOperation({ summary: 'Measure it no more; what was read stays' })
  @ApiOkResponse({ type: IndicatorAnswer })
  async retire(
    @Who() who: PersonActor,
    @IfMatch() version: number,
    @Param('indicatorId') id: string,
    @Body() body: RetireSeries,
  ): Promise<IndicatorAnswer> {
    return toSeriesAnswer(
      await inTransaction(this.db, who, (tx) => this.series.retire(tx, ref(id), version, body.reason)),
    );
  }
}
