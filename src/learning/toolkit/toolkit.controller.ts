import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../../platform/database/database.js';
import { Allow } from '../../platform/http/access.js';
import { IfMatch, Who } from '../../platform/http/request.js';
import { EndToolkit, PrepareToolkit, PublishToolkit, ToolkitAnswer } from './toolkit.dto.js';
import { readToolkit } from './toolkits.read.js';
import { sharers } from './toolkit.rules.js';
import { ToolkitsService } from './toolkits.service.js';

@ApiTags('Toolkit')
@ApiBearerAuth()
@Controller('api/v1/coalitions/:coalitionId/toolkit')
export class ToolkitController {
  constructor(
    private readonly db: Database,
    private readonly toolkits: ToolkitsService,
  ) {}

  @Get()
  @Allow('coalition', ...sharers)
  @ApiOperation({
    summary: 'What a coalition chose to share, what waits for a second person, and what is public',
  })
  @ApiOkResponse({ type: ToolkitAnswer })
  get(@Who() who: PersonActor, @Param('coalitionId') coalitionId: string) {
    return inSnapshot(this.db, who, (tx) => readToolkit(tx, coalitionId));
  }

  @Put()
  @Allow('coalition', 'backbone')
  @ApiOperation({ summary: 'Choose what is shared; it becomes public when two people have published it' })
  @ApiOkResponse({ type: ToolkitAnswer })
  prepare(
    @Who() who: PersonActor,
    @Param('coalitionId') coalitionId: string,
    @IfMatch() version: number,
    @Body() body: PrepareToolkit,
  ) {
    return inTransaction(this.db, who, (tx) => this.toolkits.prepare(tx, coalitionId, version, body));
  }

  @Post('ask')
  @HttpCode(200)
  @Allow('coalition', 'backbone')
  @ApiOperation({ summary: 'Ask another person to publish what is chosen' })
  @ApiOkResponse({ type: ToolkitAnswer })
  ask(@Who() who: PersonActor, @Param('coalitionId') coalitionId: string) {
    return inTransaction(this.db, who, (tx) => this.toolkits.ask(tx, coalitionId));
  }

  @Post('publish')
  @HttpCode(200)
  @Allow('coalition', ...sharers)
  @ApiOperation({ summary: 'Publish what somebody else asked for, as it was looked at' })
  @ApiOkResponse({ type: ToolkitAnswer })
  publish(@Who() who: PersonActor, @Param('coalitionId') coalitionId: string, @Body() body: PublishToolkit) {
    return inTransaction(this.db, who, (tx) => this.toolkits.publish(tx, coalitionId, body));
  }

  @Post('refuse')
  @HttpCode(200)
  @Allow('coalition', ...sharers)
  @ApiOperation({ summary: 'Refuse to publish what somebody else asked for' })
  @ApiOkResponse({ type: ToolkitAnswer })
  refuse(@Who() who: PersonActor, @Param('coalitionId') coalitionId: string, @Body() body: EndToolkit) {
    return inTransaction(this.db, who, (tx) => this.toolkits.refuse(tx, coalitionId, body));
  }

  @Post('unpublish')
  @HttpCode(200)
  @Allow('coalition', ...sharers)
  @ApiOperation({ summary: 'Take what is public off, at once' })
  @ApiOkResponse({ type: ToolkitAnswer })
  unpublish(@Who() who: PersonActor, @Param('coalitionId') coalitionId: string, @Body() body: EndToolkit) {
    return inTransaction(this.db, who, (tx) => this.toolkits.unpublish(tx, coalitionId, body));
  }
}
