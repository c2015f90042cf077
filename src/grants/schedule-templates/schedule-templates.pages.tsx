import { Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Database, inSnapshot } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { ListQuery } from '../../platform/http/list.js';
import type { FormShape } from '../../web/forms/read-form.js';
import { coalitionPath } from '../../web/navigation.js';
import { actorOf, Pages, type Refusal } from '../../web/pages.js';
import { placedInForm, withRate } from '../grant-form.dto.js';
import { readGrant } from '../grants.read.js';
import { shapeAmounts, shapeFlags, shapeValues } from '../schedule-fields.js';
import { BeginLike, ScheduleTemplateChangeForm, ScheduleTemplateForm } from './schedule-template.dto.js';
import { ScheduleTemplateFormPage, type TemplateFormView, templateValues } from './schedule-template-form.js';
import { templatesPath } from './schedule-template-words.js';
import { listTemplates, readTemplate } from './schedule-templates.read.js';
import { ScheduleTemplatesPage } from './schedule-templates-page.js';
import { ScheduleTemplatesService } from './schedule-templates.service.js';

@Controller()
export class ScheduleTemplatesPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly templates: ScheduleTemplatesService,
  ) {}

  @Get('coalitions/:coalitionId/schedule-templates')
  @Allow('coalition', ...overseers)
  async list(
    @Res() reply: FastifyReply,
    @Param('coalitionId') coalitionId: string,
    @Query() query: ListQuery,
  ): Promise<void> {
    const list = await inSnapshot(this.db, actorOf(reply), (tx) => listTemplates(tx, coalitionId, query));
    await this.pages.show(reply, heading(coalitionId), (page) => (
      <ScheduleTemplatesPage page={page} coalitionId={coalitionId} list={list} query={query} />
    ));
  }

  @Get('coalitions/:coalitionId/schedule-templates/new')
  @Allow('coalition', 'backbone')
  async form(
    @Res() reply: FastifyReply,
    @Param('coalitionId') coalitionId: string,
    @Query() { grantId }: BeginLike,
  ): Promise<void> {
    await this.drawNew(reply, coalitionId, { grantId });
  }

  @Post('coalitions/:coalitionId/schedule-templates')
  @Allow('coalition', 'backbone')
  async save(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: ScheduleTemplateForm,
      shape: await this.shapeFor(reply, coalitionId),
      work: (tx, input) => this.templates.save(tx, coalitionId, withRate(input)),
      done: ({ name }) => ({ to: templatesPath(coalitionId), say: `“${name}” is saved.` }),
      again: (refusal) => this.drawNew(reply, coalitionId, { refusal }),
    });
  }

  @Get('schedule-templates/:scheduleTemplateId')
  @Allow('scheduleTemplate', 'backbone')
  async edit(@Res() reply: FastifyReply, @Param('scheduleTemplateId') id: string): Promise<void> {
    await this.drawChange(reply, id);
  }

  @Post('schedule-templates/:scheduleTemplateId')
  @Allow('scheduleTemplate', 'backbone')
  async change(@Res() reply: FastifyReply, @Param('scheduleTemplateId') id: string): Promise<void> {
    const { coalitionId } = await inSnapshot(this.db, actorOf(reply), (tx) => readTemplate(tx, id));
    await this.pages.submit(reply, {
      input: ScheduleTemplateChangeForm,
      shape: await this.shapeFor(reply, coalitionId),
      work: (tx, { version, ...input }) => this.templates.change(tx, id, version, withRate(input)),
      done: ({ name }) => ({ to: templatesPath(coalitionId), say: `“${name}” is changed. No grant is.` }),
      again: (refusal) => this.drawChange(reply, id, refusal),
    });
  }

  @Post('schedule-templates/:scheduleTemplateId/remove')
  @Allow('scheduleTemplate', 'backbone')
  async remove(@Res() reply: FastifyReply, @Param('scheduleTemplateId') id: string): Promise<void> {
    await this.pages.press(reply, {
      work: (tx) => this.templates.remove(tx, id),
      done: ({ name, coalitionId }) => ({ to: templatesPath(coalitionId), say: `“${name}” is removed.` }),
      back: `/schedule-templates/${id}`,
    });
  }

  private async drawNew(
    reply: FastifyReply,
    coalitionId: string,
    { grantId, refusal }: { grantId?: string; refusal?: Refusal },
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx): Promise<TemplateFormView> => {
      const currencies = await currenciesOf(tx, coalitionId);
      const values = grantId ? await likeGrant(tx, coalitionId, grantId) : { everyMonths: '3' };
      return { coalitionId, template: undefined, currencies, values };
    });
    await this.draw(reply, view, 'Save a schedule', refusal);
  }

  private async drawChange(reply: FastifyReply, id: string, refusal?: Refusal): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx): Promise<TemplateFormView> => {
      const template = await readTemplate(tx, id);
      const { coalitionId } = template;
      const currencies = await currenciesOf(tx, coalitionId);
      return { coalitionId, template, currencies, values: templateValues(template) };
    });
    await this.draw(reply, view, view.template!.name, refusal);
  }

  private draw(reply: FastifyReply, view: TemplateFormView, label: string, refusal?: Refusal): Promise<void> {
    return this.pages.show(reply, heading(view.coalitionId, label), (page) => (
      <ScheduleTemplateFormPage
        page={page}
        view={view}
        refusal={refusal && { ...refusal, errors: placedInForm(refusal.errors) }}
      />
    ));
  }

  /** Amounts are typed in the currency that is chosen, or else in that of the oldest pool. */
  private async shapeFor(reply: FastifyReply, coalitionId: string): Promise<FormShape> {
    const [first] = await inSnapshot(this.db, actorOf(reply), (tx) => currenciesOf(tx, coalitionId));
    return {
      flags: shapeFlags,
      amounts: ({ currency }) => shapeAmounts(typeof currency === 'string' ? currency : (first ?? 'GBP')),
    };
  }
}

const heading = (coalitionId: string, label?: string) => ({
  title: label ?? 'Saved schedules',
  section: 'grants' as const,
  crumbs: [
    { label: 'Grants', href: coalitionPath(coalitionId, 'grants') },
    { label: 'Saved schedules', ...(label === undefined ? {} : { href: templatesPath(coalitionId) }) },
    ...(label === undefined ? [] : [{ label }]),
  ],
});

async function currenciesOf(tx: Tx, coalitionId: string): Promise<string[]> {
  const rows = await tx.rows<{ currency: string }>(
    `SELECT currency FROM pools WHERE coalition_id = $1 GROUP BY currency ORDER BY min(created_at)`,
    [coalitionId],
  );
  return rows.map(({ currency }) => currency);
}

/** A new template begins as a grant of the coalition is paid. @throws notFound */
async function likeGrant(tx: Tx, coalitionId: string, grantId: string): Promise<Record<string, unknown>> {
  const grant = await readGrant(tx, grantId);
  if (grant.coalitionId !== coalitionId) throw notFound('grant');
  return { ...shapeValues(grant.template), currency: grant.currency };
}
