import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { Integer } from '../../platform/http/fields.js';
import { type Access, Where } from '../../platform/http/request.js';
import { coalitionPath } from '../../web/navigation.js';
import { actorOf, type Heading, Pages, type Refusal } from '../../web/pages.js';
import { readQuery } from '../../web/read-query.js';
import { ForFundersPage } from './for-funders-page.js';
import { fundersOf, readFunderReport } from './funder-report.js';
import { FunderReportQuery, SetFunderReportSettings, StateRate } from './funder-report.dto.js';
import { FunderReportPage } from './funder-report-page.js';
import { FunderReportSettingsService } from './funder-report-settings.service.js';
import { FunderSettingsPage } from './funder-settings-page.js';

/** The form's, which carries the version that was looked at. */
class SettingsForm extends SetFunderReportSettings {
  @Integer(1, 1_000_000_000) version!: number;
}

@Controller('coalitions/:coalitionId/reports/for-funders')
export class FunderReportsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly settings: FunderReportSettingsService,
  ) {}

  @Get()
  @Allow('coalition', ...overseers)
  async list(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    await this.drawList(reply, coalitionId);
  }

  @Post('rates')
  @Allow('coalition', 'backbone', 'finance')
  async stateRate(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: StateRate,
      work: (tx, input) => this.settings.stateRate(tx, coalitionId, input),
      done: ({ fromCurrency, toCurrency, rate }) => ({
        to: `${homeOf(coalitionId)}`,
        say: `1 ${fromCurrency} is ${rate} ${toCurrency}, for reading reports.`,
      }),
      again: (refusal) => this.drawList(reply, coalitionId, refusal),
    });
  }

  @Get(':organisationId')
  @Allow('coalition', ...overseers)
  async show(
    @Res() reply: FastifyReply,
    @Where() { roles }: Access,
    @Param('coalitionId') coalitionId: string,
    @Param('organisationId') organisationId: string,
  ): Promise<void> {
    const { year } = await readQuery(reply, FunderReportQuery);
    const report = await inSnapshot(this.db, actorOf(reply), async (tx) =>
      readFunderReport(tx, coalitionId, await this.settings.read(tx, coalitionId, organisationId), year),
    );
    const maySet = roles.some((role) => role === 'backbone' || role === 'finance' || role === 'funder');
    await this.pages.show(reply, headingOf(coalitionId, report.funder), (page) => (
      <FunderReportPage page={page} report={report} maySet={maySet} />
    ));
  }

  @Get(':organisationId/settings')
  @Allow('coalition', 'backbone', 'finance', 'funder')
  async form(
    @Res() reply: FastifyReply,
    @Param('coalitionId') coalitionId: string,
    @Param('organisationId') organisationId: string,
  ): Promise<void> {
    await this.drawForm(reply, coalitionId, organisationId);
  }

  @Post(':organisationId/settings')
  @Allow('coalition', 'backbone', 'finance', 'funder')
  async set(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('coalitionId') coalitionId: string,
    @Param('organisationId') organisationId: string,
  ): Promise<void> {
    await this.pages.submit(reply, {
      input: SettingsForm,
      work: (tx, { version, ...input }) => this.settings.set(tx, access, organisationId, version, input),
      done: () => ({
        to: `${homeOf(coalitionId)}/${organisationId}`,
        say: 'Saved. It is read so from now on.',
      }),
      again: (refusal) => this.drawForm(reply, coalitionId, organisationId, refusal),
    });
  }

  private async drawList(reply: FastifyReply, coalitionId: string, refusal?: Refusal): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      coalitionId,
      funders: await fundersOf(tx, coalitionId),
      rates: await this.settings.listRates(tx, coalitionId, { limit: 50 }),
      today: (await coalitionCalendar(tx, coalitionId)).today,
    }));
    await this.pages.show(reply, headingOf(coalitionId), (page) => (
      <ForFundersPage page={page} view={view} refusal={refusal} />
    ));
  }

  private async drawForm(
    reply: FastifyReply,
    coalitionId: string,
    organisationId: string,
    refusal?: Refusal,
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const settings = await this.settings.read(tx, coalitionId, organisationId);
      const funder = await tx.row<{ name: string }>(`SELECT name FROM organisations WHERE id = $1`, [
        organisationId,
      ]);
      return { coalitionId, funder: funder!.name, settings };
    });
    await this.pages.show(reply, headingOf(coalitionId, view.funder), (page) => (
      <FunderSettingsPage page={page} view={view} refusal={refusal} />
    ));
  }
}

const homeOf = (coalitionId: string): string => `${coalitionPath(coalitionId, 'reports')}/for-funders`;

function headingOf(coalitionId: string, funder?: string): Heading {
  const reports = { label: 'Reports', href: coalitionPath(coalitionId, 'reports') };
  if (funder === undefined)
    return { title: 'For funders', section: 'reports', crumbs: [reports, { label: 'For funders' }] };
  const list = { label: 'For funders', href: homeOf(coalitionId) };
  return { title: funder, section: 'reports', crumbs: [reports, list, { label: funder }] };
}
