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
import { Database, inSnapshot, inTransaction } from '../../platform/database/database.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { ListQuery, type Page, pageOf } from '../../platform/http/list.js';
import { once } from '../../platform/http/once.js';
import { type Claim, Claimed, Who } from '../../platform/http/request.js';
import { PoolsService } from '../pools.service.js';
import {
  AskRefund,
  PayRefund,
  PreviewRefund,
  RefundAnswer,
  RefundSharesAnswer,
  RefundWithSharesAnswer,
  toRefundAnswer,
  WithdrawRefund,
  toSharesAnswer,
} from './refund.dto.js';
import { listRefunds, readRefund, sharesOfRefund } from './refunds.read.js';
import { RefundsService } from './refunds.service.js';

@ApiTags('Refunds')
@ApiBearerAuth()
@Controller('api/v1')
export class RefundsController {
  constructor(
    private readonly db: Database,
    private readonly pools: PoolsService,
    private readonly refunds: RefundsService,
  ) {}

  @Post('pools/:poolId/refunds/preview')
  @HttpCode(200)
  @Allow('pool', 'finance')
  @ApiOperation({ summary: 'What each funder would get of a refund; nothing is saved' })
  @ApiOkResponse({ type: RefundSharesAnswer })
  preview(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Body() { amount }: PreviewRefund,
  ): Promise<RefundSharesAnswer> {
    return inTransaction(this.db, who, async (tx) => {
      const { currency } = await this.pools.get(tx, poolId);
      return { shares: toSharesAnswer(await this.refunds.preview(tx, poolId, amount), currency) };
    });
  }

  @Post('pools/:poolId/refunds')
  @Allow('pool', 'finance')
  @ApiOperation({ summary: 'Ask to give money back to the funders; others approve' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ type: RefundAnswer })
  ask(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('poolId') poolId: string,
    @Body() body: AskRefund,
  ): Promise<RefundAnswer> {
    return once(this.db, who, claim, async (tx) => toRefundAnswer(await this.refunds.ask(tx, poolId, body)));
  }

  @Get('pools/:poolId/refunds')
  @Allow('pool', ...overseers)
  @ApiOperation({ summary: 'The refunds of a pool' })
  @ApiOkResponse({ type: pageOf(RefundAnswer) })
  async list(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Query() query: ListQuery,
  ): Promise<Page<RefundAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listRefunds(tx, poolId, query));
    return { ...page, items: page.items.map(toRefundAnswer) };
  }

  @Get('refunds/:refundId')
  @Allow('refund', ...overseers)
  @ApiOperation({ summary: 'A refund, and what each funder gets of it' })
  @ApiOkResponse({ type: RefundWithSharesAnswer })
  get(@Who() who: PersonActor, @Param('refundId') refundId: string): Promise<RefundWithSharesAnswer> {
    return inSnapshot(this.db, who, async (tx) => {
      const refund = await readRefund(tx, refundId);
      const shares = toSharesAnswer(await sharesOfRefund(tx, refundId), refund.currency);
      return { ...toRefundAnswer(refund), shares };
    });
  }

  @Post('refunds/:refundId/withdraw')
  @HttpCode(200)
  @Allow('refund', 'finance')
  @ApiOperation({ summary: 'Take back an approved refund that is not paid' })
  @ApiOkResponse({ type: RefundAnswer })
  async withdraw(
    @Who() who: PersonActor,
    @Param('refundId') refundId: string,
    @Body() { reason }: WithdrawRefund,
  ): Promise<RefundAnswer> {
    return toRefundAnswer(
      await inTransaction(this.db, who, (tx) => this.refunds.withdraw(tx, refundId, reason)),
    );
  }

  @Post('refunds/:refundId/pay')
  @HttpCode(200)
  @Allow('refund', 'finance')
  @ApiOperation({ summary: 'Record that the bank has paid an approved refund' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: RefundAnswer })
  pay(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('refundId') refundId: string,
    @Body() body: PayRefund,
  ): Promise<RefundAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toRefundAnswer(await this.refunds.pay(tx, refundId, body)),
    );
  }
}
