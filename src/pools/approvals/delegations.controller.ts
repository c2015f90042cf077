import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../../platform/database/database.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { type Page, pageOf } from '../../platform/http/list.js';
import { Who } from '../../platform/http/request.js';
import { Delegate, DelegationAnswer, DelegationQuery, toDelegationAnswer } from './delegation.dto.js';
import { DelegationsService } from './delegations.service.js';

const DelegationPage = pageOf(DelegationAnswer);

@ApiTags('Approvals')
@ApiBearerAuth()
@Controller('api/v1')
export class DelegationsController {
  constructor(
    private readonly db: Database,
    private readonly delegations: DelegationsService,
  ) {}

  @Get('coalitions/:coalitionId/delegations')
  @Allow('coalition', ...overseers)
  @ApiOperation({ summary: 'Who signs in whose stead, and when' })
  @ApiOkResponse({ type: DelegationPage })
  async list(
    @Who() who: PersonActor,
    @Param('coalitionId') coalitionId: string,
    @Query() query: DelegationQuery,
  ): Promise<Page<DelegationAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => this.delegations.list(tx, coalitionId, query));
    return { ...page, items: page.items.map(toDelegationAnswer) };
  }

  @Post('coalitions/:coalitionId/delegations')
  @Allow('coalition', 'approver')
  @ApiOperation({ summary: 'Let somebody sign in my stead while I am away' })
  @ApiCreatedResponse({ type: DelegationAnswer })
  delegate(
    @Who() who: PersonActor,
    @Param('coalitionId') coalitionId: string,
    @Body() body: Delegate,
  ): Promise<DelegationAnswer> {
    return inTransaction(this.db, who, async (tx) =>
      toDelegationAnswer(await this.delegations.delegate(tx, coalitionId, body)),
    );
  }

  @Post('delegations/:delegationId/end')
  @HttpCode(200)
  @Allow('delegation', 'approver')
  @ApiOperation({ summary: 'End my delegation before its last day' })
  @ApiOkResponse({ type: DelegationAnswer })
  end(@Who() who: PersonActor, @Param('delegationId') id: string): Promise<DelegationAnswer> {
    return inTransaction(this.db, who, async (tx) => toDelegationAnswer(await this.delegations.end(tx, id)));
  }
}
