import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Database, inSnapshot } from '../platform/database/database.js';
import { Allow, AnyPerson, members } from '../platform/http/access.js';
import { type Access, Where } from '../platform/http/request.js';
import { actorOf, Pages } from '../web/pages.js';
import { readAttention } from './attention.js';
import { readCoalitionOverview } from './coalition-overview.js';
import { CoalitionPage } from './coalition-page.js';
import { PortfolioPage } from './portfolio-page.js';
import { readPortfolio } from './portfolio.js';

@Controller()
export class OverviewPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
  ) {}

  @Get()
  @AnyPerson()
  async portfolio(@Res() reply: FastifyReply): Promise<void> {
    const actor = actorOf(reply);
    const view = await inSnapshot(this.db, actor, async (tx) => ({
      coalitions: await readPortfolio(tx, actor.personId),
      attention: await readAttention(tx, actor.personId),
    }));
    const heading = { title: 'All my coalitions', crumbs: [{ label: 'All my coalitions' }] };
    await this.pages.show(reply, heading, (page) => <PortfolioPage page={page} {...view} />);
  }

  @Get('coalitions/:coalitionId')
  @Allow('coalition', ...members)
  async coalition(@Res() reply: FastifyReply, @Where() access: Access): Promise<void> {
    const actor = actorOf(reply);
    const { view, attention } = await inSnapshot(this.db, actor, async (tx) => ({
      view: await readCoalitionOverview(tx, access),
      attention: await readAttention(tx, actor.personId, access.coalitionId),
    }));
    const about = { kind: 'coalition', id: access.coalitionId };
    const heading = { title: view.name, section: 'overview' as const, crumbs: [{ label: view.name }], about };
    await this.pages.show(reply, heading, (page) => (
      <CoalitionPage page={page} view={view} attention={attention} />
    ));
  }
}
