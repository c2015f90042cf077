import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { PersonActor } from '../../../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../../../platform/database/database.js';
import { Allow, overseers } from '../../../platform/http/access.js';
import { ListQuery, type Page, pageOf } from '../../../platform/http/list.js';
import { IfMatch, Who } from '../../../platform/http/request.js';
import { ChangeCsvMapping, CsvMappingAnswer, SaveCsvMapping, toCsvMappingAnswer } from './csv-mapping.dto.js';
import { listCsvMappings, readCsvMapping } from './csv-mappings.read.js';
import { CsvMappingsService } from './csv-mappings.service.js';

@ApiTags('Bank statements')
@ApiBearerAuth()
@Controller('api/v1')
export class CsvMappingsController {
  constructor(
    private readonly db: Database,
    private readonly mappings: CsvMappingsService,
  ) {}

  @Post('pools/:poolId/csv-mappings')
  @Allow('pool', 'finance')
  @ApiOperation({ summary: 'Save how the bank writes its CSV statements' })
  @ApiCreatedResponse({ type: CsvMappingAnswer })
  async save(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Body() body: SaveCsvMapping,
  ): Promise<CsvMappingAnswer> {
    return toCsvMappingAnswer(
      await inTransaction(this.db, who, (tx) => this.mappings.save(tx, poolId, body)),
    );
  }

  @Get('pools/:poolId/csv-mappings')
  @Allow('pool', ...overseers)
  @ApiOperation({ summary: 'The saved ways to read CSV statements of a pool’s account' })
  @ApiOkResponse({ type: pageOf(CsvMappingAnswer) })
  async list(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Query() query: ListQuery,
  ): Promise<Page<CsvMappingAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listCsvMappings(tx, poolId, query));
    return { ...page, items: page.items.map(toCsvMappingAnswer) };
  }

  @Get('csv-mappings/:csvMappingId')
  @Allow('csvMapping', ...overseers)
  @ApiOperation({ summary: 'A saved way to read CSV statements' })
  @ApiOkResponse({ type: CsvMappingAnswer })
  get(@Who() who: PersonActor, @Param('csvMappingId') mappingId: string): Promise<CsvMappingAnswer> {
    return inSnapshot(this.db, who, async (tx) => toCsvMappingAnswer(await readCsvMapping(tx, mappingId)));
  }

  @Patch('csv-mappings/:csvMappingId')
  @Allow('csvMapping', 'finance')
  @ApiOperation({ summary: 'Change how CSV statements are read from now on' })
  @ApiOkResponse({ type: CsvMappingAnswer })
  async change(
    @Who() who: PersonActor,
    @Param('csvMappingId') mappingId: string,
    @IfMatch() version: number,
    @Body() body: ChangeCsvMapping,
  ): Promise<CsvMappingAnswer> {
    return toCsvMappingAnswer(
      await inTransaction(this.db, who, (tx) => this.mappings.change(tx, mappingId, version, body)),
    );
  }

  @Delete('csv-mappings/:csvMappingId')
  @HttpCode(204)
  @Allow('csvMapping', 'finance')
  @ApiOperation({ summary: 'Forget a way to read CSV statements; what was imported by it stays' })
  @ApiNoContentResponse()
  async remove(@Who() who: PersonActor, @Param('csvMappingId') mappingId: string): Promise<void> {
    await inTransaction(this.db, who, (tx) => this.mappings.remove(tx, mappingId));
  }
}
