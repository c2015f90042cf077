import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../coalitions/coalition.js';
import { ownOnly } from '../grants/grants.controller.js';
import { partnersOf, readGrant } from '../grants/grants.read.js';
import { historyOf } from '../platform/audit/history.js';
import { Database, inSnapshot } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { Allow, members, overseers } from '../platform/http/access.js';
import { type Access, Where } from '../platform/http/request.js';
import { coalitionPath } from '../web/navigation.js';
import { actorOf, Pages, type Refusal } from '../web/pages.js';
import type { FormShape } from '../web/forms/read-form.js';
import { readQuery } from '../web/read-query.js';
import { renderFragment } from '../web/render.js';
import { AllReportsPage } from './all-reports-page.js';
import { GrantReportsPage, type GrantReportsView } from './grant-reports-page.js';
import { periodText } from './period-text.js';
import { contentOf, contentSent } from './report-content.js';
import { seenOf } from './report-merge.rules.js';
import { remindersOfReport } from './reminders.read.js';
import { readReportsBoard } from './reports-board.js';
import { ReportsBoardPage } from './reports-board-page.js';
import { RequirementsService } from './requirements.service.js';
import { ReturnForm, ReviewForm, SpendReportForm, SpendReportQuery } from './spend-report.dto.js';
import { mayReadContent, mayTake } from './spend-report.rules.js';
import { Saved, seenIn } from './spend-report-form.js';
import { SpendReportPage, type SpendReportView } from './spend-report-page.js';
import { listSpendReports, readSpendReport, reportsOfGrant, type SpendReport } from './spend-reports.read.js';
import { SpendReportsService } from './spend-reports.service.js';

