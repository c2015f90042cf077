import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../platform/database/actor.js';
import { Database, inSnapshot } from '../platform/database/database.js';
import { notFound } from '../platform/errors/domain-error.js';
import { Allow, overseers } from '../platform/http/access.js';
import { type Page, pageOf } from '../platform/http/list.js';
import { Who } from '../platform/http/request.js';
import { bookTotals, readAccounts } from './accounts.read.js';
import { listEntries, readEntry } from './entries.read.js';
import { periodOf, readMovements } from './movements.read.js';
import {
  EntryAnswer,
  EntryQuery,
  EntryWithPostingsAnswer,
  MovementsQuery,
  toAccountAnswer,
  toAccountMovement,
  toBookTotal,
  toEntryAnswer,
  toEntryWithPostings,
  TrialBalanceAnswer,
  TrialBalanceOfPeriodAnswer,
} from './entry.dto.js';

const EntryPage = pageOf(EntryAnswer);

@ApiTags('Ledger')
@ApiBearerAuth()
@Controller('api/v1')
export class EntriesController {
  constructor(private readonly db: Database) {}

  @Get('pools/:poolId/entries')
  @Allow('pool', ...overseers)
  @ApiOperation({ summary: 'The ledger of a pool, newest first' })
  @ApiOkResponse({ type: EntryPage })
  async list(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Query() query: EntryQuery,
  ): Promise<Page<EntryAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listEntries(tx, poolId, query));
    return { ...page, items: page.items.map(toEntryAnswer) };
  }

  @Get('pools/:poolId/accounts')
  @Allow('pool', ...overseers)
  @ApiOperation({ summary: 'The accounts of a pool with their balances: its trial balance' })
  @ApiOkResponse({ type: TrialBalanceAnswer })
  accounts(@Who() who: PersonActor, @Param('poolId') poolId: string): Promise<TrialBalanceAnswer> {
    return inSnapshot(this.db, who, async (tx) => {
      const pool = await tx.row<{ currency: string }>(`SELECT currency FROM pools WHERE id = $1`, [poolId]);
      if (!pool) throw notFound('pool');
      const accounts = await readAccounts(tx, poolId);
      return {
        items: accounts.map((account) => toAccountAnswer(account)),
        nextCursor: null,
        total: accounts.length,
        books: bookTotals(accounts, pool.currency).map(toBookTotal),
      };
    });
  }

  @Get('pools/:poolId/trial-balance')
  @Allow('pool', ...overseers)
  @ApiOperation({
    summary: 'The trial balance of a period: what each account held, what moved, what it holds',
  })
  @ApiOkResponse({ type: TrialBalanceOfPeriodAnswer })
  trialBalance(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Query() query: MovementsQuery,
  ): Promise<TrialBalanceOfPeriodAnswer> {
    return inSnapshot(this.db, who, async (tx) => {
      const period = await periodOf(tx, poolId, query);
      const accounts = await readMovements(tx, period);
      const { from, to, asOf } = period;
      return {
        items: accounts.map((account) => toAccountMovement(account)),
        nextCursor: null,
        total: accounts.length,
        ...{ from, to, asOf: asOf.toISOString() },
      };
    });
  }

  @Get('entries/:entryId')
  @Allow('entry', ...overseers)
  @ApiOperation({ summary: 'An entry with its postings in both books' })
  @ApiOkResponse({ type: EntryWithPostingsAnswer })
  get(@Who() who: PersonActor, @Param('entryId') entryId: string): Promise<EntryWithPostingsAnswer> {
    return inSnapshot(this.db, who, async (tx) => toEntryWithPostings(await readEntry(tx, entryId)));
  }
}
