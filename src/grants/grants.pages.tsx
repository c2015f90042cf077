import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../coalitions/coalition.js';
import { Database, inSnapshot } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { Allow, members } from '../platform/http/access.js';
import { type Access, Where } from '../platform/http/request.js';
import { coalitionPath } from '../web/navigation.js';
import { actorOf, Pages, type Refusal } from '../web/pages.js';
import { readQuery } from '../web/read-query.js';
import { AwardGrant, GiveReason, GrantQuery } from './grant.dto.js';
import type { GrantPageProps } from './grant-decision.js';
import { GrantPage } from './grant-page.js';
import { readGrantView } from './grant-view.js';
import { ownOnly } from './grants.controller.js';
import { countGrants, type GrantRow, listGrants, partnersOf } from './grants.read.js';
import { GrantsPage, type GrantsView } from './grants-page.js';
import { GrantsService } from './grants.service.js';

@Controller()
export class GrantsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly grants: GrantsService,
  ) {}

  @Get('coalitions/:coalitionId/grants')
  @Allow('coalition', ...members)
  async list(@Res() reply: FastifyReply, @Where() access: Access): Promise<void> {
    const query = await readQuery(reply, GrantQuery);
    const view = await inSnapshot(this.db, actorOf(reply), (tx) => readGrantsView(tx, access, query));
    const heading = { title: 'Grants', section: 'grants' as const, crumbs: [{ label: 'Grants' }] };
    await this.pages.show(reply, heading, (page) => <GrantsPage page={page} view={view} />);
  }

  @Get('grants/:grantId')
  @Allow('grant', ...members)
  async show(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('grantId') grantId: string,
  ): Promise<void> {
    await this.draw(reply, access, grantId);
  }

  @Post('grants/:grantId/propose')
  @Allow('grant', 'backbone')
  async propose(@Res() reply: FastifyReply, @Param('grantId') grantId: string): Promise<void> {
    const address = `/grants/${grantId}`;
    await this.pages.press(reply, {
      work: (tx) => this.grants.propose(tx, grantId),
      done: ({ reference }) => ({
        to: address,
        say: `${reference} is proposed. Somebody else awards it now.`,
      }),
      back: address,
    });
  }

  @Post('grants/:grantId/award')
  @Allow('grant', 'approver')
  async award(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('grantId') grantId: string,
  ): Promise<void> {
    await this.pages.submit(reply, {
      input: AwardGrant,
      money: true,
      work: async (tx, { decisionReference, decisionId }) =>
        referenceOf(await this.grants.award(tx, grantId, decisionReference, decisionId)),
      done: ({ reference }) => ({
        to: `/grants/${grantId}`,
        say: `${reference} is awarded. Its instalments come due by themselves.`,
      }),
      again: (refusal) => this.draw(reply, access, grantId, { ...refusal, of: 'award' }),
    });
  }

  @Post('grants/:grantId/decline')
  @Allow('grant', 'approver')
  async decline(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('grantId') grantId: string,
  ): Promise<void> {
    await this.pages.submit(reply, {
      input: GiveReason,
      work: (tx, { reason }) => this.grants.decline(tx, grantId, reason),
      done: ({ reference }) => ({ to: `/grants/${grantId}`, say: `${reference} is declined.` }),
      again: (refusal) => this.draw(reply, access, grantId, { ...refusal, of: 'decline' }),
    });
  }

  @Post('grants/:grantId/cancel')
  @Allow('grant', 'backbone')
  async cancel(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('grantId') grantId: string,
  ): Promise<void> {
    await this.pages.submit(reply, {
      input: GiveReason,
      work: (tx, { reason }) => this.grants.cancel(tx, grantId, reason),
      done: ({ reference }) => ({ to: `/grants/${grantId}`, say: `${reference} is cancelled.` }),
      again: (refusal) => this.draw(reply, access, grantId, { ...refusal, of: 'cancel' }),
    });
  }

  private async draw(
    reply: FastifyReply,
    access: Access,
    grantId: string,
    refusal?: Refusal & Pick<NonNullable<GrantPageProps['refusal']>, 'of'>,
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), (tx) => readGrantView(tx, grantId, access));
    const { title, reference } = view.grant;
    const crumbs = [
      { label: 'Grants', href: coalitionPath(access.coalitionId, 'grants') },
      { label: reference },
    ];
    const about = { kind: 'grant', id: grantId };
    await this.pages.show(reply, { title, section: 'grants', crumbs, about }, (page) => (
      <GrantPage page={page} view={view} refusal={refusal} />
    ));
  }
}

async function readGrantsView(tx: Tx, access: Access, query: GrantQuery): Promise<GrantsView> {
  const { coalitionId } = access;
  const scope = { coalitionId, organisationIds: ownOnly(access) };
  return {
    coalitionId,
    grants: await listGrants(tx, scope, query),
    counts: await countGrants(tx, scope),
    query,
    partners: await partnersOf(tx, scope),
    goals: await tx.rows(
      `SELECT id AS value, name AS label FROM goals WHERE coalition_id = $1 ORDER BY name, id`,
      [coalitionId],
    ),
    pools: await tx.rows(`SELECT id, name FROM pools WHERE coalition_id = $1 ORDER BY created_at, id`, [
      coalitionId,
    ]),
    today: (await coalitionCalendar(tx, coalitionId)).today,
  };
}

/** In plain values: a form that is sent twice is answered with the same words. */
const referenceOf = ({ reference }: GrantRow) => ({ reference });
