import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow, members } from '../../platform/http/access.js';
import { coalitionPath } from '../../web/navigation.js';
import { actorOf, Pages } from '../../web/pages.js';
import { ScorecardPage } from './scorecard-page.js';
import { readScorecard } from './scorecard.read.js';

@Controller()
export class ScorecardPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
  ) {}

  @Get('coalitions/:coalitionId/scorecard')
  @Allow('coalition', ...members)
  async show(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    const scorecard = await inSnapshot(this.db, actorOf(reply), (tx) => readScorecard(tx, coalitionId));
    const crumbs = [{ label: 'Goals', href: coalitionPath(coalitionId, 'goals') }, { label: 'Scorecard' }];
    await this.pages.show(reply, { title: 'Scorecard', section: 'goals', crumbs }, (page) => (
      <ScorecardPage page={page} coalitionId={coalitionId} scorecard={scorecard} />
    ));
  }
}
