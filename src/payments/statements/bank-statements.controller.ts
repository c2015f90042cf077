import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../../platform/database/database.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { ListQuery, type Page, pageOf } from '../../platform/http/list.js';
import { once } from '../../platform/http/once.js';
import { type Claim, Claimed, Who } from '../../platform/http/request.js';
import { fileOf } from '../../platform/http/uploads.js';
import { DisbursementAnswer, toDisbursementAnswer } from '../disbursement.dto.js';
import { ReturnedPaymentsService } from '../returned-payments.service.js';
import {
  BankLineAnswer,
  BankLineQuery,
  BankStatementAnswer,
  GiveBackPayment,
  ImportAnswer,
  MatchLine,
  PostCharge,
  PostContribution,
  SetLineAside,
  toImportAnswer,
  toLineAnswer,
  toStatementAnswer,
} from './bank-statement.dto.js';
import { listLines, listStatements } from './bank-statements.read.js';
import { BankStatementsService } from './bank-statements.service.js';
import { MatchingService } from './matching.service.js';

@ApiTags('Bank statements')
@ApiBearerAuth()
@Controller('api/v1')
export class BankStatementsController {
  constructor(
    private readonly db: Database,
    private readonly statements: BankStatementsService,
    private readonly matching: MatchingService,
    private readonly returned: ReturnedPaymentsService,
  ) {}

  @Post('pools/:poolId/bank-statements')
  @HttpCode(200)
  @Allow('pool', 'finance')
  @ApiOperation({
    summary: 'Import a camt.053 file of the pool’s account; what names our payments is matched',
  })
  @ApiConsumes('application/xml')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: ImportAnswer })
  import(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('poolId') poolId: string,
    @Req() request: FastifyRequest,
  ): Promise<ImportAnswer> {
    const file = fileOf(request.body);
    return once(this.db, who, claim, async (tx) =>
      toImportAnswer(await this.statements.importFile(tx, poolId, file)),
    );
  }

  @Get('pools/:poolId/bank-statements')
  @Allow('pool', ...overseers)
  @ApiOperation({ summary: 'The statements of the pool’s account' })
  @ApiOkResponse({ type: pageOf(BankStatementAnswer) })
  async list(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Query() query: ListQuery,
  ): Promise<Page<BankStatementAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listStatements(tx, poolId, query));
    return { ...page, items: page.items.map(toStatementAnswer) };
  }

  @Get('pools/:poolId/bank-lines')
  @Allow('pool', ...overseers)
  @ApiOperation({ summary: 'The lines of the statements, and what became of each' })
  @ApiOkResponse({ type: pageOf(BankLineAnswer) })
  async lines(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Query() query: BankLineQuery,
  ): Promise<Page<BankLineAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listLines(tx, poolId, query));
    return { ...page, items: page.items.map(toLineAnswer) };
  }

  @Post('bank-lines/:bankLineId/match')
  @HttpCode(200)
  @Allow('bankLine', 'finance')
  @ApiOperation({ summary: 'Say what a waiting line is' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: BankLineAnswer })
  match(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('bankLineId') lineId: string,
    @Body() body: MatchLine,
  ): Promise<BankLineAnswer> {
    return once(this.db, who, claim, async (tx) => toLineAnswer(await this.matching.match(tx, lineId, body)));
  }

  @Post('bank-lines/:bankLineId/contribution')
  @HttpCode(200)
  @Allow('bankLine', 'finance')
  @ApiOperation({ summary: 'Post a waiting line as a contribution' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: BankLineAnswer })
  postContribution(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('bankLineId') lineId: string,
    @Body() body: PostContribution,
  ): Promise<BankLineAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toLineAnswer(await this.matching.postContribution(tx, lineId, body)),
    );
  }

  @Post('bank-lines/:bankLineId/charge')
  @HttpCode(200)
  @Allow('bankLine', 'finance')
  @ApiOperation({ summary: 'Post a waiting line as a charge of the bank' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: BankLineAnswer })
  postCharge(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('bankLineId') lineId: string,
    @Body() body: PostCharge,
  ): Promise<BankLineAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toLineAnswer(await this.matching.postCharge(tx, lineId, body)),
    );
  }

  @Post('bank-lines/:bankLineId/set-aside')
  @HttpCode(200)
  @Allow('bankLine', 'finance')
  @ApiOperation({ summary: 'Say that nothing is to be posted for a line, and why' })
  @ApiOkResponse({ type: BankLineAnswer })
  async setAside(
    @Who() who: PersonActor,
    @Param('bankLineId') lineId: string,
    @Body() { reason }: SetLineAside,
  ): Promise<BankLineAnswer> {
    return toLineAnswer(
      await inTransaction(this.db, who, (tx) => this.matching.setAside(tx, lineId, reason)),
    );
  }

  @Post('bank-lines/:bankLineId/reopen')
  @HttpCode(200)
  @Allow('bankLine', 'finance')
  @ApiOperation({ summary: 'Put a line back into the queue' })
  @ApiOkResponse({ type: BankLineAnswer })
  async reopen(@Who() who: PersonActor, @Param('bankLineId') lineId: string): Promise<BankLineAnswer> {
    return toLineAnswer(await inTransaction(this.db, who, (tx) => this.matching.reopen(tx, lineId)));
  }

  @Post('disbursements/:disbursementId/return')
  @HttpCode(200)
  @Allow('disbursement', 'finance')
  @ApiOperation({ summary: 'Record that the bank has sent a payment back; its instalment is due again' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: DisbursementAnswer })
  giveBack(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('disbursementId') id: string,
    @Body() body: GiveBackPayment,
  ): Promise<DisbursementAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toDisbursementAnswer(await this.returned.giveBack(tx, id, body)),
    );
  }
}
