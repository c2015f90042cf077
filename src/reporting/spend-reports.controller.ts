import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ownOnly } from '../grants/grants.controller.js';
import type { PersonActor } from '../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { Allow, members, overseers } from '../platform/http/access.js';
import { moneyAnswer } from '../platform/http/answers.js';
import { type Page, pageOf } from '../platform/http/list.js';
import { type Access, IfMatch, Where, Who } from '../platform/http/request.js';
import { spendByGoal } from './spend-by-goal.js';
import {
  GoalSpendAnswer,
  ReturnSpendReport,
  SaveSpendReport,
  SpendReportAnswer,
  SpendReportQuery,
  SpendReportSummaryAnswer,
  toSpendReportAnswer,
  toSpendReportSummary,
} from './spend-report.dto.js';
import { mayReadContent } from './spend-report.rules.js';
import {
  listSpendReports,
  readSpendReport,
  type SpendReport,
  type SpendReportScope,
} from './spend-reports.read.js';
import { SpendReportsService } from './spend-reports.service.js';

const SpendReportPage = pageOf(SpendReportSummaryAnswer);

@ApiTags('Reporting')
@ApiBearerAuth()
@Controller('api/v1')
export class SpendReportsController {
  constructor(
    private readonly db: Database,
    private readonly reports: SpendReportsService,
  ) {}

  @Get('coalitions/:coalitionId/spend-reports')
  @Allow('coalition', ...members)
  @ApiOperation({ summary: 'The spend reports of a coalition; a partner sees its own' })
  @ApiOkResponse({ type: SpendReportPage })
  ofCoalition(
    @Who() who: PersonActor,
    @Where() access: Access,
    @Param('coalitionId') coalitionId: string,
    @Query() query: SpendReportQuery,
  ): Promise<Page<SpendReportSummaryAnswer>> {
    return this.list(who, { coalitionId, organisationIds: ownOnly(access) }, query);
  }

  @Get('coalitions/:coalitionId/spend-by-goal')
  @Allow('coalition', ...overseers)
  @ApiOperation({ summary: 'What accepted reports say was spent on each goal, each currency apart' })
  @ApiOkResponse({ type: pageOf(GoalSpendAnswer) })
  async byGoal(
    @Who() who: PersonActor,
    @Param('coalitionId') coalitionId: string,
  ): Promise<Page<GoalSpendAnswer>> {
    const rows = await inSnapshot(this.db, who, (tx) => spendByGoal(tx, coalitionId));
    const items = rows.map(({ goalId, goal, spent, currency }) => ({
      goalId,
      goal,
      spent: moneyAnswer(spent, currency),
    }));
    return { items, nextCursor: null, total: items.length };
  }

  @Get('grants/:grantId/spend-reports')
  @Allow('grant', ...members)
  @ApiOperation({ summary: 'The spend reports of a grant, one for each period' })
  @ApiOkResponse({ type: SpendReportPage })
  ofGrant(
    @Who() who: PersonActor,
    @Where() { coalitionId }: Access,
    @Param('grantId') grantId: string,
    @Query() query: SpendReportQuery,
  ): Promise<Page<SpendReportSummaryAnswer>> {
    return this.list(who, { coalitionId, grantId, organisationIds: null }, query);
  }

  @Get('spend-reports/:spendReportId')
  @Allow('spendReport', ...members)
  @ApiOperation({ summary: 'A spend report, filled in as far as it can be' })
  @ApiOkResponse({ type: SpendReportAnswer })
  async read(
    @Who() who: PersonActor,
    @Where() access: Access,
    @Param('spendReportId') id: string,
  ): Promise<SpendReportAnswer> {
    const report = await inSnapshot(this.db, who, (tx) => readSpendReport(tx, id));
    return toSpendReportAnswer(report, mayReadContent(report, access));
  }

  @Patch('spend-reports/:spendReportId')
  @Allow('spendReport', 'partner')
  @ApiOperation({ summary: 'Save what you have so far: spend by goal, story, learning' })
  @ApiOkResponse({ type: SpendReportAnswer })
  save(
    @Who() who: PersonActor,
    @IfMatch() version: number,
    @Param('spendReportId') id: string,
    @Body() body: SaveSpendReport,
  ): Promise<SpendReportAnswer> {
    return this.change(who, (tx) => this.reports.save(tx, id, version, body));
  }

  @Post('spend-reports/:spendReportId/submit')
  @HttpCode(200)
  @Allow('spendReport', 'partner')
  @ApiOperation({ summary: 'Submit a report: its figures are frozen' })
  @ApiOkResponse({ type: SpendReportAnswer })
  submit(@Who() who: PersonActor, @Param('spendReportId') id: string): Promise<SpendReportAnswer> {
    return this.change(who, (tx) => this.reports.submit(tx, id));
  }

  @Post('spend-reports/:spendReportId/return')
  @HttpCode(200)
  @Allow('spendReport', 'backbone')
  @ApiOperation({
    summary:
      'Return a submitted report to its partner, with a comment, and with one at each field that needs it',
  })
  @ApiOkResponse({ type: SpendReportAnswer })
  returnToPartner(
    @Who() who: PersonActor,
    @Param('spendReportId') id: string,
    @Body() comments: ReturnSpendReport,
  ): Promise<SpendReportAnswer> {
    return this.change(who, (tx) => this.reports.returnWith(tx, id, comments));
  }

  @Post('spend-reports/:spendReportId/accept')
  @HttpCode(200)
  @Allow('spendReport', 'backbone')
  @ApiOperation({ summary: 'Accept a submitted report; by somebody else than who submitted it' })
  @ApiOkResponse({ type: SpendReportAnswer })
  accept(@Who() who: PersonActor, @Param('spendReportId') id: string): Promise<SpendReportAnswer> {
    return this.change(who, (tx) => this.reports.accept(tx, id));
  }

  /** Whoever may change a report may read it. */
  private async change(who: PersonActor, work: (tx: Tx) => Promise<SpendReport>): Promise<SpendReportAnswer> {
    return toSpendReportAnswer(await inTransaction(this.db, who, work), true);
  }

  private async list(
    who: PersonActor,
    scope: SpendReportScope,
    query: SpendReportQuery,
  ): Promise<Page<SpendReportSummaryAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listSpendReports(tx, scope, query));
    return { ...page, items: page.items.map(toSpendReportSummary) };
  }
}
