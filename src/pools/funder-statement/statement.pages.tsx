import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { actorOf, Pages } from '../../web/pages.js';
import { readQuery } from '../../web/read-query.js';
import { readFunderStatement } from './funder-statement.js';
import { StatementQuery } from './statement.dto.js';
import { StatementPage } from './statement-page.js';

@Controller()
export class StatementPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
  ) {}

  @Get('pools/:poolId/funders/:organisationId/statement')
  @Allow('pool', ...overseers)
  async statement(
    @Res() reply: FastifyReply,
    @Param('poolId') poolId: string,
    @Param('organisationId') organisationId: string,
  ): Promise<void> {
    const query = await readQuery(reply, StatementQuery);
    const statement = await inSnapshot(this.db, actorOf(reply), (tx) =>
      readFunderStatement(tx, poolId, organisationId, query),
    );
    const title = `Statement of ${statement.funder}`;
    const crumbs = [{ label: statement.pool, href: `/pools/${poolId}` }, { label: title }];
    await this.pages.show(reply, { title, section: 'pool', crumbs }, (page) => (
      <StatementPage page={page} statement={statement} />
    ));
  }
}
