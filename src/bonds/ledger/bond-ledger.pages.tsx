import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { actorOf, Pages } from '../../web/pages.js';
import { readQuery } from '../../web/read-query.js';
import { bondHeading } from '../contracts/bond-frame.js';
import { readBond } from '../contracts/bonds.read.js';
import { BondLedgerPage } from './bond-ledger-page.js';
import { bondAccounts, bondEntryKinds, BondLedgerQuery, listBondLedger } from './bond-ledger.read.js';

@Controller()
export class BondLedgerPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
  ) {}

  @Get('bonds/:bondId/ledger')
  @Allow('bond', ...overseers)
  async show(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    const query = await readQuery(reply, BondLedgerQuery);
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const bond = await readBond(tx, bondId);
      return {
        ...{ bond, query },
        accounts: await bondAccounts(tx, bondId),
        kinds: await bondEntryKinds(tx, bondId),
        lines: await listBondLedger(tx, bondId, query),
        today: (await coalitionCalendar(tx, bond.coalitionId)).today,
      };
    });
    await this.pages.show(reply, bondHeading(view.bond, 'Ledger'), (page) => (
      <BondLedgerPage page={page} view={view} />
    ));
  }
}
