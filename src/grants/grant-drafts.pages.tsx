import { Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../coalitions/coalition.js';
import { organisationChoices } from '../coalitions/organisation-choices.js';
import { splitOverhead } from '../maths/overhead.js';
import { Database, inSnapshot } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { Allow } from '../platform/http/access.js';
import type { FormShape } from '../web/forms/read-form.js';
import { coalitionPath } from '../web/navigation.js';
import { actorOf, Pages, type Refusal } from '../web/pages.js';
import { PoolsService } from '../pools/pools.service.js';
import { GrantChangeForm, GrantForm, placedInForm, SchedulePreviewForm, withRate } from './grant-form.dto.js';
import {
  GrantFormPage,
  type GrantFormView,
  type SchedulePreview,
  usualTerms,
  valuesOf,
} from './grant-form.js';
import { shapeAmounts, shapeFlags, shapeValues } from './schedule-fields.js';
import { planGrant } from './grant-schedule.js';
import { goalsOfGrant, readGrant } from './grants.read.js';
import { BeginWith } from './schedule-templates/schedule-template.dto.js';
import { scheduleOf } from './schedule-templates/schedule-by-template.js';
import { readTemplate, templateChoices } from './schedule-templates/schedule-templates.read.js';
import { GrantsService } from './grants.service.js';

/** What the form belongs to: a pool, for a new draft, or the draft that is changed. */
type Subject = { poolId: string } | { grantId: string };

/** What stands in the fields when it is drawn again, and what to say of it. */
type Drawn = Partial<Refusal> & {
  preview?: SchedulePreview;
  /** The saved schedule that it begins with. */
  templateId?: string;
};

const mostGoals = 500;

@Controller()
export class GrantDraftsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly pools: PoolsService,
    private readonly grants: GrantsService,
  ) {}

  @Get('pools/:poolId/grants/new')
  @Allow('pool', 'backbone')
  async form(
    @Res() reply: FastifyReply,
    @Param('poolId') poolId: string,
    @Query() { templateId }: BeginWith,
  ): Promise<void> {
    await this.draw(reply, { poolId }, { templateId });
  }

  @Post('pools/:poolId/grants/preview')
  @HttpCode(200)
  @Allow('pool', 'backbone')
  async preview(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    await this.previewOf(reply, { poolId });
  }

  @Post('pools/:poolId/grants')
  @Allow('pool', 'backbone')
  async draft(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: GrantForm,
      shape: await this.shapeOf(reply, { poolId }),
      work: (tx, input) => this.grants.draft(tx, poolId, withRate(input)),
      done: ({ id, reference }) => ({
        to: `/grants/${id}`,
        say: `${reference} is drafted. Look at it, then propose it.`,
      }),
      again: (refusal) => this.draw(reply, { poolId }, refusal),
    });
  }

  @Get('grants/:grantId/edit')
  @Allow('grant', 'backbone')
  async edit(
    @Res() reply: FastifyReply,
    @Param('grantId') grantId: string,
    @Query() { templateId }: BeginWith,
  ): Promise<void> {
    await this.draw(reply, { grantId }, { templateId });
  }

  @Post('grants/:grantId/preview')
  @HttpCode(200)
  @Allow('grant', 'backbone')
  async previewChange(@Res() reply: FastifyReply, @Param('grantId') grantId: string): Promise<void> {
    await this.previewOf(reply, { grantId });
  }

  @Post('grants/:grantId')
  @Allow('grant', 'backbone')
  async change(@Res() reply: FastifyReply, @Param('grantId') grantId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: GrantChangeForm,
      shape: await this.shapeOf(reply, { grantId }),
      work: (tx, { version, ...input }) => this.grants.change(tx, grantId, version, withRate(input)),
      done: ({ reference }) => ({ to: `/grants/${grantId}`, say: `${reference} is changed.` }),
      again: (refusal) => this.draw(reply, { grantId }, refusal),
    });
  }

  private async previewOf(reply: FastifyReply, subject: Subject): Promise<void> {
    await this.pages.submit(reply, {
      input: SchedulePreviewForm,
      shape: await this.shapeOf(reply, subject),
      work: async (tx, input) => {
        const pool = await this.poolOf(tx, subject);
        const { currency, coalitionId } = pool;
        const terms = withRate(input);
        const schedule = planGrant(
          await scheduleOf(tx, pool, terms),
          currency,
          await coalitionCalendar(tx, coalitionId),
        );
        const overhead = terms.overheadRate ? splitOverhead(schedule.award, terms.overheadRate) : undefined;
        return { ...schedule, overhead };
      },
      done: (preview, values) => ({ draw: () => this.draw(reply, subject, { values, preview }) }),
      again: (refusal) => this.draw(reply, subject, refusal),
    });
  }

  private async draw(reply: FastifyReply, subject: Subject, drawn: Drawn = {}): Promise<void> {
    const { view, values } = await inSnapshot(this.db, actorOf(reply), (tx) =>
      this.readForm(tx, subject, drawn.templateId),
    );
    const { grant, coalitionId } = view;
    const title = grant ? `Change ${grant.reference}` : 'Draft a grant';
    const crumbs = [
      { label: 'Grants', href: coalitionPath(coalitionId, 'grants') },
      ...(grant ? [{ label: grant.reference, href: `/grants/${grant.id}` }] : []),
      { label: grant ? 'Change' : 'Draft a grant' },
    ];
    await this.pages.show(reply, { title, section: 'grants', crumbs }, (page) => (
      <GrantFormPage
        page={page}
        view={view}
        values={drawn.values ?? values}
        errors={placedInForm(drawn.errors ?? [])}
        detail={drawn.detail}
        preview={drawn.preview}
      />
    ));
  }

  private async readForm(
    tx: Tx,
    subject: Subject,
    templateId?: string,
  ): Promise<{ view: GrantFormView; values: Record<string, unknown> }> {
    const pool = await this.poolOf(tx, subject);
    const { coalitionId } = pool;
    const grant = 'grantId' in subject ? await readGrant(tx, subject.grantId) : undefined;
    const goals = await tx.rows<{ value: string; label: string }>(
      `SELECT id AS value, name AS label FROM goals WHERE coalition_id = $1 ORDER BY name LIMIT ${mostGoals}`,
      [coalitionId],
    );
    const partners = await organisationChoices(tx, coalitionId);
    const { today } = await coalitionCalendar(tx, coalitionId);
    const templates = await templateChoices(tx, coalitionId, pool.currency);
    const begun = templateId ? shapeValues((await readTemplate(tx, templateId)).shape) : {};
    const usual = grant ? valuesOf(grant, await goalsOfGrant(tx, grant.id)) : usualTerms;
    return {
      view: { coalitionId, pool, grant, partners, goals, templates, templateId, today },
      values: { ...usual, ...begun },
    };
  }

  private async poolOf(tx: Tx, subject: Subject) {
    return this.pools.get(
      tx,
      'poolId' in subject ? subject.poolId : (await readGrant(tx, subject.grantId)).poolId,
    );
  }

  /** Amounts are typed in the pool's currency. */
  private async shapeOf(reply: FastifyReply, subject: Subject): Promise<FormShape> {
    const { currency } = await inSnapshot(this.db, actorOf(reply), (tx) => this.poolOf(tx, subject));
    return {
      flags: shapeFlags,
      amounts: { amount: currency, ...shapeAmounts(currency) },
    };
  }
}
