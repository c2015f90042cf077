import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow, members } from '../../platform/http/access.js';
import { Who } from '../../platform/http/request.js';
import { ScorecardAnswer, toGoalScoreAnswer } from './scorecard.dto.js';
import { readScorecard } from './scorecard.read.js';

@ApiTags('Scorecard')
@ApiBearerAuth()
@Controller('api/v1')
export class ScorecardController {
  constructor(private readonly db: Database) {}

  @Get('coalitions/:coalitionId/scorecard')
  @Allow('coalition', ...members)
  @ApiOperation({ summary: 'Where the goals stand: indicators, and apart from them performance measures' })
  @ApiOkResponse({ type: ScorecardAnswer })
  async read(@Who() who: PersonActor, @Param('coalitionId') coalitionId: string): Promise<ScorecardAnswer> {
    const { goals } = await inSnapshot(this.db, who, (tx) => readScorecard(tx, coalitionId));
    return { goals: goals.map(toGoalScoreAnswer) };
  }
}
