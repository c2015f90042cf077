import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../platform/database/database.js';
import { Allow, members } from '../platform/http/access.js';
import { pageOf } from '../platform/http/list.js';
import { Who } from '../platform/http/request.js';
import { EndPeriod, GiveSeat, MembershipAnswer, MembershipsQuery } from './membership.dto.js';
import { MembershipsService } from './memberships.service.js';

@ApiTags('Memberships')
@ApiBearerAuth()
@Controller()
export class MembershipsController {
  constructor(
    private readonly db: Database,
    private readonly memberships: MembershipsService,
  ) {}

  @Post('api/v1/coalitions/:coalitionId/memberships')
  @Allow('coalition', 'backbone')
  @ApiOperation({ summary: 'Give a person a seat, inviting them if need be' })
  @ApiCreatedResponse({ type: MembershipAnswer })
  give(@Who() who: PersonActor, @Param('coalitionId') coalitionId: string, @Body() body: GiveSeat) {
    return inTransaction(this.db, who, (tx) => this.memberships.give(tx, coalitionId, body));
  }

  @Get('api/v1/coalitions/:coalitionId/memberships')
  @Allow('coalition', ...members)
  @ApiOperation({ summary: 'List the seats of a coalition, past ones too' })
  @ApiOkResponse({ type: pageOf(MembershipAnswer) })
  list(@Who() who: PersonActor, @Param('coalitionId') coalitionId: string, @Query() query: MembershipsQuery) {
    return inSnapshot(this.db, who, (tx) => this.memberships.list(tx, coalitionId, query));
  }

  @Post('api/v1/memberships/:membershipId/end')
  @Allow('membership', 'backbone')
  @HttpCode(200)
  @ApiOperation({ summary: 'End a seat after its last day' })
  @ApiOkResponse({ type: MembershipAnswer })
  end(@Who() who: PersonActor, @Param('membershipId') membershipId: string, @Body() body: EndPeriod) {
    return inTransaction(this.db, who, (tx) => this.memberships.end(tx, membershipId, body));
  }
}
