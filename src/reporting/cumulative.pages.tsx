import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { readGrant } from '../grants/grants.read.js';
import { Database, inSnapshot } from '../platform/database/database.js';
import { Allow, members } from '../platform/http/access.js';
import { coalitionPath } from '../web/navigation.js';
import { actorOf, Pages } from '../web/pages.js';
import { CumulativePage } from './cumulative-page.js';
import { readCumulativeSpend } from './cumulative.read.js';

@Controller()
export class CumulativePages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
  ) {}

  @Get('grants/:grantId/reports/cumulative')
  @Allow('grant', ...members)
  async show(@Res() reply: FastifyReply, @Param('grantId') grantId: string): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const grant = await readGrant(tx, grantId);
      return { grant, spend: await readCumulativeSpend(tx, grant) };
    });
    const { grant } = view;
    const crumbs = [
      { label: 'Grants', href: coalitionPath(grant.coalitionId, 'grants') },
      { label: grant.reference, href: `/grants/${grantId}` },
      { label: 'Reports', href: `/grants/${grantId}/reports` },
      { label: 'All periods' },
    ];
    await this.pages.show(
      reply,
      { title: `Spend on ${grant.title}, all periods`, section: 'grants', crumbs },
      (page) => <CumulativePage page={page} view={view} />,
    );
  }
}
