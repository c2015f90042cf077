import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ShownId } from '../../platform/http/answers.js';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { Allow } from '../../platform/http/access.js';
import { once } from '../../platform/http/once.js';
import { type Claim, Claimed, Who } from '../../platform/http/request.js';
import { ExchangeDifferencesService } from './exchange-differences.service.js';

export class SharedDifferenceAnswer {
  @ShownId() entryId!: string;
}

@ApiTags('Exchange differences')
@ApiBearerAuth()
@Controller('api/v1')
export class ExchangeDifferencesController {
  constructor(
    private readonly db: Database,
    private readonly differences: ExchangeDifferencesService,
  ) {}

  @Post('pools/:poolId/exchange-differences/share')
  @HttpCode(200)
  @Allow('pool', 'finance')
  @ApiOperation({ summary: 'Share what the currencies cost or brought among the funders' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: SharedDifferenceAnswer })
  share(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('poolId') poolId: string,
  ): Promise<SharedDifferenceAnswer> {
    return once(this.db, who, claim, async (tx) => ({ entryId: await this.differences.share(tx, poolId) }));
  }
}
