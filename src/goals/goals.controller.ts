import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../platform/database/database.js';
import { Allow, members } from '../platform/http/access.js';
import { pageOf } from '../platform/http/list.js';
import { IfMatch, Who } from '../platform/http/request.js';
import { AddGoal, ChangeGoal, GoalAnswer, GoalsQuery } from './goal.dto.js';
import { GoalsService } from './goals.service.js';
import { GoalVersionsAnswer, toGoalVersionAnswer } from './versions/goal-version.dto.js';
import { versionsOfGoal } from './versions/goal-versions.js';

@ApiTags('Goals')
@ApiBearerAuth()
@Controller()
export class GoalsController {
  constructor(
    private readonly db: Database,
    private readonly goals: GoalsService,
  ) {}

  @Post('api/v1/coalitions/:coalitionId/goals')
  @Allow('coalition', 'backbone')
  @ApiOperation({ summary: 'Add a goal' })
  @ApiCreatedResponse({ type: GoalAnswer })
  add(@Who() who: PersonActor, @Param('coalitionId') coalitionId: string, @Body() body: AddGoal) {
    return inTransaction(this.db, who, (tx) => this.goals.add(tx, coalitionId, body));
  }

  @Get('api/v1/coalitions/:coalitionId/goals')
  @Allow('coalition', ...members)
  @ApiOperation({ summary: 'List the goals of a coalition' })
  @ApiOkResponse({ type: pageOf(GoalAnswer) })
  list(@Who() who: PersonActor, @Param('coalitionId') coalitionId: string, @Query() query: GoalsQuery) {
    return inSnapshot(this.db, who, (tx) => this.goals.list(tx, coalitionId, query));
  }

  @Get('api/v1/goals/:goalId')
  @Allow('goal', ...members)
  @ApiOperation({ summary: 'Read a goal' })
  @ApiOkResponse({ type: GoalAnswer })
  read(@Who() who: PersonActor, @Param('goalId') goalId: string) {
    return inSnapshot(this.db, who, (tx) => this.goals.read(tx, goalId));
  }

  @Patch('api/v1/goals/:goalId')
  @Allow('goal', 'backbone')
  @ApiOperation({ summary: 'Change a goal' })
  @ApiOkResponse({ type: GoalAnswer })
  change(
    @Who() who: PersonActor,
    @IfMatch() version: number,
    @Param('goalId') goalId: string,
    @Body() body: ChangeGoal,
  ) {
    return inTransaction(this.db, who, (tx) => this.goals.change(tx, goalId, version, body));
  }

  @Get('api/v1/goals/:goalId/versions')
  @Allow('goal', ...members)
  @ApiOperation({ summary: 'What a goal said, version by version, the newest first' })
  @ApiOkResponse({ type: GoalVersionsAnswer })
  async versions(@Who() who: PersonActor, @Param('goalId') goalId: string): Promise<GoalVersionsAnswer> {
    const versions = await inSnapshot(this.db, who, (tx) => versionsOfGoal(tx, goalId));
    return { items: versions.map(toGoalVersionAnswer) };
  }
}
