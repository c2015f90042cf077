import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../platform/database/actor.js';
import { Database, inSnapshot } from '../platform/database/database.js';
import { Allow, AnyPerson, members } from '../platform/http/access.js';
import { type Access, Where, Who } from '../platform/http/request.js';
import { readCoalitionOverview } from './coalition-overview.js';
import {
  CoalitionOverviewAnswer,
  PortfolioAnswer,
  toCoalitionOverviewAnswer,
  toPortfolioAnswer,
} from './overview.dto.js';
import { readPortfolio } from './portfolio.js';

@ApiTags('Overview')
@ApiBearerAuth()
@Controller('api/v1')
export class OverviewController {
  constructor(private readonly db: Database) {}

  @Get('portfolio')
  @AnyPerson()
  @ApiOperation({ summary: 'All my coalitions, with the money I may see' })
  @ApiOkResponse({ type: PortfolioAnswer })
  async portfolio(@Who() who: PersonActor): Promise<PortfolioAnswer> {
    return toPortfolioAnswer(await inSnapshot(this.db, who, (tx) => readPortfolio(tx, who.personId)));
  }

  @Get('coalitions/:coalitionId/overview')
  @Allow('coalition', ...members)
  @ApiOperation({ summary: 'A coalition at a glance: pools, next instalments, overdue reports, goals' })
  @ApiOkResponse({ type: CoalitionOverviewAnswer })
  async overview(
    @Who() who: PersonActor,
    @Where() access: Access,
    @Param('coalitionId') _coalitionId: string,
  ): Promise<CoalitionOverviewAnswer> {
    return toCoalitionOverviewAnswer(
      await inSnapshot(this.db, who, (tx) => readCoalitionOverview(tx, access)),
    );
  }
}
