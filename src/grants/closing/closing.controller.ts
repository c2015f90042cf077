import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow, members } from '../../platform/http/access.js';
import { ListQuery, type Page, pageOf } from '../../platform/http/list.js';
import { once } from '../../platform/http/once.js';
import { type Claim, Claimed, Who } from '../../platform/http/request.js';
import { CloseGrant, CloseGrantMoney, GrantClosureAnswer, toGrantClosureAnswer } from './closing.dto.js';
import { ClosingService } from './closing.service.js';
import { listClosures } from './closings.read.js';

const GrantClosurePage = pageOf(GrantClosureAnswer);

@ApiTags('Grants')
@ApiBearerAuth()
@Controller('api/v1/grants/:grantId')
export class ClosingController {
  constructor(
    private readonly db: Database,
    private readonly closing: ClosingService,
  ) {}

  @Post('close')
  @Allow('grant', 'backbone', 'finance')
  @ApiOperation({
    summary:
      'Close the work of a grant: what is unpaid is cancelled; others agree, unless its last report is accepted',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ type: GrantClosureAnswer })
  closeWork(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('grantId') grantId: string,
    @Body() body: CloseGrant,
  ): Promise<GrantClosureAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toGrantClosureAnswer(await this.closing.closeWork(tx, grantId, body)),
    );
  }

  @Post('close-money')
  @Allow('grant', 'backbone', 'finance')
  @ApiOperation({
    summary: 'Close the money of a grant: what was unspent came back, or others agree that it stays',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ type: GrantClosureAnswer })
  closeMoney(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('grantId') grantId: string,
    @Body() body: CloseGrantMoney,
  ): Promise<GrantClosureAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toGrantClosureAnswer(await this.closing.closeMoney(tx, grantId, body)),
    );
  }

  @Get('closures')
  @Allow('grant', ...members)
  @ApiOperation({ summary: 'The steps by which a grant ends, done, asked for and rejected' })
  @ApiOkResponse({ type: GrantClosurePage })
  async list(
    @Who() who: PersonActor,
    @Param('grantId') grantId: string,
    @Query() query: ListQuery,
  ): Promise<Page<GrantClosureAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listClosures(tx, grantId, query));
    return { ...page, items: page.items.map(toGrantClosureAnswer) };
  }
}
