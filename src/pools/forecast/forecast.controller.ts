import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { Who } from '../../platform/http/request.js';
import { PoolsService } from '../pools.service.js';
import { ForecastAnswer, ForecastQuery, toForecastAnswer } from './forecast.dto.js';
import { readPoolForecast } from './pool-forecast.js';

@ApiTags('Pools')
@ApiBearerAuth()
@Controller('api/v1')
export class ForecastController {
  constructor(
    private readonly db: Database,
    private readonly pools: PoolsService,
  ) {}

  @Get('pools/:poolId/forecast')
  @Allow('pool', ...overseers)
  @ApiOperation({ summary: "A pool's cash month by month, and its funding cliff" })
  @ApiOkResponse({ type: ForecastAnswer })
  forecast(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Query() { months }: ForecastQuery,
  ): Promise<ForecastAnswer> {
    return inSnapshot(this.db, who, async (tx) => {
      const { currency } = await this.pools.get(tx, poolId);
      return toForecastAnswer(await readPoolForecast(tx, poolId, months), currency);
    });
  }
}