@Controller()
export class ReportingPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly requirements: RequirementsService,
    private readonly reports: SpendReportsService,
  ) {}

  @Get('coalitions/:coalitionId/reports')
  @Allow('coalition', ...members)
  async board(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('coalitionId') coalitionId: string,
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), (tx) =>
      readReportsBoard(tx, coalitionId, ownOnly(access)),
    );
    const heading = { title: 'Reports', section: 'reports' as const, crumbs: [{ label: 'Reports' }] };
    await this.pages.show(reply, heading, (page) => <ReportsBoardPage page={page} view={view} />);
  }

  @Get('coalitions/:coalitionId/reports/all')
  @Allow('coalition', ...members)
  async all(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('coalitionId') coalitionId: string,
  ): Promise<void> {
    const query = await readQuery(reply, SpendReportQuery);
    const organisationIds = ownOnly(access);
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      coalitionId,
      query,
      reports: await listSpendReports(tx, { coalitionId, organisationIds }, query),
      partners: await partnersOf(tx, { coalitionId, organisationIds }),
      today: (await coalitionCalendar(tx, coalitionId)).today,
    }));
    const crumbs = [
      { label: 'Reports', href: coalitionPath(coalitionId, 'reports') },
      { label: 'All reports' },
    ];
    await this.pages.show(reply, { title: 'All reports', section: 'reports', crumbs }, (page) => (
      <AllReportsPage page={page} view={view} />
    ));
  }

  @Get('grants/:grantId/reports')
  @Allow('grant', ...members)
  async ofGrant(@Res() reply: FastifyReply, @Param('grantId') grantId: string): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), (tx) => this.readGrantReports(tx, grantId));
    const { grant } = view;
    const crumbs = [
      { label: 'Grants', href: coalitionPath(grant.coalitionId, 'grants') },
      { label: grant.reference, href: `/grants/${grantId}` },
      { label: 'Reports' },
    ];
    await this.pages.show(
      reply,
      { title: `Reports on ${grant.title}`, section: 'grants', crumbs },
      (page) => <GrantReportsPage page={page} view={view} />,
    );
  }

  @Get('spend-reports/:spendReportId')
  @Allow('spendReport', ...members)
  async show(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('spendReportId') id: string,
  ): Promise<void> {
    await this.draw(reply, access, id);
  }

  @Post('spend-reports/:spendReportId')
  @Allow('spendReport', 'partner')
  async save(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('spendReportId') id: string,
  ): Promise<void> {
    await this.pages.submit(reply, {
      input: SpendReportForm,
      shape: await this.shape(reply, id),
      work: (tx, form) => this.write(tx, id, form),
      done: () => ({ to: `/spend-reports/${id}`, say: 'The draft is saved.' }),
      again: (refusal) => this.draw(reply, access, id, refusal),
    });
  }

  @Post('spend-reports/:spendReportId/autosave')
  @Allow('spendReport', 'partner')
  async autosave(@Res() reply: FastifyReply, @Param('spendReportId') id: string): Promise<void> {
    const locale = reply.request.signedIn?.locale ?? 'en-GB';
    const answer = (saved: Parameters<typeof Saved>[0]) =>
      reply
        .status(200)
        .type('text/html; charset=utf-8')
        .send(renderFragment(<Saved {...saved} />));
    await this.pages.submit(reply, {
      input: SpendReportForm,
      shape: await this.shape(reply, id),
      work: (tx, form) => this.write(tx, id, form),
      done: (report, values) => ({
        draw: async () => {
          const { version, timeZone } = report;
          const seen = seenOf(contentSent(values));
          const others = JSON.stringify(seenOf(contentOf(report))) !== JSON.stringify(seen);
          await answer({ version, seen, others, at: { instant: this.db.clock.now(), timeZone, locale } });
        },
      }),
      again: async ({ values, detail, errors }) => {
        await answer({
          version: Number(values.version),
          seen: seenIn(values),
          not: errors[0]?.message ?? detail,
        });
      },
    });
  }

  @Post('spend-reports/:spendReportId/submit')
  @Allow('spendReport', 'partner')
  async submit(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('spendReportId') id: string,
  ): Promise<void> {
    await this.pages.submit(reply, {
      input: SpendReportForm,
      shape: await this.shape(reply, id),
      work: async (tx, form) => {
        await this.write(tx, id, form);
        return this.reports.submit(tx, id);
      },
      done: () => ({ to: `/spend-reports/${id}`, say: 'The report is submitted. Thank you.' }),
      again: (refusal) => this.draw(reply, access, id, refusal),
    });
  }

  @Post('spend-reports/:spendReportId/return')
  @Allow('spendReport', 'backbone')
  async returnToPartner(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('spendReportId') id: string,
  ): Promise<void> {
    await this.pages.submit(reply, {
      input: ReturnForm,
      work: (tx, { comment, fields, version }) => {
        const written = (fields ?? []).map((at) => ({ pointer: at.pointer, comment: at.comment ?? '' }));
        const asked = written.filter((at) => at.comment !== '');
        return this.reports.returnWith(tx, id, { comment, fields: asked }, version);
      },
      done: ({ organisation }) => ({
        to: `/spend-reports/${id}`,
        say: `The report is returned to ${organisation}, with your comment.`,
      }),
      again: (refusal) => this.draw(reply, access, id, refusal),
    });
  }

  @Post('spend-reports/:spendReportId/accept')
  @Allow('spendReport', 'backbone')
  async accept(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('spendReportId') id: string,
  ): Promise<void> {
    await this.pages.submit(reply, {
      input: ReviewForm,
      work: (tx, { version }) => this.reports.accept(tx, id, version),
      done: () => ({ to: `/spend-reports/${id}`, say: 'The report is accepted.' }),
      again: (refusal) => this.draw(reply, access, id, refusal),
    });
  }

  /** What a form sends is all there is: what was emptied is forgotten. */
  private write(tx: Tx, id: string, form: SpendReportForm): Promise<SpendReport> {
    const { version, lines, readings, story, learning, seen } = form;
    if (seen)
      return this.reports.saveBeside(tx, id, contentSent(form), {
        ...{ ...seen, lines: seen.lines ?? [], readings: seen.readings ?? [] },
      });
    return this.reports.save(tx, id, version, {
      lines: lines ?? [],
      readings: readings ?? [],
      story: story ?? '',
      learning: learning ?? '',
    });
  }

  /** Amounts are typed in the report's currency, readings as plain numbers. */
  private async shape(reply: FastifyReply, id: string): Promise<FormShape> {
    const { currency } = await inSnapshot(this.db, actorOf(reply), (tx) => readSpendReport(tx, id));
    return { amounts: { 'lines[].amount': currency }, decimals: ['readings[].values[].value'] };
  }

  private async draw(reply: FastifyReply, access: Access, id: string, refusal?: Refusal): Promise<void> {
    const actor = actorOf(reply);
    const view = await inSnapshot(this.db, actor, async (tx): Promise<SpendReportView> => {
      const report = await readSpendReport(tx, id);
      return {
        report,
        reminders: await remindersOfReport(tx, id),
        history: await historyOf(tx, { kind: 'spendReport', id }),
        mayWrite: mayTake(report.state, 'save') && reportsFor(report, access),
        mayReview: mayTake(report.state, 'accept') && access.roles.includes('backbone'),
        mayReadContent: mayReadContent(report, access),
        mayCorrect: reportsFor(report, access) || access.roles.includes('backbone'),
        isAuthor: report.submittedById === actor.personId,
        seesPayments: access.roles.some((role) => overseers.includes(role)),
      };
    });
    const { report } = view;
    const period = periodText(report, 'en-GB');
    const crumbs = [
      { label: 'Reports', href: coalitionPath(report.coalitionId, 'reports') },
      { label: report.grantReference, href: `/grants/${report.grantId}/reports` },
      { label: period },
    ];
    const about = { kind: 'spendReport', id: report.id };
    const heading = { title: `Spend report, ${period}`, section: 'reports' as const, crumbs, about };
    await this.pages.show(reply, heading, (page) => (
      <SpendReportPage page={page} view={view} refusal={refusal} />
    ));
  }

  private async readGrantReports(
    tx: Tx,
    grantId: string,
  ): Promise<GrantReportsView & { grant: { coalitionId: string } }> {
    const grant = await readGrant(tx, grantId);
    const { today } = await coalitionCalendar(tx, grant.coalitionId);
    const reports = await reportsOfGrant(tx, grantId, today);
    const requirement = reports.length > 0 ? await this.requirements.ofGrant(tx, grantId) : null;
    return { grant, requirement, reports, today };
  }
}

/** Whether the reader reports for the partner of this report. */
const reportsFor = ({ organisationId }: SpendReport, { roles, organisationIds }: Access): boolean =>
  roles.includes('partner') && organisationIds.includes(organisationId);
