import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AffiliationsService } from '../../coalitions/affiliations.service.js';
import { MembershipsService } from '../../coalitions/memberships.service.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow, members } from '../../platform/http/access.js';
import { coalitionPath } from '../../web/navigation.js';
import { actorOf, Pages } from '../../web/pages.js';
import { InterestsService } from '../interests/interests.service.js';
import { PersonPage } from './person-page.js';
import { readPersonView } from './person-view.js';

/** A person's page. It stands here, not with the seats, because it shows how they voted. */
@Controller()
export class PersonPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    readonly memberships: MembershipsService,
    readonly affiliations: AffiliationsService,
    readonly interests: InterestsService,
  ) {}

  @Get('coalitions/:coalitionId/people/:personId')
  @Allow('coalition', ...members)
  async show(
    @Res() reply: FastifyReply,
    @Param('coalitionId') coalitionId: string,
    @Param('personId') personId: string,
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), (tx) =>
      readPersonView(tx, this, coalitionId, personId),
    );
    const crumbs = [
      { label: 'People', href: coalitionPath(coalitionId, 'people') },
      { label: view.person.name },
    ];
    await this.pages.show(reply, { title: view.person.name, section: 'people', crumbs }, (page) => (
      <PersonPage page={page} view={view} />
    ));
  }
}
