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
import { PayOutOfBond, WithdrawBondPayment } from '../advances/advance.dto.js';
import { BondPaymentQuery } from '../advances/advances.read.js';
import {
  AskDistribution,
  DistributionAnswer,
  DistributionWithWorkingAnswer,
  PreviewDistribution,
  toDistributionAnswer,
  toWorkedOut,
  WorkedOutAnswer,
} from './distribution.dto.js';
import { listDistributions, readDistribution, workingOf } from './distributions.read.js';
import { DistributionsService } from './distributions.service.js';
import { kept } from './kept-working.js';

@ApiTags('Investors')
@ApiBearerAuth()
@Controller('api/v1')
export class DistributionsController {
  constructor(
    private readonly db: Database,
    private readonly distributions: DistributionsService,
  ) {}

  @Post('bonds/:bondId/distributions/preview')
  @HttpCode(200)
  @Allow('bond', 'finance', 'backbone')
  @ApiOperation({ summary: 'What a distribution would come to, tier by tier; nothing is saved' })
  @ApiOkResponse({ type: WorkedOutAnswer })
  preview(
    @Who() who: PersonActor,
    @Param('bondId') bondId: string,
    @Body() body: PreviewDistribution,
  ): Promise<WorkedOutAnswer> {
    return inTransaction(this.db, who, async (tx) => {
      const { inputs, result, termsHash } = await this.distributions.preview(tx, bondId, body);
      const keep = <T>(value: T) => kept(value, inputs.currency);
      return toWorkedOut({ termsHash, inputs: keep(inputs), result: keep(result) });
    });
  }

  @Post('bonds/:bondId/distributions')
  @Allow('bond', 'finance', 'backbone')
  @ApiOperation({ summary: 'Ask to pay investors by the terms; others approve' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ type: DistributionAnswer })
  ask(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('bondId') bondId: string,
    @Body() body: AskDistribution,
  ): Promise<DistributionAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toDistributionAnswer(await this.distributions.ask(tx, bondId, body)),
    );
  }

  @Get('bonds/:bondId/distributions')
  @Allow('bond', ...overseers)
  @ApiOperation({ summary: 'What a bond has paid its investors' })
  @ApiOkResponse({ type: pageOf(DistributionAnswer) })
  async list(
    @Who() who: PersonActor,
    @Param('bondId') bondId: string,
    @Query() query: BondPaymentQuery,
  ): Promise<Page<DistributionAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listDistributions(tx, bondId, query));
    return { ...page, items: page.items.map(toDistributionAnswer) };
  }

  @Get('distributions/:distributionId')
  @Allow('distribution', ...overseers)
  @ApiOperation({ summary: 'A distribution, tier by tier and for each investor' })
  @ApiOkResponse({ type: DistributionWithWorkingAnswer })
  get(
    @Who() who: PersonActor,
    @Param('distributionId') distributionId: string,
  ): Promise<DistributionWithWorkingAnswer> {
    return inSnapshot(this.db, who, async (tx) => ({
      ...toDistributionAnswer(await readDistribution(tx, distributionId)),
      working: toWorkedOut(await workingOf(tx, distributionId)),
    }));
  }

  @Post('distributions/:distributionId/withdraw')
  @HttpCode(200)
  @Allow('distribution', 'finance', 'backbone')
  @ApiOperation({ summary: 'Take back an approved distribution that is not paid' })
  @ApiOkResponse({ type: DistributionAnswer })
  async withdraw(
    @Who() who: PersonActor,
    @Param('distributionId') distributionId: string,
    @Body() { reason }: WithdrawBondPayment,
  ): Promise<DistributionAnswer> {
    return toDistributionAnswer(
      await inTransaction(this.db, who, (tx) => this.distributions.withdraw(tx, distributionId, reason)),
    );
  }

  @Post('distributions/:distributionId/pay')
  @HttpCode(200)
  @Allow('distribution', 'finance')
  @ApiOperation({ summary: 'Record that the bank has paid an approved distribution' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: DistributionAnswer })
  pay(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('distributionId') distributionId: string,
    @Body() body: PayOutOfBond,
  ): Promise<DistributionAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toDistributionAnswer(await this.distributions.pay(tx, distributionId, body)),
    );
  }
}
