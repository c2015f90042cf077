import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { PersonActor } from '../../../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../../../platform/database/database.js';
import { Allow, overseers } from '../../../platform/http/access.js';
import { type Page, pageOf } from '../../../platform/http/list.js';
import { once } from '../../../platform/http/once.js';
import { type Claim, Claimed, Who } from '../../../platform/http/request.js';
import {
  CallDrawdown,
  CallTwoSided,
  CancelCall,
  DrawdownCallAnswer,
  DrawdownCallsAnswer,
  DrawdownCallWithReceiptsAnswer,
  DrawdownReceiptAnswer,
  RecordDrawdown,
  ReverseDrawdown,
  toCallAnswer,
  toDrawdownReceiptAnswer,
} from './drawdown.dto.js';
import { CallQuery, listCalls, readCall, receiptsOfCall } from './drawdowns.read.js';
import { DrawdownsService } from './drawdowns.service.js';
import { TwoSidedService } from './two-sided.service.js';

@ApiTags('Investors')
@ApiBearerAuth()
@Controller('api/v1')
export class DrawdownsController {
  constructor(
    private readonly db: Database,
    private readonly drawdowns: DrawdownsService,
    private readonly twoSided: TwoSidedService,
  ) {}

  @Get('bonds/:bondId/drawdown-calls')
  @Allow('bond', ...overseers)
  @ApiOperation({ summary: 'What investors and the guarantor of a bond were asked for' })
  @ApiOkResponse({ type: pageOf(DrawdownCallAnswer) })
  async list(
    @Who() who: PersonActor,
    @Param('bondId') bondId: string,
    @Query() query: CallQuery,
  ): Promise<Page<DrawdownCallAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listCalls(tx, bondId, query));
    return { ...page, items: page.items.map(toCallAnswer) };
  }

  @Post('bonds/:bondId/drawdown-calls')
  @Allow('bond', 'finance')
  @ApiOperation({ summary: 'Call capital from an investor' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ type: DrawdownCallAnswer })
  call(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('bondId') bondId: string,
    @Body() body: CallDrawdown,
  ): Promise<DrawdownCallAnswer> {
    return once(this.db, who, claim, async (tx) => toCallAnswer(await this.drawdowns.call(tx, bondId, body)));
  }

  @Post('bonds/:bondId/two-sided-calls')
  @Allow('bond', 'finance')
  @ApiOperation({ summary: 'Call from investors what they owe for poor outcomes, by the contract' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ type: DrawdownCallsAnswer })
  callTwoSided(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('bondId') bondId: string,
    @Body() body: CallTwoSided,
  ): Promise<DrawdownCallsAnswer> {
    return once(this.db, who, claim, async (tx) => ({
      calls: (await this.twoSided.call(tx, bondId, body)).map(toCallAnswer),
    }));
  }

  @Get('drawdown-calls/:drawdownCallId')
  @Allow('drawdownCall', ...overseers)
  @ApiOperation({ summary: 'A call, and what has come of it' })
  @ApiOkResponse({ type: DrawdownCallWithReceiptsAnswer })
  get(
    @Who() who: PersonActor,
    @Param('drawdownCallId') callId: string,
  ): Promise<DrawdownCallWithReceiptsAnswer> {
    return inSnapshot(this.db, who, async (tx) => ({
      ...toCallAnswer(await readCall(tx, callId)),
      receipts: (await receiptsOfCall(tx, callId)).map(toDrawdownReceiptAnswer),
    }));
  }

  @Post('drawdown-calls/:drawdownCallId/cancel')
  @HttpCode(200)
  @Allow('drawdownCall', 'finance')
  @ApiOperation({ summary: 'Expect nothing more of a call' })
  @ApiOkResponse({ type: DrawdownCallAnswer })
  async cancel(
    @Who() who: PersonActor,
    @Param('drawdownCallId') callId: string,
    @Body() { reason }: CancelCall,
  ): Promise<DrawdownCallAnswer> {
    return toCallAnswer(await inTransaction(this.db, who, (tx) => this.drawdowns.cancel(tx, callId, reason)));
  }

  @Post('drawdown-calls/:drawdownCallId/receipts')
  @Allow('drawdownCall', 'finance')
  @ApiOperation({ summary: 'Record what has come of a call' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ type: DrawdownReceiptAnswer })
  receive(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('drawdownCallId') callId: string,
    @Body() body: RecordDrawdown,
  ): Promise<DrawdownReceiptAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toDrawdownReceiptAnswer(await this.drawdowns.receive(tx, callId, body)),
    );
  }

  @Post('drawdown-receipts/:drawdownReceiptId/reverse')
  @HttpCode(200)
  @Allow('drawdownReceipt', 'finance')
  @ApiOperation({ summary: 'Take back a receipt that was recorded by mistake' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: DrawdownReceiptAnswer })
  reverse(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('drawdownReceiptId') receiptId: string,
    @Body() body: ReverseDrawdown,
  ): Promise<DrawdownReceiptAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toDrawdownReceiptAnswer(await this.drawdowns.reverse(tx, receiptId, body)),
    );
  }
}
