import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../../../platform/database/actor.js';
import { Database, inSnapshot } from '../../../platform/database/database.js';
import { Allow, overseers } from '../../../platform/http/access.js';
import { ListQuery, type Page, pageOf } from '../../../platform/http/list.js';
import { once } from '../../../platform/http/once.js';
import { type Access, type Claim, Claimed, IfMatch, Where, Who } from '../../../platform/http/request.js';
import { PledgeAnswer, toPledgeAnswer } from '../pledge.dto.js';
import { PledgesService } from '../pledges.service.js';
import { AmendPledge, EndPledge, PledgeChangeAnswer, toPledgeChangeAnswer } from './pledge-change.dto.js';
import { listPledgeChanges } from './pledge-changes.read.js';
import { PledgeChangesService } from './pledge-changes.service.js';

@ApiTags('Pledges')
@ApiBearerAuth()
@Controller('api/v1/pledges/:pledgeId')
export class PledgeChangesController {
  constructor(
    private readonly db: Database,
    private readonly pledges: PledgesService,
    private readonly changes: PledgeChangesService,
  ) {}

  @Post('amend')
  @HttpCode(200)
  @Allow('pledge', 'funder', 'backbone', 'finance')
  @ApiOperation({ summary: 'Replace what is still to come of a pledge' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: PledgeAnswer })
  amend(
    @Who() who: PersonActor,
    @Where() access: Access,
    @Claimed() claim: Claim,
    @IfMatch() version: number,
    @Param('pledgeId') pledgeId: string,
    @Body() body: AmendPledge,
  ): Promise<PledgeAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toPledgeAnswer(await this.changes.amend(tx, pledgeId, version, body, access)),
    );
  }

  @Post('cancel')
  @HttpCode(200)
  @Allow('pledge', 'backbone', 'finance')
  @ApiOperation({ summary: 'Cancel what is still to come of a pledge' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: PledgeAnswer })
  cancel(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @IfMatch() version: number,
    @Param('pledgeId') pledgeId: string,
    @Body() body: EndPledge,
  ): Promise<PledgeAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toPledgeAnswer(await this.changes.end(tx, pledgeId, version, 'cancelled', body)),
    );
  }

  @Post('write-off')
  @HttpCode(200)
  @Allow('pledge', 'finance')
  @ApiOperation({ summary: 'Write off what will not be had of a pledge' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: PledgeAnswer })
  writeOff(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @IfMatch() version: number,
    @Param('pledgeId') pledgeId: string,
    @Body() body: EndPledge,
  ): Promise<PledgeAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toPledgeAnswer(await this.changes.end(tx, pledgeId, version, 'writtenOff', body)),
    );
  }

  @Get('changes')
  @Allow('pledge', ...overseers)
  @ApiOperation({ summary: 'How a pledge was changed, the last change first' })
  @ApiOkResponse({ type: pageOf(PledgeChangeAnswer) })
  list(
    @Who() who: PersonActor,
    @Param('pledgeId') pledgeId: string,
    @Query() query: ListQuery,
  ): Promise<Page<PledgeChangeAnswer>> {
    return inSnapshot(this.db, who, async (tx) => {
      const { currency } = await this.pledges.get(tx, pledgeId);
      const page = await listPledgeChanges(tx, pledgeId, query);
      return { ...page, items: page.items.map((change) => toPledgeChangeAnswer(change, currency)) };
    });
  }
}
