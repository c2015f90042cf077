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
import { Allow, overseers } from '../../platform/http/access.js';
import { type Page, pageOf } from '../../platform/http/list.js';
import { once } from '../../platform/http/once.js';
import { type Access, type Claim, Claimed, Where, Who } from '../../platform/http/request.js';
import {
  PledgeAnswer,
  PledgeQuery,
  PledgeWithInstalmentsAnswer,
  SignPledge,
  toPledgeAnswer,
  toPledgeWithInstalments,
} from './pledge.dto.js';
import { PledgesService } from './pledges.service.js';

const PledgePage = pageOf(PledgeAnswer);

@ApiTags('Pledges')
@ApiBearerAuth()
@Controller('api/v1')
export class PledgesController {
  constructor(
    private readonly db: Database,
    private readonly pledges: PledgesService,
  ) {}

  @Post('pools/:poolId/pledges')
  @Allow('pool', 'funder', 'backbone', 'finance')
  @ApiOperation({ summary: 'Record a signed pledge with its instalments' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ type: PledgeAnswer })
  sign(
    @Who() who: PersonActor,
    @Where() access: Access,
    @Claimed() claim: Claim,
    @Param('poolId') poolId: string,
    @Body() body: SignPledge,
  ): Promise<PledgeAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toPledgeAnswer(await this.pledges.sign(tx, poolId, body, access)),
    );
  }

  @Get('pools/:poolId/pledges')
  @Allow('pool', ...overseers)
  @ApiOperation({ summary: 'The pledges to a pool' })
  @ApiOkResponse({ type: PledgePage })
  async list(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Query() query: PledgeQuery,
  ): Promise<Page<PledgeAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => this.pledges.list(tx, poolId, query));
    return { ...page, items: page.items.map(toPledgeAnswer) };
  }

  @Get('pledges/:pledgeId')
  @Allow('pledge', ...overseers)
  @ApiOperation({ summary: 'A pledge, its instalments and what settled them' })
  @ApiOkResponse({ type: PledgeWithInstalmentsAnswer })
  get(@Who() who: PersonActor, @Param('pledgeId') pledgeId: string): Promise<PledgeWithInstalmentsAnswer> {
    return inSnapshot(this.db, who, async (tx) => {
      const pledge = await this.pledges.get(tx, pledgeId);
      return toPledgeWithInstalments(pledge, await this.pledges.instalments(tx, pledge));
    });
  }
}
