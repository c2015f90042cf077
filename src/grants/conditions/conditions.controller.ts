import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../../platform/database/database.js';
import { Allow, members } from '../../platform/http/access.js';
import { type Page, pageOf } from '../../platform/http/list.js';
import { type Access, Where, Who } from '../../platform/http/request.js';
import { ownOnly } from '../grants.controller.js';
import {
  AddCondition,
  AskWaiver,
  ConditionAnswer,
  ConditionQuery,
  MeetCondition,
  toConditionAnswer,
} from './condition.dto.js';
import { type ConditionScope, listConditions, readCondition } from './conditions.read.js';
import { ConditionsService } from './conditions.service.js';

const ConditionListPage = pageOf(ConditionAnswer);

@ApiTags('Conditions')
@ApiBearerAuth()
@Controller('api/v1')
export class ConditionsController {
  constructor(
    private readonly db: Database,
    private readonly conditions: ConditionsService,
  ) {}

  @Post('grants/:grantId/conditions')
  @Allow('grant', 'backbone')
  @ApiOperation({ summary: 'Add a condition to a grant' })
  @ApiCreatedResponse({ type: ConditionAnswer })
  async add(
    @Who() who: PersonActor,
    @Param('grantId') grantId: string,
    @Body() body: AddCondition,
  ): Promise<ConditionAnswer> {
    return toConditionAnswer(
      await inTransaction(this.db, who, (tx) => this.conditions.add(tx, grantId, body)),
    );
  }

  @Get('grants/:grantId/conditions')
  @Allow('grant', ...members)
  @ApiOperation({ summary: 'The conditions of a grant, in the order in which they bite' })
  @ApiOkResponse({ type: ConditionListPage })
  ofGrant(
    @Who() who: PersonActor,
    @Where() { coalitionId }: Access,
    @Param('grantId') grantId: string,
    @Query() query: ConditionQuery,
  ): Promise<Page<ConditionAnswer>> {
    return this.list(who, { coalitionId, grantId, organisationIds: null }, query);
  }

  @Get('coalitions/:coalitionId/conditions')
  @Allow('coalition', ...members)
  @ApiOperation({ summary: 'The conditions of all grants of a coalition; a partner sees its own' })
  @ApiOkResponse({ type: ConditionListPage })
  ofCoalition(
    @Who() who: PersonActor,
    @Where() access: Access,
    @Param('coalitionId') coalitionId: string,
    @Query() query: ConditionQuery,
  ): Promise<Page<ConditionAnswer>> {
    return this.list(who, { coalitionId, organisationIds: ownOnly(access) }, query);
  }

  @Get('conditions/:conditionId')
  @Allow('condition', ...members)
  @ApiOperation({ summary: 'A condition' })
  @ApiOkResponse({ type: ConditionAnswer })
  async get(@Who() who: PersonActor, @Param('conditionId') conditionId: string): Promise<ConditionAnswer> {
    return toConditionAnswer(await inSnapshot(this.db, who, (tx) => readCondition(tx, conditionId)));
  }

  @Post('conditions/:conditionId/meet')
  @HttpCode(200)
  @Allow('condition', 'backbone', 'finance')
  @ApiOperation({ summary: 'Say that a condition is met, or that more match money is raised' })
  @ApiOkResponse({ type: ConditionAnswer })
  async meet(
    @Who() who: PersonActor,
    @Param('conditionId') conditionId: string,
    @Body() body: MeetCondition,
  ): Promise<ConditionAnswer> {
    return toConditionAnswer(
      await inTransaction(this.db, who, (tx) => this.conditions.meet(tx, conditionId, body)),
    );
  }

  @Post('conditions/:conditionId/waiver')
  @HttpCode(200)
  @Allow('condition', 'backbone', 'finance')
  @ApiOperation({ summary: 'Ask to set a condition aside; others approve' })
  @ApiOkResponse({ type: ConditionAnswer })
  async askWaiver(
    @Who() who: PersonActor,
    @Param('conditionId') conditionId: string,
    @Body() body: AskWaiver,
  ): Promise<ConditionAnswer> {
    return toConditionAnswer(
      await inTransaction(this.db, who, (tx) => this.conditions.askWaiver(tx, conditionId, body)),
    );
  }

  @Delete('conditions/:conditionId')
  @HttpCode(204)
  @Allow('condition', 'backbone')
  @ApiOperation({ summary: 'Take a condition off a grant that is not awarded yet' })
  @ApiNoContentResponse()
  remove(@Who() who: PersonActor, @Param('conditionId') conditionId: string): Promise<void> {
    return inTransaction(this.db, who, (tx) => this.conditions.remove(tx, conditionId));
  }

  private async list(
    who: PersonActor,
    scope: ConditionScope,
    query: ConditionQuery,
  ): Promise<Page<ConditionAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listConditions(tx, scope, query));
    return { ...page, items: page.items.map(toConditionAnswer) };
  }
}
