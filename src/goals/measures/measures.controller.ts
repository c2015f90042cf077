import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../../platform/database/database.js';
import { Allow, members } from '../../platform/http/access.js';
import { type Page, pageOf } from '../../platform/http/list.js';
import { IfMatch, Who } from '../../platform/http/request.js';
import { listSeries } from '../series/list-series.js';
import { ChangeSeries, RetireSeries, SetTrajectory } from '../series/series.dto.js';
import { SeriesService } from '../series/series.service.js';
import { AddMeasure, MeasureAnswer, MeasuresQuery, toMeasureAnswer } from './measure.dto.js';

const ref = (id: string) => ({ kind: 'measure' as const, id });

@ApiTags('Performance measures')
@ApiBearerAuth()
@Controller('api/v1')
export class MeasuresController {
  constructor(
    private readonly db: Database,
    private readonly series: SeriesService,
  ) {}

  @Post('goals/:goalId/performance-measures')
  @Allow('goal', 'backbone')
  @ApiOperation({ summary: 'Add a performance measure' })
  @ApiCreatedResponse({ type: MeasureAnswer })
  async add(
    @Who() who: PersonActor,
    @Param('goalId') goalId: string,
    @Body() body: AddMeasure,
  ): Promise<MeasureAnswer> {
    return toMeasureAnswer(
      await inTransaction(this.db, who, (tx) => this.series.addMeasure(tx, goalId, body)),
    );
  }

  @Get('coalitions/:coalitionId/performance-measures')
  @Allow('coalition', ...members)
  @ApiOperation({ summary: 'List the performance measures of a coalition' })
  @ApiOkResponse({ type: pageOf(MeasureAnswer) })
  async list(
    @Who() who: PersonActor,
    @Param('coalitionId') coalitionId: string,
    @Query() query: MeasuresQuery,
  ): Promise<Page<MeasureAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listSeries(tx, 'measure', coalitionId, query));
    return { ...page, items: page.items.map(toMeasureAnswer) };
  }

  @Get('performance-measures/:measureId')
  @Allow('measure', ...members)
  @ApiOperation({ summary: 'Read a performance measure' })
  @ApiOkResponse({ type: MeasureAnswer })
  async read(@Who() who: PersonActor, @Param('measureId') id: string): Promise<MeasureAnswer> {
    return toMeasureAnswer(await inSnapshot(this.db, who, (tx) => this.series.read(tx, ref(id))));
  }

  @Patch('performance-measures/:measureId')
  @Allow('measure', 'backbone')
  @ApiOperation({ summary: 'Change what a performance measure says; what it measures, and how often, stays' })
  @ApiOkResponse({ type: MeasureAnswer })
  async change(
    @Who() who: PersonActor,
    @IfMatch() version: number,
    @Param('measureId') id: string,
    @Body() body: ChangeSeries,
  ): Promise<MeasureAnswer> {
    return toMeasureAnswer(
      await inTransaction(this.db, who, (tx) => this.series.change(tx, ref(id), version, body)),
    );
  }

  @Put('performance-measures/:measureId/trajectory')
  @Allow('measure', 'backbone')
  @ApiOperation({
    summary: 'Replace the targets and the stated forecast; between two points the line is straight',
  })
  @ApiOkResponse({ type: MeasureAnswer })
  async setTrajectory(
    @Who() who: PersonActor,
    @IfMatch() version: number,
    @Param('measureId') id: string,
    @Body() body: SetTrajectory,
  ): Promise<MeasureAnswer> {
    return toMeasureAnswer(
      await inTransaction(this.db, who, (tx) => this.series.setTrajectory(tx, ref(id), version, body)),
    );
  }

  @Post('performance-measures/:measureId/retire')
  @HttpCode(200)
  @Allow('measure', 'backbone')
  @ApiOperation({ summary: 'Measure it no more; what was read stays' })
  @ApiOkResponse({ type: MeasureAnswer })
  async retire(
    @Who() who: PersonActor,
    @IfMatch() version: number,
    @Param('measureId') id: string,
    @Body() body: RetireSeries,
  ): Promise<MeasureAnswer> {
    return toMeasureAnswer(
      await inTransaction(this.db, who, (tx) => this.series.retire(tx, ref(id), version, body.reason)),
    );
  }
}
