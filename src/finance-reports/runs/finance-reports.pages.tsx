import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { Choice } from '../../platform/http/fields.js';
import { type Access, Where } from '../../platform/http/request.js';
import { coalitionPath } from '../../web/navigation.js';
import type { Crumb } from '../../web/page-context.js';
import { actorOf, Pages, type Refusal } from '../../web/pages.js';
import { readQuery } from '../../web/read-query.js';
import { definitionOf, type ReportKind, reportKinds } from '../definitions/report-definitions.js';
import { FinanceReportsPage } from './finance-reports-page.js';
import { endOfDay, MakeReportForm, periodOfForm } from './new-report.dto.js';
import { NewReportPage } from './new-report-page.js';
import { ReportRunPage } from './report-run-page.js';
import { ReportRunQuery } from './run.dto.js';
import { reportMakers } from './run-order.js';
import { deliveriesOf, listRunsWithReach, readFirst, type ReportRun, readRun } from './runs.read.js';
import { RunsService } from './runs.service.js';
import { readTermsChoices } from './terms-choices.read.js';
import { scopeOfForm, termsOfForm } from './terms-form.dto.js';
import { SubscriptionsService } from '../subscriptions/subscriptions.service.js';

/** Which of the reports a link leads to. */
class ChosenKind {
  @Choice(reportKinds, { optional: true }) kind?: ReportKind;
}

/** How many subscriptions stand beside the list of what was made. */
const shownBeside = 8;

/** The way down to a pool's finance reports. */
export const reportCrumbs = (coalitionId: string, poolId: string, ...more: Crumb[]): Crumb[] => [
  { label: 'Reports', href: coalitionPath(coalitionId, 'reports') },
  { label: 'Finance reports', ...(more.length > 0 ? { href: `/pools/${poolId}/finance-reports` } : {}) },
  ...more,
];

/** A report over several pools hangs below its coalition. */
const runCrumbs = (coalitionId: string, { poolId }: Pick<ReportRun, 'poolId'>, label: string): Crumb[] =>
  poolId === null
    ? [{ label: 'Reports', href: coalitionPath(coalitionId, 'reports') }, { label }]
    : reportCrumbs(coalitionId, poolId, { label });

@Controller()
export class FinanceReportsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly runs: RunsService,
    private readonly subscriptions: SubscriptionsService,
  ) {}

  @Get('pools/:poolId/finance-reports')
  @Allow('pool', ...overseers)
  async list(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('poolId') poolId: string,
  ): Promise<void> {
    await this.draw(reply, access.coalitionId, poolId, await readQuery(reply, ReportRunQuery));
  }

  @Get('pools/:poolId/finance-reports/new')
  @Allow('pool', ...reportMakers)
  async form(
    @Res() reply: FastifyReply,
    @Where() { coalitionId }: Access,
    @Param('poolId') poolId: string,
  ): Promise<void> {
    const { kind } = await readQuery(reply, ChosenKind);
    await this.drawForm(reply, coalitionId, poolId, kind);
  }

  @Post('pools/:poolId/finance-reports')
  @Allow('pool', ...reportMakers)
  async make(
    @Res() reply: FastifyReply,
    @Where() { coalitionId }: Access,
    @Param('poolId') poolId: string,
  ): Promise<void> {
    await this.pages.submit(reply, {
      input: MakeReportForm,
      work: async (tx, form) => {
        const { timeZone, today } = await coalitionCalendar(tx, coalitionId);
        return this.runs.ask(tx, {
          ...termsOfForm(form),
          scope: scopeOfForm(form, { poolId, coalitionId }),
          period: periodOfForm(form, form.asOfOn ?? today),
          asOf: endOfDay(form.asOfOn, tx.now, timeZone),
        });
      },
      done: ({ id }) => ({
        to: `/report-runs/${id}`,
        say: 'The report was asked for. It is sent to nobody.',
      }),
      again: (refusal) => this.drawForm(reply, coalitionId, poolId, undefined, refusal),
    });
  }

  @Get('report-runs/:reportRunId')
  @Allow('reportRun', ...overseers)
  async show(
    @Res() reply: FastifyReply,
    @Where() { coalitionId }: Access,
    @Param('reportRunId') id: string,
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const run = await readRun(tx, id);
      return {
        run,
        first: await readFirst(tx, run),
        deliveries: await deliveriesOf(tx, id),
        timeZone: (await coalitionCalendar(tx, coalitionId)).timeZone,
      };
    });
    const title = definitionOf(view.run.kind).title;
    const crumbs = runCrumbs(coalitionId, view.run, title);
    await this.pages.show(reply, { title, section: 'reports', crumbs }, (page) => (
      <ReportRunPage page={page} view={view} />
    ));
  }

  @Post('report-runs/:reportRunId/again')
  @Allow('reportRun', ...reportMakers)
  async again(@Res() reply: FastifyReply, @Param('reportRunId') id: string): Promise<void> {
    await this.pages.press(reply, {
      work: (tx) => this.runs.again(tx, id),
      done: (again) => ({
        to: `/report-runs/${again.id}`,
        say: 'The report was asked for again, as of then.',
      }),
      back: `/report-runs/${id}`,
    });
  }

  @Post('report-runs/:reportRunId/cancel')
  @Allow('reportRun', ...reportMakers)
  async cancel(@Res() reply: FastifyReply, @Param('reportRunId') id: string): Promise<void> {
    const to = `/report-runs/${id}`;
    await this.pages.press(reply, {
      work: (tx) => this.runs.cancel(tx, id),
      done: () => ({ to, say: 'The report was cancelled.' }),
      back: to,
    });
  }

  private async drawForm(
    reply: FastifyReply,
    coalitionId: string,
    poolId: string,
    kind: ReportKind = 'poolPosition',
    refusal?: Refusal,
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      ...{ poolId, kind },
      choices: await readTermsChoices(tx, poolId),
      timeZone: (await coalitionCalendar(tx, coalitionId)).timeZone,
    }));
    const crumbs = reportCrumbs(coalitionId, poolId, { label: 'Make a report' });
    await this.pages.show(reply, { title: 'Make a report', section: 'reports', crumbs }, (page) => (
      <NewReportPage page={page} view={view} refusal={refusal} />
    ));
  }

  private async draw(
    reply: FastifyReply,
    coalitionId: string,
    poolId: string,
    query: ReportRunQuery,
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      poolId,
      pool: (await tx.row<{ name: string }>(`SELECT name FROM pools WHERE id = $1`, [poolId]))!.name,
      runs: await listRunsWithReach(tx, { poolId }, query),
      query,
      subscriptions: await this.subscriptions.list(tx, { poolId }, { limit: shownBeside }),
      timeZone: (await coalitionCalendar(tx, coalitionId)).timeZone,
    }));
    const crumbs = reportCrumbs(coalitionId, poolId);
    await this.pages.show(reply, { title: 'Finance reports', section: 'reports', crumbs }, (page) => (
      <FinanceReportsPage page={page} view={view} />
    ));
  }
}
