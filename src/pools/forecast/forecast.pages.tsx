import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { actorOf, Pages } from '../../web/pages.js';
import { readQuery } from '../../web/read-query.js';
import { poolHeading } from '../pool-heading.js';
import { readPoolOfPage } from '../pool-view.js';
import { ForecastQuery } from './forecast.dto.js';
import { ForecastPage } from './forecast-page.js';
import { readPoolForecast } from './pool-forecast.js';

@Controller()
export class ForecastPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
  ) {}

  @Get('pools/:poolId/forecast')
  @Allow('pool', ...overseers)
  async forecast(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    const { months } = await readQuery(reply, ForecastQuery);
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      pool: await readPoolOfPage(tx, poolId),
      forecast: await readPoolForecast(tx, poolId, months),
    }));
    await this.pages.show(reply, poolHeading(view.pool, 'Forecast'), (page) => (
      <ForecastPage page={page} {...view} />
    ));
  }
}
