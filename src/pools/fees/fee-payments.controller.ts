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
import { Allow, overseers } from '../../platform/http/access.js';
import { ListQuery, type Page, pageOf } from '../../platform/http/list.js';
import { once } from '../../platform/http/once.js';
import { type Claim, Claimed, Who } from '../../platform/http/request.js';
import { AskFeePayment, FeePaymentAnswer, PayFee, toFeePaymentAnswer } from './fee-payment.dto.js';
import { listFeePayments, readFeePayment } from './fee-payments.read.js';
import { FeePaymentsService } from './fee-payments.service.js';

@ApiTags('Fees')
@ApiBearerAuth()
@Controller('api/v1')
export class FeePaymentsController {
  constructor(
    private readonly db: Database,
    private readonly payments: FeePaymentsService,
  ) {}

  @Post('pools/:poolId/fee-payments')
  @Allow('pool', 'finance')
  @ApiOperation({ summary: 'Ask to pay the host what it is owed in fees; others approve' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ type: FeePaymentAnswer })
  ask(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('poolId') poolId: string,
    @Body() body: AskFeePayment,
  ): Promise<FeePaymentAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toFeePaymentAnswer(await this.payments.ask(tx, poolId, body)),
    );
  }

  @Get('pools/:poolId/fee-payments')
  @Allow('pool', ...overseers)
  @ApiOperation({ summary: 'The payments of fees to the host of a pool' })
  @ApiOkResponse({ type: pageOf(FeePaymentAnswer) })
  async list(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Query() query: ListQuery,
  ): Promise<Page<FeePaymentAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listFeePayments(tx, poolId, query));
    return { ...page, items: page.items.map(toFeePaymentAnswer) };
  }

  @Get('fee-payments/:feePaymentId')
  @Allow('feePayment', ...overseers)
  @ApiOperation({ summary: 'A payment of fees to the host' })
  @ApiOkResponse({ type: FeePaymentAnswer })
  get(@Who() who: PersonActor, @Param('feePaymentId') feePaymentId: string): Promise<FeePaymentAnswer> {
    return inSnapshot(this.db, who, async (tx) => toFeePaymentAnswer(await readFeePayment(tx, feePaymentId)));
  }

  @Post('fee-payments/:feePaymentId/pay')
  @HttpCode(200)
  @Allow('feePayment', 'finance')
  @ApiOperation({ summary: 'Record that the bank has paid an approved fee' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: FeePaymentAnswer })
  pay(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('feePaymentId') feePaymentId: string,
    @Body() body: PayFee,
  ): Promise<FeePaymentAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toFeePaymentAnswer(await this.payments.pay(tx, feePaymentId, body)),
    );
  }
}
