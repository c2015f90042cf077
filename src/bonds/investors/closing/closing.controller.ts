import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { PersonActor } from '../../../platform/database/actor.js';
import { Database, inSnapshot } from '../../../platform/database/database.js';
import { Allow, overseers } from '../../../platform/http/access.js';
import { once } from '../../../platform/http/once.js';
import { type Claim, Claimed, Who } from '../../../platform/http/request.js';
import { CallGuarantee, DrawdownCallAnswer, toCallAnswer } from '../drawdowns/drawdown.dto.js';
import {
  AskClosing,
  BondClosingAnswer,
  ClosingViewAnswer,
  toClosingAnswer,
  toClosingView,
} from './closing.dto.js';
import { ClosingService } from './closing.service.js';
import { readClosing } from './closings.read.js';

@ApiTags('Investors')
@ApiBearerAuth()
@Controller('api/v1')
export class ClosingController {
  constructor(
    private readonly db: Database,
    private readonly closing: ClosingService,
  ) {}

  @Get('bonds/:bondId/closing')
  @Allow('bond', ...overseers)
  @ApiOperation({ summary: 'What must be over before a bond is closed, and how it would end' })
  @ApiOkResponse({ type: ClosingViewAnswer })
  view(@Who() who: PersonActor, @Param('bondId') bondId: string): Promise<ClosingViewAnswer> {
    return inSnapshot(this.db, who, async (tx) => toClosingView(await this.closing.view(tx, bondId)));
  }

  @Post('bonds/:bondId/guarantee-calls')
  @Allow('bond', 'finance')
  @ApiOperation({ summary: 'Call from the guarantor its share of capital that is lost' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ type: DrawdownCallAnswer })
  callGuarantee(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('bondId') bondId: string,
    @Body() body: CallGuarantee,
  ): Promise<DrawdownCallAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toCallAnswer(await this.closing.callGuarantee(tx, bondId, body)),
    );
  }

  @Post('bonds/:bondId/closings')
  @Allow('bond', 'finance', 'backbone')
  @ApiOperation({ summary: 'Ask to close a bond; others approve' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ type: BondClosingAnswer })
  ask(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('bondId') bondId: string,
    @Body() body: AskClosing,
  ): Promise<BondClosingAnswer> {
    return once(this.db, who, claim, async (tx) => toClosingAnswer(await this.closing.ask(tx, bondId, body)));
  }

  @Get('bond-closings/:bondClosingId')
  @Allow('bondClosing', ...overseers)
  @ApiOperation({ summary: 'How a bond was closed, or is to be' })
  @ApiOkResponse({ type: BondClosingAnswer })
  get(@Who() who: PersonActor, @Param('bondClosingId') closingId: string): Promise<BondClosingAnswer> {
    return inSnapshot(this.db, who, async (tx) => toClosingAnswer(await readClosing(tx, closingId)));
  }
}
