import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../../platform/database/database.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { Who } from '../../platform/http/request.js';
import { readBond } from '../contracts/bonds.read.js';
import { readTerms } from '../contracts/read-terms.js';
import {
  KeepScenarios,
  KeptScenariosAnswer,
  ProjectionsAnswer,
  ProjectScenarios,
  ProjectTerms,
  toProjectionAnswer,
} from './scenario.dto.js';
import { type NamedProjection, ScenariosService } from './scenarios.service.js';

const toAnswers = (projections: readonly NamedProjection[], currency: string): ProjectionsAnswer => ({
  scenarios: projections.map((projection) => toProjectionAnswer(projection, currency)),
});

@ApiTags('Bond scenarios')
@ApiBearerAuth()
@Controller('api/v1')
export class ScenariosController {
  constructor(
    private readonly db: Database,
    private readonly scenarios: ScenariosService,
  ) {}

  @Post('coalitions/:coalitionId/bonds/projection')
  @HttpCode(200)
  @Allow('coalition', ...overseers)
  @ApiOperation({ summary: 'What terms would come to, scenario by scenario; nothing is saved or posted' })
  @ApiOkResponse({ type: ProjectionsAnswer })
  projectTerms(@Body() { currency, terms, scenarios }: ProjectTerms): ProjectionsAnswer {
    return toAnswers(this.scenarios.workOut(readTerms(terms, currency), currency, scenarios), currency);
  }

  @Post('bonds/:bondId/projection')
  @HttpCode(200)
  @Allow('bond', ...overseers)
  @ApiOperation({ summary: 'What a bond would come to, scenario by scenario; nothing is saved or posted' })
  @ApiOkResponse({ type: ProjectionsAnswer })
  project(
    @Who() who: PersonActor,
    @Param('bondId') bondId: string,
    @Body() { scenarios }: ProjectScenarios,
  ): Promise<ProjectionsAnswer> {
    return inSnapshot(this.db, who, async (tx) => {
      const { currency } = await readBond(tx, bondId);
      return toAnswers(
        this.scenarios.workOut(await this.scenarios.termsOf(tx, bondId), currency, scenarios),
        currency,
      );
    });
  }

  @Get('bonds/:bondId/scenarios')
  @Allow('bond', ...overseers)
  @ApiOperation({ summary: 'The scenarios that are kept of a bond, worked out by its newest terms' })
  @ApiOkResponse({ type: KeptScenariosAnswer })
  list(@Who() who: PersonActor, @Param('bondId') bondId: string): Promise<KeptScenariosAnswer> {
    return inSnapshot(this.db, who, async (tx) => {
      const { currency } = await readBond(tx, bondId);
      const { inputs, projections } = await this.scenarios.ofBond(tx, bondId);
      return { inputs, ...toAnswers(projections, currency) };
    });
  }

  @Put('bonds/:bondId/scenarios')
  @Allow('bond', 'backbone', 'finance')
  @ApiOperation({ summary: 'Keep scenarios under their names, in place of those that were kept' })
  @ApiOkResponse({ type: ProjectionsAnswer })
  keep(
    @Who() who: PersonActor,
    @Param('bondId') bondId: string,
    @Body() { scenarios }: KeepScenarios,
  ): Promise<ProjectionsAnswer> {
    return inTransaction(this.db, who, async (tx) => {
      const { currency } = await readBond(tx, bondId);
      return toAnswers(await this.scenarios.keep(tx, bondId, scenarios), currency);
    });
  }
}
