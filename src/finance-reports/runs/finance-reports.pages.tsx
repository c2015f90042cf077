import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { addDays, type Day, startOfDayInstant } from '../../maths/day.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { fieldError } from '../../platform/errors/domain-error.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { CalendarDay } from '../../platform/http/fields.js';
import { type Access, Where } from '../../platform/http/request.js';
import { coalitionPath } from '../../web/navigation.js';
import type { Crumb } from '../../web/page-context.js';
import { actorOf, Pages, type Refusal } from '../../web/pages.js';
import { readQuery } from '../../web/read-query.js';
import { definitionOf } from '../definitions/report-definitions.js';
import { FinanceReportsPage } from './finance-reports-page.js';
import { ReportRunPage } from './report-run-page.js';
import { ReportRunQuery } from './run.dto.js';
import { reportMakers } from './run-order.js';
import { deliveriesOf, listRunsWithReach, readFirst, type ReportRun, readRun } from './runs.read.js';
import { termsOf } from './run-terms.dto.js';
import { RunsService } from './runs.service.js';
import { SubscriptionsService } from '../subscriptions/subscriptions.service.js';

/** The form knows days; the report is as of the end of one, or as of now. */
class MakeReportForm {
  @CalendarDay({ optional: true }) asOfOn?: string;
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

  @Post('pools/:poolId/finance-reports')
  @Allow('pool', ...reportMakers)
  async make(
    @Res() reply: FastifyReply,
    @Where() { coalitionId }: Access,
    @Param('poolId') poolId: string,
  ): Promise<void> {
    await this.pages.submit(reply, {
      input: MakeReportForm,
      work: async (tx, { asOfOn }) => {
        const asOf = asOfOn === undefined ? tx.now : await endOfDay(tx, coalitionId, asOfOn);
        return this.runs.ask(tx, {
          ...termsOf({ kind: 'poolPosition' }),
          scope: { kind: 'pool', poolId },
          period: {},
          asOf,
        });
      },
      done: ({ id }) => ({
        to: `/report-runs/${id}`,
        say: 'The report was asked for. It is sent to nobody.',
      }),
      again: (refusal) => this.draw(reply, coalitionId, poolId, {}, refusal),
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

  private async draw(
    reply: FastifyReply,
    coalitionId: string,
    poolId: string,
    query: ReportRunQuery,
    refusal?: Refusal,
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
      <FinanceReportsPage page={page} view={view} refusal={refusal} />
    ));
  }
}

/** The last instant of a day that is over; today is as of now. @throws ruleBroken naming /asOfOn */
async function endOfDay(tx: Tx, coalitionId: string, day: Day): Promise<Date> {
  const { today, timeZone } = await coalitionCalendar(tx, coalitionId);
  if (day > today) {
    throw fieldError('ruleBroken', '/asOfOn', 'A report can only look back. Choose a day that is not ahead.');
  }
  if (day === today) return tx.now;
  return new Date(startOfDayInstant(addDays(day, 1), timeZone).getTime() - 1);
}
