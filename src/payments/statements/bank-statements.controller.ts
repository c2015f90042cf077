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
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { ListQuery, type Page, pageOf } from '../../platform/http/list.js';
import { once } from '../../platform/http/once.js';
import { type Claim, Claimed, Who } from '../../platform/http/request.js';
import { fileOf } from '../../platform/http/uploads.js';
import { DisbursementAnswer, toDisbursementAnswer } from '../disbursement.dto.js';
import { ReturnedPaymentsService } from '../returned-payments.service.js';
import {
  BankStatementAnswer,
  GiveBackPayment,
  ImportAnswer,
  ImportQuery,
  toImportAnswer,
  toStatementAnswer,
} from './bank-statement.dto.js';
import { uploadedBankFile } from './bank-file.js';
import { listStatements } from './bank-statements.read.js';
import { BankStatementsService } from './bank-statements.service.js';

@ApiTags('Bank statements')
@ApiBearerAuth()
@Controller('api/v1')
export class BankStatementsController {
  constructor(
    private readonly db: Database,
    private readonly statements: BankStatementsService,
    private readonly returned: ReturnedPaymentsService,
  ) {}

  @Post('pools/:poolId/bank-statements')
  @HttpCode(200)
  @Allow('pool', 'finance')
  @ApiOperation({
    summary:
      'Import a camt.053 file of the pool’s account, or a CSV file by a saved mapping; what names our payments is matched',
  })
  @ApiConsumes('application/xml', 'text/csv')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: ImportAnswer })
  import(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('poolId') poolId: string,
    @Query() { mappingId }: ImportQuery,
    @Req() request: FastifyRequest,
  ): Promise<ImportAnswer> {
    const file = fileOf(request.body);
    return once(this.db, who, { ...claim, input: [claim.input, mappingId ?? null] }, async (tx) =>
      toImportAnswer(await this.statements.importFile(tx, poolId, uploadedBankFile(file), mappingId)),
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
