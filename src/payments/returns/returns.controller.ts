import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
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
import { Allow, members, overseers } from '../../platform/http/access.js';
import { ListQuery, type Page, pageOf } from '../../platform/http/list.js';
import { once } from '../../platform/http/once.js';
import { type Claim, Claimed, Who } from '../../platform/http/request.js';
import {
  GrantReturnAnswer,
  GrantReturnWithPartsAnswer,
  RecordReturn,
  ReverseReturn,
  toGrantReturnAnswer,
  toGrantReturnWithParts,
} from './return.dto.js';
import { listReturns, partsOfReturn, readGrantReturn } from './returns.read.js';
import { ReturnsService } from './returns.service.js';

const GrantReturnPage = pageOf(GrantReturnAnswer);

@ApiTags('Payments')
@ApiBearerAuth()
@Controller('api/v1')
export class ReturnsController {
  constructor(
    private readonly db: Database,
    private readonly returns: ReturnsService,
  ) {}

  @Post('grants/:grantId/returns')
  @Allow('grant', 'finance')
  @ApiOperation({ summary: 'Record unspent money of a grant that came back' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ type: GrantReturnAnswer })
  record(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('grantId') grantId: string,
    @Body() body: RecordReturn,
  ): Promise<GrantReturnAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toGrantReturnAnswer(await this.returns.record(tx, grantId, body)),
    );
  }

  @Get('grants/:grantId/returns')
  @Allow('grant', ...members)
  @ApiOperation({ summary: 'What came back of a grant' })
  @ApiOkResponse({ type: GrantReturnPage })
  async list(
    @Who() who: PersonActor,
    @Param('grantId') grantId: string,
    @Query() query: ListQuery,
  ): Promise<Page<GrantReturnAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listReturns(tx, grantId, query));
    return { ...page, items: page.items.map(toGrantReturnAnswer) };
  }

  @Get('grant-returns/:grantReturnId')
  @Allow('grantReturn', ...overseers)
  @ApiOperation({ summary: 'A return, and who got back what' })
  @ApiOkResponse({ type: GrantReturnWithPartsAnswer })
  get(
    @Who() who: PersonActor,
    @Param('grantReturnId') grantReturnId: string,
  ): Promise<GrantReturnWithPartsAnswer> {
    return inSnapshot(this.db, who, async (tx) => {
      const returned = await readGrantReturn(tx, grantReturnId);
      return toGrantReturnWithParts(returned, await partsOfReturn(tx, returned));
    });
  }

  @Post('grant-returns/:grantReturnId/reverse')
  @HttpCode(200)
  @Allow('grantReturn', 'finance')
  @ApiOperation({ summary: 'Reverse a return that was recorded by mistake' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: GrantReturnAnswer })
  reverse(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('grantReturnId') grantReturnId: string,
    @Body() body: ReverseReturn,
  ): Promise<GrantReturnAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toGrantReturnAnswer(await this.returns.reverse(tx, grantReturnId, body)),
    );
  }
}
