import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { historyOf } from '../platform/audit/history.js';
import { Database, inSnapshot } from '../platform/database/database.js';
import { Allow, AnyPerson } from '../platform/http/access.js';
import { Integer } from '../platform/http/fields.js';
import { coalitionPath } from '../web/navigation.js';
import { actorOf, Pages, type Refusal } from '../web/pages.js';
import { FoundCoalition } from './coalition.dto.js';
import { FoundCoalitionPage, SettingsPage } from './coalition-form.js';
import { CoalitionsService } from './coalitions.service.js';

/** The settings form sends everything, and the version it was drawn from. */
class SettingsForm extends FoundCoalition {
  @Integer(1, 1_000_000_000)
  version!: number;
}

@Controller()
export class CoalitionsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly coalitions: CoalitionsService,
  ) {}

  @Get('coalitions/new')
  @AnyPerson()
  async form(@Res() reply: FastifyReply): Promise<void> {
    await this.drawNew(reply);
  }

  @Post('coalitions')
  @AnyPerson()
  async found(@Res() reply: FastifyReply): Promise<void> {
    await this.pages.submit(reply, {
      input: FoundCoalition,
      work: (tx, input) => this.coalitions.found(this.db, actorOf(reply), input),
      done: ({ id, name }) => ({
        to: coalitionPath(id),
        say: `${name} is founded. Invite its people next, and name the organisation that serves as its backbone.`,
      }),
      again: (refusal) => this.drawNew(reply, refusal),
    });
  }

  @Get('coalitions/:coalitionId/settings')
  @Allow('coalition', 'backbone')
  async settings(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    await this.drawSettings(reply, coalitionId);
  }

  @Post('coalitions/:coalitionId/settings')
  @Allow('coalition', 'backbone')
  async change(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: SettingsForm,
      work: (tx, { version, ...terms }) =>
        this.coalitions.change(tx, coalitionId, version, { ...terms, holidays: terms.holidays ?? null }),
      done: () => ({ to: coalitionPath(coalitionId, 'settings'), say: 'The settings are saved.' }),
      again: (refusal) => this.drawSettings(reply, coalitionId, refusal),
    });
  }

  private async drawNew(reply: FastifyReply, refusal?: Refusal): Promise<void> {
    const crumbs = [{ label: 'All my coalitions', href: '/' }, { label: 'Found a coalition' }];
    await this.pages.show(reply, { title: 'Found a coalition', crumbs }, (page) => (
      <FoundCoalitionPage page={page} refusal={refusal} />
    ));
  }

  private async drawSettings(reply: FastifyReply, coalitionId: string, refusal?: Refusal): Promise<void> {
    const { coalition, history } = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      coalition: await this.coalitions.read(tx, coalitionId),
      history: await historyOf(tx, { kind: 'coalition', id: coalitionId }),
    }));
    const crumbs = [{ label: coalition.name, href: coalitionPath(coalitionId) }, { label: 'Settings' }];
    await this.pages.show(reply, { title: 'Settings', section: 'settings', crumbs }, (page) => (
      <SettingsPage page={page} coalition={coalition} history={history} refusal={refusal} />
    ));
  }
}
