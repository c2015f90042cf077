import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { EntryWithPostingsAnswer, toEntryWithPostings } from '../../ledger/entry.dto.js';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { Allow } from '../../platform/http/access.js';
import { once } from '../../platform/http/once.js';
import { type Claim, Claimed, Who } from '../../platform/http/request.js';
import { ReverseContribution } from '../contributions/contribution.dto.js';
import { ReversalsService } from './reversals.service.js';

@ApiTags('Ledger')
@ApiBearerAuth()
@Controller('api/v1')
export class ReversalsController {
  constructor(
    private readonly db: Database,
    private readonly reversals: ReversalsService,
  ) {}

  @Post('entries/:entryId/reverse')
  @HttpCode(200)
  @Allow('entry', 'finance')
  @ApiOperation({ summary: 'Reverse an entry with its document; answers the reversal' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: EntryWithPostingsAnswer })
  reverse(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('entryId') entryId: string,
    @Body() body: ReverseContribution,
  ): Promise<EntryWithPostingsAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toEntryWithPostings(await this.reversals.reverse(tx, entryId, body)),
    );
  }
}
