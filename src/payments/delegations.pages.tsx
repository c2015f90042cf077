import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../coalitions/coalition.js';
import { Database, inSnapshot } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { Allow, overseers } from '../platform/http/access.js';
import { type Access, Where } from '../platform/http/request.js';
import { Delegate } from '../pools/approvals/delegation.dto.js';
import { DelegationsService } from '../pools/approvals/delegations.service.js';
import type { Option } from '../web/forms/fields.js';
import { actorOf, Pages, type Refusal } from '../web/pages.js';
import { DelegationsPage } from './delegations-page.js';

const mostShown = 100;

@Controller()
export class DelegationsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly delegations: DelegationsService,
  ) {}

  @Get('coalitions/:coalitionId/delegations')
  @Allow('coalition', ...overseers)
  async list(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    await this.draw(reply, coalitionId);
  }

  @Post('coalitions/:coalitionId/delegations')
  @Allow('coalition', 'approver')
  async delegate(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: Delegate,
      work: (tx, input) => this.delegations.delegate(tx, coalitionId, input),
      done: ({ delegate }) => ({
        to: `/coalitions/${coalitionId}/delegations`,
        say: `${delegate} can sign in your stead on those days.`,
      }),
      again: (refusal) => this.draw(reply, coalitionId, refusal),
    });
  }

  @Post('delegations/:delegationId/end')
  @Allow('delegation', 'approver')
  async end(
    @Res() reply: FastifyReply,
    @Where() { coalitionId }: Access,
    @Param('delegationId') id: string,
  ): Promise<void> {
    const home = `/coalitions/${coalitionId}/delegations`;
    await this.pages.press(reply, {
      work: (tx) => this.delegations.end(tx, id),
      done: ({ delegate }) => ({ to: home, say: `${delegate} signs in your stead no more.` }),
      back: home,
    });
  }

  private async draw(reply: FastifyReply, coalitionId: string, refusal?: Refusal): Promise<void> {
    const actor = actorOf(reply);
    const view = await inSnapshot(this.db, actor, async (tx) => {
      const { today } = await coalitionCalendar(tx, coalitionId);
      return {
        coalitionId,
        delegations: await this.delegations.list(tx, coalitionId, { limit: mostShown }),
        people: await possibleDelegates(tx, coalitionId, actor.personId, today),
        personId: actor.personId,
        today,
      };
    });
    const crumbs = [{ label: 'Approvals', href: '/approvals' }, { label: 'Delegations' }];
    await this.pages.show(reply, { title: 'Delegations', section: 'payments', crumbs }, (page) => (
      <DelegationsPage page={page} view={view} refusal={refusal} />
    ));
  }
}

/** Everybody with a seat but a partner's, by name. */
const possibleDelegates = (tx: Tx, coalitionId: string, personId: string, today: string): Promise<Option[]> =>
  tx.rows<Option>(
    `SELECT DISTINCT p.id AS value, p.name AS label FROM memberships m JOIN persons p ON p.id = m.person_id
     WHERE m.coalition_id = $1 AND m.role <> 'partner' AND m.person_id <> $2 AND m.since_on <= $3
       AND (m.until_on IS NULL OR m.until_on >= $3) ORDER BY p.name, p.id`,
    [coalitionId, personId, today],
  );
