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
import { sharesOfEntry } from '../funder-shares.read.js';
import {
  BankChargeAnswer,
  BankChargeWithSharesAnswer,
  ReverseBankCharge,
  TakeBankCharge,
  toBankChargeAnswer,
  toBankChargeWithShares,
} from './bank-charge.dto.js';
import { listBankCharges, readBankCharge } from './bank-charges.read.js';
import { BankChargesService } from './bank-charges.service.js';

@ApiTags('Bank charges')
@ApiBearerAuth()
@Controller('api/v1')
export class BankChargesController {
  constructor(
    private readonly db: Database,
    private readonly charges: BankChargesService,
  ) {}

  @Post('pools/:poolId/bank-charges')
  @Allow('pool', 'finance')
  @ApiOperation({ summary: 'Record what the bank took for its services' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ type: BankChargeAnswer })
  take(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('poolId') poolId: string,
    @Body() body: TakeBankCharge,
  ): Promise<BankChargeAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toBankChargeAnswer(await this.charges.take(tx, poolId, body)),
    );
  }

  @Get('pools/:poolId/bank-charges')
  @Allow('pool', ...overseers)
  @ApiOperation({ summary: 'The bank charges of a pool' })
  @ApiOkResponse({ type: pageOf(BankChargeAnswer) })
  async list(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Query() query: ListQuery,
  ): Promise<Page<BankChargeAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listBankCharges(tx, poolId, query));
    return { ...page, items: page.items.map(toBankChargeAnswer) };
  }

  @Get('bank-charges/:bankChargeId')
  @Allow('bankCharge', ...overseers)
  @ApiOperation({ summary: 'A bank charge, and what each funder bore of it' })
  @ApiOkResponse({ type: BankChargeWithSharesAnswer })
  get(
    @Who() who: PersonActor,
    @Param('bankChargeId') bankChargeId: string,
  ): Promise<BankChargeWithSharesAnswer> {
    return inSnapshot(this.db, who, async (tx) => {
      const charge = await readBankCharge(tx, bankChargeId);
      return toBankChargeWithShares(charge, await sharesOfEntry(tx, charge.entryId));
    });
  }

  @Post('bank-charges/:bankChargeId/reverse')
  @HttpCode(200)
  @Allow('bankCharge', 'finance')
  @ApiOperation({ summary: 'Reverse a bank charge that was recorded by mistake' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: BankChargeAnswer })
  reverse(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('bankChargeId') bankChargeId: string,
    @Body() body: ReverseBankCharge,
  ): Promise<BankChargeAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toBankChargeAnswer(await this.charges.reverse(tx, bankChargeId, body)),
    );
  }
}
