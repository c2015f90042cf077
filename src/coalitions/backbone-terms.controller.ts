import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../platform/database/database.js';
import { Allow, members } from '../platform/http/access.js';
import { ListQuery, pageOf } from '../platform/http/list.js';
import { Who } from '../platform/http/request.js';
import { BackboneTermAnswer, NameBackbone } from './backbone-term.dto.js';
import { BackboneTermsService } from './backbone-terms.service.js';
import { EndPeriod } from './membership.dto.js';

@ApiTags('Backbone terms')
@ApiBearerAuth()
@Controller()
export class BackboneTermsController {
  constructor(
    private readonly db: Database,
    private readonly terms: BackboneTermsService,
  ) {}

  @Post('api/v1/coalitions/:coalitionId/backbone-terms')
  @Allow('coalition', 'backbone')
  @ApiOperation({ summary: 'Name the organisation that serves a coalition as its backbone' })
  @ApiCreatedResponse({ type: BackboneTermAnswer })
  name(@Who() who: PersonActor, @Param('coalitionId') coalitionId: string, @Body() body: NameBackbone) {
    return inTransaction(this.db, who, (tx) => this.terms.name(tx, coalitionId, body));
  }

  @Get('api/v1/coalitions/:coalitionId/backbone-terms')
  @Allow('coalition', ...members)
  @ApiOperation({ summary: 'List the backbone terms of a coalition, newest first' })
  @ApiOkResponse({ type: pageOf(BackboneTermAnswer) })
  list(@Who() who: PersonActor, @Param('coalitionId') coalitionId: string, @Query() query: ListQuery) {
    return inSnapshot(this.db, who, (tx) => this.terms.list(tx, coalitionId, query));
  }

  @Post('api/v1/backbone-terms/:backboneTermId/end')
  @Allow('backboneTerm', 'backbone')
  @HttpCode(200)
  @ApiOperation({ summary: 'End a backbone term after its last day' })
  @ApiOkResponse({ type: BackboneTermAnswer })
  end(@Who() who: PersonActor, @Param('backboneTermId') termId: string, @Body() body: EndPeriod) {
    return inTransaction(this.db, who, (tx) => this.terms.end(tx, termId, body));
  }
}
