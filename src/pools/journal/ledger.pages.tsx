import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { readAccounts } from '../../ledger/accounts.read.js';
import { readEntry } from '../../ledger/entries.read.js';
import { EntryQuery } from '../../ledger/entry.dto.js';
import { historyOf } from '../../platform/audit/history.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { actorOf, Pages } from '../../web/pages.js';
import { readQuery } from '../../web/read-query.js';
import { AccountsPage } from './accounts-page.js';
import { EntryPage } from './entry-page.js';
import { LedgerPage } from './ledger-page.js';
import { readLedgerView } from './ledger-view.js';
import { poolHeading } from '../pool-heading.js';
import { readPoolOfPage } from '../pool-view.js';

@Controller()
export class LedgerPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
  ) {}

  @Get('pools/:poolId/ledger')
  @Allow('pool', ...overseers)
  async ledger(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    const query = await readQuery(reply, EntryQuery);
    const view = await inSnapshot(this.db, actorOf(reply), (tx) => readLedgerView(tx, poolId, query));
    await this.pages.show(reply, poolHeading(view.pool, 'Ledger'), (page) => (
      <LedgerPage page={page} view={view} />
    ));
  }

  @Get('pools/:poolId/accounts')
  @Allow('pool', ...overseers)
  async accounts(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      pool: await readPoolOfPage(tx, poolId),
      accounts: await readAccounts(tx, poolId),
    }));
    await this.pages.show(reply, poolHeading(view.pool, 'Accounts'), (page) => (
      <AccountsPage page={page} {...view} />
    ));
  }

  @Get('entries/:entryId')
  @Allow('entry', ...overseers)
  async entry(@Res() reply: FastifyReply, @Param('entryId') entryId: string): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const entry = await readEntry(tx, entryId);
      return {
        entry,
        pool: await readPoolOfPage(tx, entry.poolId),
        history: await historyOf(tx, { kind: entry.documentKind, id: entry.documentId }),
      };
    });
    const { id, name } = view.pool;
    const crumbs = [
      { label: name, href: `/pools/${id}` },
      { label: 'Ledger', href: `/pools/${id}/ledger` },
      { label: view.entry.description },
    ];
    await this.pages.show(reply, { title: view.entry.description, section: 'pool', crumbs }, (page) => (
      <EntryPage page={page} view={view} />
    ));
  }
}
