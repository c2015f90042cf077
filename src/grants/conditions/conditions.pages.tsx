import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { readKeyChoice } from '../../decisions/decision-key-field.js';
import { motionsToDecide } from '../../decisions/decisions.read.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow, members } from '../../platform/http/access.js';
import { type Access, Where } from '../../platform/http/request.js';
import { coalitionPath } from '../../web/navigation.js';
import { actorOf, Pages, type Refusal } from '../../web/pages.js';
import { readQuery } from '../../web/read-query.js';
import { ownOnly } from '../grants.controller.js';
import { partnersOf, readGrant } from '../grants.read.js';
import { AddCondition, AskWaiver, ConditionQuery, MeetCondition } from './condition.dto.js';
import { ConditionFormPage } from './condition-form.js';
import { ConditionPage } from './condition-page.js';
import { ConditionsPage } from './conditions-page.js';
import { listConditions, readCondition } from './conditions.read.js';
import { ConditionsService } from './conditions.service.js';

@Controller()
export class ConditionsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly conditions: ConditionsService,
  ) {}

  @Get('coalitions/:coalitionId/conditions')
  @Allow('coalition', ...members)
  async list(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('coalitionId') coalitionId: string,
  ): Promise<void> {
    const query = await readQuery(reply, ConditionQuery);
    const scope = { coalitionId, organisationIds: ownOnly(access) };
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      coalitionId,
      query,
      conditions: await listConditions(tx, scope, query),
      partners: await partnersOf(tx, scope),
      today: (await coalitionCalendar(tx, coalitionId)).today,
    }));
    const crumbs = [{ label: 'Grants', href: coalitionPath(coalitionId, 'grants') }, { label: 'Conditions' }];
    await this.pages.show(reply, { title: 'Conditions', section: 'grants', crumbs }, (page) => (
      <ConditionsPage page={page} view={view} />
    ));
  }

  @Get('grants/:grantId/conditions/new')
  @Allow('grant', 'backbone')
  async form(@Res() reply: FastifyReply, @Param('grantId') grantId: string): Promise<void> {
    await this.drawForm(reply, grantId);
  }

  @Post('grants/:grantId/conditions')
  @Allow('grant', 'backbone')
  async add(@Res() reply: FastifyReply, @Param('grantId') grantId: string): Promise<void> {
    const { currency } = await inSnapshot(this.db, actorOf(reply), (tx) => readGrant(tx, grantId));
    await this.pages.submit(reply, {
      input: AddCondition,
      shape: { amounts: { matchAmount: currency } },
      work: (tx, input) => this.conditions.add(tx, grantId, input),
      done: () => ({ to: `/grants/${grantId}#conditions`, say: 'The condition is added.' }),
      again: (refusal) => this.drawForm(reply, grantId, refusal),
    });
  }

  @Get('conditions/:conditionId')
  @Allow('condition', ...members)
  async show(@Res() reply: FastifyReply, @Param('conditionId') conditionId: string): Promise<void> {
    await this.draw(reply, conditionId);
  }

  @Post('conditions/:conditionId/meet')
  @Allow('condition', 'backbone', 'finance')
  async meet(@Res() reply: FastifyReply, @Param('conditionId') conditionId: string): Promise<void> {
    const { currency } = await inSnapshot(this.db, actorOf(reply), (tx) => readCondition(tx, conditionId));
    await this.pages.submit(reply, {
      input: MeetCondition,
      shape: { amounts: { amount: currency } },
      work: (tx, input) => this.conditions.meet(tx, conditionId, input),
      done: ({ grantId, state }) => ({
        to: `/grants/${grantId}#conditions`,
        say:
          state === 'met'
            ? 'The condition is met.'
            : 'What was raised is written down; the rest is still to come.',
      }),
      again: (refusal) => this.draw(reply, conditionId, { meet: refusal }),
    });
  }

  @Post('conditions/:conditionId/waiver')
  @Allow('condition', 'backbone', 'finance')
  async askWaiver(@Res() reply: FastifyReply, @Param('conditionId') conditionId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: AskWaiver,
      work: (tx, input) => this.conditions.askWaiver(tx, conditionId, input),
      done: ({ waiverApprovalId }) => ({
        to: `/approvals/${waiverApprovalId ?? ''}`,
        say: 'The waiver is asked for. Others approve it.',
      }),
      again: (refusal) => this.draw(reply, conditionId, { waiver: refusal }),
    });
  }

  @Post('conditions/:conditionId/remove')
  @Allow('condition', 'backbone')
  async remove(@Res() reply: FastifyReply, @Param('conditionId') conditionId: string): Promise<void> {
    const { grantId } = await inSnapshot(this.db, actorOf(reply), (tx) => readCondition(tx, conditionId));
    await this.pages.press(reply, {
      work: (tx) => this.conditions.remove(tx, conditionId),
      done: () => ({ to: `/grants/${grantId}#conditions`, say: 'The condition is taken off.' }),
      back: `/conditions/${conditionId}`,
    });
  }

  private async drawForm(reply: FastifyReply, grantId: string, refusal?: Refusal): Promise<void> {
    const { grant, motions } = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const grant = await readGrant(tx, grantId);
      return { grant, motions: await motionsToDecide(tx, grant.coalitionId) };
    });
    await this.pages.show(reply, heading(grant, 'Add a condition'), (page) => (
      <ConditionFormPage page={page} grant={grant} motions={motions} refusal={refusal} />
    ));
  }

  private async draw(
    reply: FastifyReply,
    conditionId: string,
    refusals: { meet?: Refusal; waiver?: Refusal } = {},
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const condition = await readCondition(tx, conditionId);
      const grant = await readGrant(tx, condition.grantId);
      const { coalitionId } = condition;
      const waiverKeys = await readKeyChoice(tx, coalitionId, { kind: 'conditionWaiver', id: conditionId });
      return { condition, grant, waiverKeys, ...(await coalitionCalendar(tx, coalitionId)) };
    });
    const about = { kind: 'condition', id: conditionId };
    await this.pages.show(reply, { ...heading(view.grant, 'Condition'), about }, (page) => (
      <ConditionPage page={page} view={view} refusals={refusals} />
    ));
  }
}

const heading = (
  { id, title: grant, coalitionId }: { id: string; title: string; coalitionId: string },
  title: string,
) => ({
  title,
  section: 'grants' as const,
  crumbs: [
    { label: 'Grants', href: coalitionPath(coalitionId, 'grants') },
    { label: grant, href: `/grants/${id}` },
    { label: title },
  ],
});
