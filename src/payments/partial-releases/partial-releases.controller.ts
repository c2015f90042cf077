import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { Allow } from '../../platform/http/access.js';
import { once } from '../../platform/http/once.js';
import { type Claim, Claimed, Who } from '../../platform/http/request.js';
import { DisbursementAnswer, toDisbursementAnswer } from '../disbursement.dto.js';
import { ReleasePart } from './partial-release.dto.js';
import { PartialReleasesService } from './partial-releases.service.js';

@ApiTags('Payments')
@ApiBearerAuth()
@Controller('api/v1')
export class PartialReleasesController {
  constructor(
    private readonly db: Database,
    private readonly releases: PartialReleasesService,
  ) {}

  @Post('instalments/:instalmentId/partial-releases')
  @Allow('instalment', 'finance', 'backbone')
  @ApiOperation({ summary: 'Ask to release a part of an instalment; the rest stays planned' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ type: DisbursementAnswer })
  release(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('instalmentId') instalmentId: string,
    @Body() body: ReleasePart,
  ): Promise<DisbursementAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toDisbursementAnswer(await this.releases.release(tx, instalmentId, body)),
    );
  }
}
