import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { sightOf } from '../../learning/sight.js';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow, members } from '../../platform/http/access.js';
import { pageOf } from '../../platform/http/list.js';
import { type Access, Where, Who } from '../../platform/http/request.js';
import { FoundAnswer, SearchQuery } from './search.dto.js';
import { searchCoalition } from './search.read.js';

@ApiTags('Search')
@ApiBearerAuth()
@Controller('api/v1')
export class SearchController {
  constructor(private readonly db: Database) {}

  @Get('coalitions/:coalitionId/search')
  @Allow('coalition', ...members)
  @ApiOperation({
    summary: 'Find grants, bonds, goals, decisions, learning and organisations by their words',
  })
  @ApiOkResponse({ type: pageOf(FoundAnswer) })
  search(
    @Who() who: PersonActor,
    @Where() access: Access,
    @Param('coalitionId') coalitionId: string,
    @Query() query: SearchQuery,
  ) {
    return inSnapshot(this.db, who, (tx) => searchCoalition(tx, coalitionId, query, sightOf(access)));
  }
}
