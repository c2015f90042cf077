import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../platform/database/actor.js';
import { Database, inTransaction } from '../platform/database/database.js';
import { Allow } from '../platform/http/access.js';
import { type Access, Where, Who } from '../platform/http/request.js';
import { CorrectionsService } from './corrections.service.js';
import { CorrectSpendReport, SpendReportAnswer, toSpendReportAnswer } from './spend-report.dto.js';
import { mayReadContent } from './spend-report.rules.js';

@ApiTags('Reporting')
@ApiBearerAuth()
@Controller('api/v1')
export class CorrectionsController {
  constructor(
    private readonly db: Database,
    private readonly corrections: CorrectionsService,
  ) {}

  @Post('spend-reports/:spendReportId/correct')
  @Allow('spendReport', 'partner', 'backbone')
  @ApiOperation({
    summary:
      'Begin to correct an accepted report: a draft of the same period, which supersedes it once accepted',
  })
  @ApiCreatedResponse({ type: SpendReportAnswer })
  async begin(
    @Who() who: PersonActor,
    @Where() access: Access,
    @Param('spendReportId') id: string,
    @Body() { reason }: CorrectSpendReport,
  ): Promise<SpendReportAnswer> {
    const report = await inTransaction(this.db, who, (tx) => this.corrections.begin(tx, id, reason));
    return toSpendReportAnswer(report, mayReadContent(report, access));
  }

  @Post('spend-reports/:spendReportId/withdraw')
  @HttpCode(200)
  @Allow('spendReport', 'partner', 'backbone')
  @ApiOperation({ summary: 'Give up a correction that was not handed in' })
  @ApiOkResponse({ type: SpendReportAnswer })
  async withdraw(
    @Who() who: PersonActor,
    @Where() access: Access,
    @Param('spendReportId') id: string,
  ): Promise<SpendReportAnswer> {
    const report = await inTransaction(this.db, who, (tx) => this.corrections.withdraw(tx, id));
    return toSpendReportAnswer(report, mayReadContent(report, access));
  }
}
