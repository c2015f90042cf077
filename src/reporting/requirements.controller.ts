import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../platform/database/actor.js';
import { Database, inSnapshot } from '../platform/database/database.js';
import { Allow, members } from '../platform/http/access.js';
import { Who } from '../platform/http/request.js';
import { RequirementAnswer } from './requirement.dto.js';
import { RequirementsService } from './requirements.service.js';

@ApiTags('Reporting')
@ApiBearerAuth()
@Controller('api/v1')
export class RequirementsController {
  constructor(
    private readonly db: Database,
    private readonly requirements: RequirementsService,
  ) {}

  @Get('grants/:grantId/requirement')
  @Allow('grant', ...members)
  @ApiOperation({ summary: 'What a grant agreed about reporting: how often, due when' })
  @ApiOkResponse({ type: RequirementAnswer })
  read(@Who() who: PersonActor, @Param('grantId') grantId: string): Promise<RequirementAnswer> {
    return inSnapshot(this.db, who, (tx) => this.requirements.ofGrant(tx, grantId));
  }
}
