import { Body, Controller, Param, Patch } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inTransaction } from '../../platform/database/database.js';
import { Allow } from '../../platform/http/access.js';
import { IfMatch, Who } from '../../platform/http/request.js';
import { ChangePlanningRate, PledgeAnswer, toPledgeAnswer } from './pledge.dto.js';
import { PledgesService } from './pledges.service.js';

@ApiTags('Pledges')
@ApiBearerAuth()
@Controller('api/v1')
export class PlanningRatesController {
  constructor(
    private readonly db: Database,
    private readonly pledges: PledgesService,
  ) {}

  @Patch('pledges/:pledgeId/planning-rate')
  @Allow('pledge', 'finance')
  @ApiOperation({ summary: 'Plan a pledge in another currency with another rate' })
  @ApiHeader({ name: 'If-Match', required: true })
  @ApiOkResponse({ type: PledgeAnswer })
  async change(
    @Who() who: PersonActor,
    @IfMatch() version: number,
    @Param('pledgeId') pledgeId: string,
    @Body() body: ChangePlanningRate,
  ): Promise<PledgeAnswer> {
    return toPledgeAnswer(
      await inTransaction(this.db, who, (tx) => this.pledges.changePlanningRate(tx, pledgeId, version, body)),
    );
  }
}
