import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../platform/database/actor.js';
import { Database, inSnapshot } from '../platform/database/database.js';
import { Allow, members } from '../platform/http/access.js';
import { type Access, Where, Who } from '../platform/http/request.js';
import { AskForReport, RequirementAnswer, toRequirementAnswer } from './requirement.dto.js';
import { RequirementsService } from './requirements.service.js';
import { SpendReportAnswer, toSpendReportAnswer } from './spend-report.dto.js';
import { mayReadContent } from './spend-report.rules.js';

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
    return inSnapshot(this.db, who, async (tx) =>
      toRequirementAnswer(await this.requirements.ofGrant(tx, grantId)),
    );
  }

  @Post('grants/:grantId/spend-reports')
  @HttpCode(200)
  @Allow('grant', 'backbone', 'funder')
  @ApiOperation({
    summary:
      'Ask for the report of a period: answers with the one that was agreed, and refuses one that was not',
  })
  @ApiOkResponse({ type: SpendReportAnswer })
  async ask(
    @Who() who: PersonActor,
    @Where() access: Access,
    @Param('grantId') grantId: string,
    @Body() body: AskForReport,
  ): Promise<SpendReportAnswer> {
    const report = await inSnapshot(this.db, who, (tx) => this.requirements.ask(tx, grantId, body));
    return toSpendReportAnswer(report, mayReadContent(report, access));
  }
}
