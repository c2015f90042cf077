import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { EndPeriod } from '../coalitions/membership.dto.js';
import type { PersonActor } from '../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../platform/database/database.js';
import { Allow, members } from '../platform/http/access.js';
import { pageOf } from '../platform/http/list.js';
import { IfMatch, Who } from '../platform/http/request.js';
import { ActivitiesService } from './activities.service.js';
import {
  ActivitiesQuery,
  ActivityAnswer,
  AddActivity,
  ChangeActivity,
  StateTheory,
  TheoryAnswer,
} from './activity.dto.js';
import { TheoriesService } from './theories.service.js';

@ApiTags('Activities')
@ApiBearerAuth()
@Controller('api/v1')
export class ActivitiesController {
  constructor(
    private readonly db: Database,
    private readonly activities: ActivitiesService,
    private readonly theories: TheoriesService,
  ) {}

  @Get('coalitions/:coalitionId/activities')
  @Allow('coalition', ...members)
  @ApiOperation({ summary: 'What the organisations of a coalition do, and towards which goals' })
  @ApiOkResponse({ type: pageOf(ActivityAnswer) })
  list(@Who() who: PersonActor, @Param('coalitionId') coalitionId: string, @Query() query: ActivitiesQuery) {
    return inSnapshot(this.db, who, (tx) => this.activities.list(tx, coalitionId, query));
  }

  @Post('organisations/:payeeId/activities')
  @Allow('payee', 'partner', 'backbone')
  @ApiOperation({ summary: 'Add an activity of an organisation' })
  @ApiCreatedResponse({ type: ActivityAnswer })
  add(@Who() who: PersonActor, @Param('payeeId') payeeId: string, @Body() body: AddActivity) {
    return inTransaction(this.db, who, (tx) => this.activities.add(tx, payeeId, body));
  }

  @Get('activities/:activityId')
  @Allow('activity', ...members)
  @ApiOperation({ summary: 'An activity' })
  @ApiOkResponse({ type: ActivityAnswer })
  get(@Who() who: PersonActor, @Param('activityId') activityId: string) {
    return inSnapshot(this.db, who, (tx) => this.activities.read(tx, activityId));
  }

  @Patch('activities/:activityId')
  @Allow('activity', 'partner', 'backbone')
  @ApiOperation({ summary: 'Change an activity, or the goals that it leads towards' })
  @ApiOkResponse({ type: ActivityAnswer })
  change(
    @Who() who: PersonActor,
    @Param('activityId') activityId: string,
    @IfMatch() version: number,
    @Body() body: ChangeActivity,
  ) {
    return inTransaction(this.db, who, (tx) => this.activities.change(tx, activityId, version, body));
  }

  @Post('activities/:activityId/end')
  @HttpCode(200)
  @Allow('activity', 'partner', 'backbone')
  @ApiOperation({ summary: 'End an activity after its last day; it stays on record' })
  @ApiOkResponse({ type: ActivityAnswer })
  end(@Who() who: PersonActor, @Param('activityId') activityId: string, @Body() body: EndPeriod) {
    return inTransaction(this.db, who, (tx) => this.activities.end(tx, activityId, body));
  }

  @Get('organisations/:organisationId/theory-of-change')
  @Allow('organisation', ...members)
  @ApiOperation({ summary: 'How an organisation says that what it does leads to the goals' })
  @ApiOkResponse({ type: TheoryAnswer })
  theory(@Who() who: PersonActor, @Param('organisationId') organisationId: string) {
    return inSnapshot(this.db, who, (tx) => this.theories.read(tx, organisationId));
  }

  @Put('organisations/:payeeId/theory-of-change')
  @Allow('payee', 'partner', 'backbone')
  @ApiOperation({ summary: 'State it anew; what was stated before is kept' })
  @ApiOkResponse({ type: TheoryAnswer })
  state(
    @Who() who: PersonActor,
    @Param('payeeId') payeeId: string,
    @IfMatch() version: number,
    @Body() body: StateTheory,
  ) {
    return inTransaction(this.db, who, (tx) => this.theories.state(tx, payeeId, version, body));
  }
}
