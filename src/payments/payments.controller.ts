import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { PersonActor } from '../platform/database/actor.js';
import { Database, inSnapshot } from '../platform/database/database.js';
import { Allow, overseers } from '../platform/http/access.js';
import { type Page, pageOf } from '../platform/http/list.js';
import { once } from '../platform/http/once.js';
import { type Claim, Claimed, Who } from '../platform/http/request.js';
import {
  DisbursementAnswer,
  DisbursementQuery,
  DisbursementWithPartsAnswer,
  SettleDisbursement,
  toDisbursementAnswer,
  toDisbursementWithParts,
} from './disbursement.dto.js';
import { listDisbursements, partsOf, readDisbursement } from './disbursements.read.js';
import { DisbursementsService } from './disbursements.service.js';

const DisbursementPage = pageOf(DisbursementAnswer);

@ApiTags('Payments')
@ApiBearerAuth()
@Controller('api/v1')
export class PaymentsController {
  constructor(
    private readonly db: Database,
    private readonly disbursements: DisbursementsService,
  ) {}

  @Post('instalments/:instalmentId/release')
  @Allow('instalment', 'finance', 'backbone')
  @ApiOperation({ summary: 'Ask to release a due instalment; others approve' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ type: DisbursementAnswer })
  release(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('instalmentId') instalmentId: string,
  ): Promise<DisbursementAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toDisbursementAnswer(await this.disbursements.release(tx, instalmentId)),
    );
  }

  @Get('coalitions/:coalitionId/disbursements')
  @Allow('coalition', ...overseers)
  @ApiOperation({ summary: 'The payments of a coalition' })
  @ApiOkResponse({ type: DisbursementPage })
  async list(
    @Who() who: PersonActor,
    @Param('coalitionId') coalitionId: string,
    @Query() query: DisbursementQuery,
  ): Promise<Page<DisbursementAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listDisbursements(tx, coalitionId, query));
    return { ...page, items: page.items.map(toDisbursementAnswer) };
  }

  @Get('disbursements/:disbursementId')
  @Allow('disbursement', ...overseers)
  @ApiOperation({ summary: 'A payment, and whose money paid it' })
  @ApiOkResponse({ type: DisbursementWithPartsAnswer })
  get(@Who() who: PersonActor, @Param('disbursementId') id: string): Promise<DisbursementWithPartsAnswer> {
    return inSnapshot(this.db, who, async (tx) =>
      toDisbursementWithParts(await readDisbursement(tx, id), await partsOf(tx, id)),
    );
  }

  @Post('disbursements/:disbursementId/settle')
  @HttpCode(200)
  @Allow('disbursement', 'finance')
  @ApiOperation({ summary: 'Record that the bank has paid an approved disbursement' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: DisbursementAnswer })
  settle(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('disbursementId') id: string,
    @Body() body: SettleDisbursement,
  ): Promise<DisbursementAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toDisbursementAnswer(await this.disbursements.settle(tx, id, body)),
    );
  }
}
