import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { readGrant } from '../grants/grants.read.js';
import type { PersonActor } from '../platform/database/actor.js';
import { Database, inSnapshot } from '../platform/database/database.js';
import { Allow, members } from '../platform/http/access.js';
import { Who } from '../platform/http/request.js';
import { CumulativeSpendAnswer, toCumulativeAnswer } from './cumulative.dto.js';
import { readCumulativeSpend } from './cumulative.read.js';

@ApiTags('Reporting')
@ApiBearerAuth()
@Controller('api/v1')
export class CumulativeController {
  constructor(private readonly db: Database) {}

  @Get('grants/:grantId/cumulative-spend')
  @Allow('grant', ...members)
  @ApiOperation({
    summary:
      'Everything that was reported of a grant: periods as columns, goals as rows, beside what was paid',
  })
  @ApiOkResponse({ type: CumulativeSpendAnswer })
  async read(@Who() who: PersonActor, @Param('grantId') grantId: string): Promise<CumulativeSpendAnswer> {
    const spend = await inSnapshot(this.db, who, async (tx) =>
      readCumulativeSpend(tx, await readGrant(tx, grantId)),
    );
    return toCumulativeAnswer(spend);
  }
}
