import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { sightOf } from '../../learning/sight.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow, members } from '../../platform/http/access.js';
import { type Access, Where } from '../../platform/http/request.js';
import { actorOf, Pages } from '../../web/pages.js';
import { readQuery } from '../../web/read-query.js';
import { SearchQuery } from './search.dto.js';
import { SearchPage } from './search-page.js';
import { searchCoalition } from './search.read.js';

@Controller()
export class SearchPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
  ) {}

  @Get('coalitions/:coalitionId/search')
  @Allow('coalition', ...members)
  async search(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('coalitionId') coalitionId: string,
  ): Promise<void> {
    const query = await readQuery(reply, SearchQuery);
    const found = await inSnapshot(this.db, actorOf(reply), (tx) =>
      searchCoalition(tx, coalitionId, query, sightOf(access)),
    );
    const view = { coalitionId, query, found };
    await this.pages.show(reply, { title: 'Search', crumbs: [{ label: 'Search' }] }, (page) => (
      <SearchPage page={page} view={view} />
    ));
  }
}
