import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { EndPeriod } from '../../coalitions/membership.dto.js';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../../platform/database/database.js';
import { Allow, members } from '../../platform/http/access.js';
import { pageOf } from '../../platform/http/list.js';
import { type Access, Where, Who } from '../../platform/http/request.js';
import { DeclareInterest, InterestAnswer, InterestsQuery } from './interest.dto.js';
import { InterestsService } from './interests.service.js';

@ApiTags('Interests')
@ApiBearerAuth()
@Controller('api/v1')
export class InterestsController {
  constructor(
    private readonly db: Database,
    private readonly interests: InterestsService,
  ) {}

  @Post('coalitions/:coalitionId/interests')
  @Allow('coalition', ...members)
  @ApiOperation({ summary: 'Declare an interest in an organisation, for the conflict register' })
  @ApiCreatedResponse({ type: InterestAnswer })
  declare(
    @Who() who: PersonActor,
    @Where() { roles }: Access,
    @Param('coalitionId') coalitionId: string,
    @Body() body: DeclareInterest,
  ) {
    const isBackbone = roles.includes('backbone');
    return inTransaction(this.db, who, (tx) => this.interests.declare(tx, coalitionId, body, isBackbone));
  }

  @Get('coalitions/:coalitionId/interests')
  @Allow('coalition', ...members)
  @ApiOperation({ summary: 'The conflict register, past interests too' })
  @ApiOkResponse({ type: pageOf(InterestAnswer) })
  list(@Who() who: PersonActor, @Param('coalitionId') coalitionId: string, @Query() query: InterestsQuery) {
    return inSnapshot(this.db, who, (tx) => this.interests.list(tx, coalitionId, query));
  }

  @Post('interests/:interestId/end')
  @HttpCode(200)
  @Allow('interest', ...members)
  @ApiOperation({ summary: 'End an interest after its last day; it stays on the register' })
  @ApiOkResponse({ type: InterestAnswer })
  end(
    @Who() who: PersonActor,
    @Where() { roles }: Access,
    @Param('interestId') interestId: string,
    @Body() body: EndPeriod,
  ) {
    const isBackbone = roles.includes('backbone');
    return inTransaction(this.db, who, (tx) => this.interests.end(tx, interestId, body, isBackbone));
  }
}
