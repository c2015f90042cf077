import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { type Page, pageOf } from '../../platform/http/list.js';
import { Who } from '../../platform/http/request.js';
import {
  BondAccountsAnswer,
  BondLedgerLineAnswer,
  toBondAccounts,
  toBondLedgerLine,
} from './bond-ledger.dto.js';
import { bondAccounts, BondLedgerQuery, listBondLedger } from './bond-ledger.read.js';

@ApiTags('Bonds')
@ApiBearerAuth()
@Controller('api/v1')
export class BondLedgerController {
  constructor(private readonly db: Database) {}

  @Get('bonds/:bondId/ledger')
  @Allow('bond', ...overseers)
  @ApiOperation({
    summary: 'What was posted on the accounts of a bond and its parties, newest first, with running balances',
  })
  @ApiOkResponse({ type: pageOf(BondLedgerLineAnswer) })
  async ledger(
    @Who() who: PersonActor,
    @Param('bondId') bondId: string,
    @Query() query: BondLedgerQuery,
  ): Promise<Page<BondLedgerLineAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listBondLedger(tx, bondId, query));
    return { ...page, items: page.items.map(toBondLedgerLine) };
  }

  @Get('bonds/:bondId/accounts')
  @Allow('bond', ...overseers)
  @ApiOperation({ summary: 'The accounts of a bond and its parties, in both books, with their balances' })
  @ApiOkResponse({ type: BondAccountsAnswer })
  accounts(@Who() who: PersonActor, @Param('bondId') bondId: string): Promise<BondAccountsAnswer> {
    return inSnapshot(this.db, who, async (tx) => toBondAccounts(await bondAccounts(tx, bondId)));
  }
}
