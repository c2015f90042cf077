import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../../platform/database/database.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { type Page, pageOf } from '../../platform/http/list.js';
import { Who } from '../../platform/http/request.js';
import {
  PoolAccountAnswer,
  PoolAccountQuery,
  ProposePoolAccount,
  toPoolAccountAnswer,
} from './pool-account.dto.js';
import { listPoolAccounts, readPoolAccount } from './pool-accounts.read.js';
import { PoolAccountsService } from './pool-accounts.service.js';

@ApiTags('Bank accounts')
@ApiBearerAuth()
@Controller('api/v1/pools/:poolId')
export class PoolAccountsController {
  constructor(
    private readonly db: Database,
    private readonly poolAccounts: PoolAccountsService,
  ) {}

  @Get('bank-account')
  @Allow('pool', ...overseers)
  @ApiOperation({ summary: 'The account that a pool pays from; 404 where none is set' })
  @ApiOkResponse({ type: PoolAccountAnswer })
  async inUse(@Who() who: PersonActor, @Param('poolId') poolId: string): Promise<PoolAccountAnswer> {
    const account = await inSnapshot(this.db, who, (tx) => readPoolAccount(tx, poolId));
    if (!account) throw notFound('bank account');
    return toPoolAccountAnswer(account);
  }

  @Get('bank-accounts')
  @Allow('pool', ...overseers)
  @ApiOperation({ summary: 'Every account that a pool pays from, paid from, or was to' })
  @ApiOkResponse({ type: pageOf(PoolAccountAnswer) })
  async list(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Query() query: PoolAccountQuery,
  ): Promise<Page<PoolAccountAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listPoolAccounts(tx, poolId, query));
    return { ...page, items: page.items.map(toPoolAccountAnswer) };
  }

  @Post('bank-accounts')
  @Allow('pool', 'finance')
  @ApiOperation({ summary: 'Propose which account a pool pays from; another person approves' })
  @ApiCreatedResponse({ type: PoolAccountAnswer })
  propose(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Body() body: ProposePoolAccount,
  ): Promise<PoolAccountAnswer> {
    return inTransaction(this.db, who, async (tx) =>
      toPoolAccountAnswer(await this.poolAccounts.propose(tx, poolId, body)),
    );
  }
}
