import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../platform/database/database.js';
import { Allow, overseers } from '../platform/http/access.js';
import { listPage, ListQuery, type Page, pageOf } from '../platform/http/list.js';
import { IfMatch, Who } from '../platform/http/request.js';
import {
  ChangePool,
  LockPeriod,
  OpenPool,
  PoolAnswer,
  PoolWithPositionAnswer,
  toPoolAnswer,
  toPositionAnswer,
} from './pool.dto.js';
import { poolPosition } from './pool-position.js';
import { poolColumns, type PoolRow, PoolsService } from './pools.service.js';

const PoolPage = pageOf(PoolAnswer);

@ApiTags('Pools')
@ApiBearerAuth()
@Controller('api/v1')
export class PoolsController {
  constructor(
    private readonly db: Database,
    private readonly pools: PoolsService,
  ) {}

  @Post('coalitions/:coalitionId/pools')
  @Allow('coalition', 'backbone', 'finance')
  @ApiOperation({ summary: 'Open a pool' })
  @ApiCreatedResponse({ type: PoolAnswer })
  async open(
    @Who() who: PersonActor,
    @Param('coalitionId') coalitionId: string,
    @Body() body: OpenPool,
  ): Promise<PoolAnswer> {
    return toPoolAnswer(await inTransaction(this.db, who, (tx) => this.pools.open(tx, coalitionId, body)));
  }

  @Get('coalitions/:coalitionId/pools')
  @Allow('coalition', ...overseers)
  @ApiOperation({ summary: 'The pools of a coalition' })
  @ApiOkResponse({ type: PoolPage })
  async list(
    @Who() who: PersonActor,
    @Param('coalitionId') coalitionId: string,
    @Query() query: ListQuery,
  ): Promise<Page<PoolAnswer>> {
    const source = {
      sql: `SELECT ${poolColumns} FROM pools WHERE coalition_id = $1`,
      parameters: [coalitionId],
      sorts: { name: { column: 'name', type: 'text' as const } },
      defaultSort: 'name',
    };
    const page = await inSnapshot(this.db, who, (tx) => listPage<PoolRow>(tx, source, query));
    return { ...page, items: page.items.map(toPoolAnswer) };
  }

  @Get('pools/:poolId')
  @Allow('pool', ...overseers)
  @ApiOperation({ summary: 'A pool, its policies and where it stands' })
  @ApiOkResponse({ type: PoolWithPositionAnswer })
  get(@Who() who: PersonActor, @Param('poolId') poolId: string): Promise<PoolWithPositionAnswer> {
    return inSnapshot(this.db, who, async (tx) => {
      const pool = await this.pools.get(tx, poolId);
      const position = toPositionAnswer(await poolPosition(tx, poolId), pool.currency);
      return { ...toPoolAnswer(pool), position };
    });
  }

  @Patch('pools/:poolId')
  @Allow('pool', 'backbone', 'finance')
  @ApiOperation({ summary: "Change a pool's policies" })
  @ApiOkResponse({ type: PoolAnswer })
  async change(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @IfMatch() version: number,
    @Body() body: ChangePool,
  ): Promise<PoolAnswer> {
    return toPoolAnswer(
      await inTransaction(this.db, who, (tx) => this.pools.change(tx, poolId, version, body)),
    );
  }

  @Post('pools/:poolId/lock')
  @HttpCode(200)
  @Allow('pool', 'finance')
  @ApiOperation({ summary: 'Lock the ledger through a date' })
  @ApiOkResponse({ type: PoolAnswer })
  async lock(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Body() body: LockPeriod,
  ): Promise<PoolAnswer> {
    return toPoolAnswer(
      await inTransaction(this.db, who, (tx) => this.pools.lockThrough(tx, poolId, body.through)),
    );
  }
}
