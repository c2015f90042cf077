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
  AskAdvance,
  PayOutOfBond,
  ProviderAdvanceAnswer,
  toAdvanceAnswer,
  WithdrawBondPayment,
} from './advance.dto.js';
import { BondPaymentQuery, listAdvances, readAdvance } from './advances.read.js';
import { AdvancesService } from './advances.service.js';

@ApiTags('Investors')
@ApiBearerAuth()
@Controller('api/v1')
export class AdvancesController {
  constructor(
    private readonly db: Database,
    private readonly advances: AdvancesService,
  ) {}

  @Get('bonds/:bondId/provider-advances')
  @Allow('bond', ...overseers, 'partner')
  @ApiOperation({ summary: 'Working capital of the provider of a bond' })
  @ApiOkResponse({ type: pageOf(ProviderAdvanceAnswer) })
  async list(
    @Who() who: PersonActor,
    @Param('bondId') bondId: string,
    @Query() query: BondPaymentQuery,
  ): Promise<Page<ProviderAdvanceAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listAdvances(tx, bondId, query));
    return { ...page, items: page.items.map(toAdvanceAnswer) };
  }

  @Post('bonds/:bondId/provider-advances')
  @Allow('bond', 'finance', 'backbone')
  @ApiOperation({ summary: 'Ask for working capital for the provider; others approve' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ type: ProviderAdvanceAnswer })
  ask(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('bondId') bondId: string,
    @Body() body: AskAdvance,
  ): Promise<ProviderAdvanceAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toAdvanceAnswer(await this.advances.ask(tx, bondId, body)),
    );
  }

  @Get('provider-advances/:providerAdvanceId')
  @Allow('providerAdvance', ...overseers, 'partner')
  @ApiOperation({ summary: 'An advance to the provider of a bond' })
  @ApiOkResponse({ type: ProviderAdvanceAnswer })
  get(
    @Who() who: PersonActor,
    @Param('providerAdvanceId') advanceId: string,
  ): Promise<ProviderAdvanceAnswer> {
    return inSnapshot(this.db, who, async (tx) => toAdvanceAnswer(await readAdvance(tx, advanceId)));
  }

  @Post('provider-advances/:providerAdvanceId/withdraw')
  @HttpCode(200)
  @Allow('providerAdvance', 'finance', 'backbone')
  @ApiOperation({ summary: 'Take back an approved advance that is not paid' })
  @ApiOkResponse({ type: ProviderAdvanceAnswer })
  async withdraw(
    @Who() who: PersonActor,
    @Param('providerAdvanceId') advanceId: string,
    @Body() { reason }: WithdrawBondPayment,
  ): Promise<ProviderAdvanceAnswer> {
    return toAdvanceAnswer(
      await inTransaction(this.db, who, (tx) => this.advances.withdraw(tx, advanceId, reason)),
    );
  }

  @Post('provider-advances/:providerAdvanceId/pay')
  @HttpCode(200)
  @Allow('providerAdvance', 'finance')
  @ApiOperation({ summary: 'Record that the bank has paid an approved advance' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: ProviderAdvanceAnswer })
  pay(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('providerAdvanceId') advanceId: string,
    @Body() body: PayOutOfBond,
  ): Promise<ProviderAdvanceAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toAdvanceAnswer(await this.advances.pay(tx, advanceId, body)),
    );
  }
}
