import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../../platform/database/database.js';
import { Allow, members } from '../../platform/http/access.js';
import { type Page, pageOf } from '../../platform/http/list.js';
import { type Access, Where, Who } from '../../platform/http/request.js';
import { fileOf, textOf } from '../../platform/http/uploads.js';
import { readCurve } from '../curve/curve.read.js';
import { CurveAnswer, toCurveAnswer } from '../curve/curve.dto.js';
import {
  ReadingAnswer,
  ReadingOutcomeAnswer,
  ReadingOutcomesAnswer,
  ReadingsQuery,
  RecordReading,
  RecordReadings,
  toOutcomesAnswer,
  toReadingAnswer,
  toReadingInput,
} from './reading.dto.js';
import { listReadings } from './readings.read.js';
import { ReadingsService } from './readings.service.js';

const ref = (id: string) => ({ kind: 'indicator' as const, id });

@ApiTags('Readings')
@ApiBearerAuth()
@Controller('api/v1/indicators/:indicatorId')
export class IndicatorReadingsController {
  constructor(
    private readonly db: Database,
    private readonly readings: ReadingsService,
  ) {}

  @Get('readings')
  @Allow('indicator', ...members)
  @ApiOperation({
    summary: 'Every reading of an indicator, the superseded ones too, the newest period first',
  })
  @ApiOkResponse({ type: pageOf(ReadingAnswer) })
  async list(
    @Who() who: PersonActor,
    @Param('indicatorId') id: string,
    @Query() query: ReadingsQuery,
  ): Promise<Page<ReadingAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listReadings(tx, ref(id), query));
    return { ...page, items: page.items.map(toReadingAnswer) };
  }

  @Get('curve')
  @Allow('indicator', ...members)
  @ApiOperation({ summary: 'The curve of an indicator: values, targets, forecast, and where it stands' })
  @ApiOkResponse({ type: CurveAnswer })
  async curve(@Who() who: PersonActor, @Param('indicatorId') id: string): Promise<CurveAnswer> {
    return toCurveAnswer(await inSnapshot(this.db, who, (tx) => readCurve(tx, ref(id))));
  }

  @Post('readings')
  @HttpCode(200)
  @Allow('indicator', ...members)
  @ApiOperation({ summary: 'Read an indicator for a period; by the backbone, or who is responsible' })
  @ApiOkResponse({ type: ReadingOutcomeAnswer })
  async record(
    @Who() who: PersonActor,
    @Where() access: Access,
    @Param('indicatorId') id: string,
    @Body() body: RecordReading,
  ): Promise<ReadingOutcomeAnswer> {
    const outcome = await inTransaction(this.db, who, (tx) =>
      this.readings.recordOne(tx, ref(id), access, toReadingInput(body), 'api'),
    );
    return { index: 0, ...outcome };
  }

  @Post('readings/bulk')
  @HttpCode(200)
  @Allow('indicator', ...members)
  @ApiOperation({ summary: 'Take many readings of an indicator' })
  @ApiOkResponse({ type: ReadingOutcomesAnswer })
  async recordMany(
    @Who() who: PersonActor,
    @Where() access: Access,
    @Param('indicatorId') id: string,
    @Body() body: RecordReadings,
  ): Promise<ReadingOutcomesAnswer> {
    const recording = { mode: body.mode, readings: body.readings.map(toReadingInput), via: 'api' as const };
    return toOutcomesAnswer(
      await inTransaction(this.db, who, (tx) => this.readings.record(tx, ref(id), access, recording)),
    );
  }

  @Post('readings/csv')
  @HttpCode(200)
  @Allow('indicator', ...members)
  @ApiOperation({ summary: 'Take readings of an indicator from a CSV file, all or none' })
  @ApiConsumes('text/csv')
  @ApiBody({
    schema: { type: 'string', example: 'period,value,category\n2026-Q3,68.5,\n2026-Q3,61,North ward' },
  })
  @ApiOkResponse({ type: ReadingOutcomesAnswer })
  async recordCsv(
    @Who() who: PersonActor,
    @Where() access: Access,
    @Param('indicatorId') id: string,
    @Req() request: FastifyRequest,
  ): Promise<ReadingOutcomesAnswer> {
    const text = await textOf(fileOf(request.body));
    return toOutcomesAnswer(
      await inTransaction(this.db, who, (tx) =>
        this.readings.recordTable(tx, ref(id), access, { text, via: 'csv' }),
      ),
    );
  }
}
