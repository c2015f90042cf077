import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../platform/database/database.js';
import { Allow, AnyPerson, members } from '../platform/http/access.js';
import { pageOf } from '../platform/http/list.js';
import { IfMatch, Who } from '../platform/http/request.js';
import { ChangeCoalition, CoalitionAnswer, CoalitionsQuery, FoundCoalition } from './coalition.dto.js';
import { CoalitionsService } from './coalitions.service.js';

@ApiTags('Coalitions')
@ApiBearerAuth()
@Controller()
export class CoalitionsController {
  constructor(
    private readonly db: Database,
    private readonly coalitions: CoalitionsService,
  ) {}

  @Post('api/v1/coalitions')
  @AnyPerson()
  @ApiOperation({ summary: 'Found a coalition, and hold its first backbone seat' })
  @ApiCreatedResponse({ type: CoalitionAnswer })
  found(@Who() who: PersonActor, @Body() body: FoundCoalition) {
    return this.coalitions.found(this.db, who, body);
  }

  @Get('api/v1/coalitions')
  @AnyPerson()
  @ApiOperation({ summary: 'List the coalitions in which you have a seat' })
  @ApiOkResponse({ type: pageOf(CoalitionAnswer) })
  list(@Who() who: PersonActor, @Query() query: CoalitionsQuery) {
    return inSnapshot(this.db, who, (tx) => this.coalitions.list(tx, query));
  }

  @Get('api/v1/coalitions/:coalitionId')
  @Allow('coalition', ...members)
  @ApiOperation({ summary: 'Read a coalition' })
  @ApiOkResponse({ type: CoalitionAnswer })
  read(@Who() who: PersonActor, @Param('coalitionId') coalitionId: string) {
    return inSnapshot(this.db, who, (tx) => this.coalitions.read(tx, coalitionId));
  }

  @Patch('api/v1/coalitions/:coalitionId')
  @Allow('coalition', 'backbone')
  @ApiOperation({ summary: 'Change what a coalition is called and how it reads its calendar' })
  @ApiOkResponse({ type: CoalitionAnswer })
  change(
    @Who() who: PersonActor,
    @IfMatch() version: number,
    @Param('coalitionId') coalitionId: string,
    @Body() body: ChangeCoalition,
  ) {
    return inTransaction(this.db, who, (tx) => this.coalitions.change(tx, coalitionId, version, body));
  }
}
