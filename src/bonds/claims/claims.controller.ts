import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Req,
  type StreamableFile,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { readFile } from 'node:fs/promises';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { asDownload } from '../../platform/files/attached-file.dto.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { type Page, pageOf } from '../../platform/http/list.js';
import { once } from '../../platform/http/once.js';
import { type Claim, Claimed, IfMatch, Who } from '../../platform/http/request.js';
import { fileOf } from '../../platform/http/uploads.js';
import { readBond } from '../contracts/bonds.read.js';
import {
  ClaimAnswer,
  ClaimWithWorkingAnswer,
  MakeClaim,
  RecalculationAnswer,
  RejectClaim,
  toClaimAnswer,
  toClaimWithWorking,
  VerifyClaim,
} from './claim.dto.js';
import { requirePeriodNumber } from './claim.rules.js';
import { ClaimPreviewAnswer, toClaimPreviewAnswer } from './claim-preview.dto.js';
import { ClaimPreviewService } from './claim-preview.service.js';
import { readClaimCsv } from './claim-csv.js';
import { ClaimQuery, listClaims } from './claims.read.js';
import { ClaimsService } from './claims.service.js';
import { EvidenceService } from './evidence.service.js';
import { recalculate } from './recalculation.js';
import { VerificationService } from './verification.service.js';
import { readWholeClaim } from './whole-claim.js';

const fileBody = (more: object = {}) => ({
  schema: { type: 'object', properties: { ...more, file: { type: 'string', format: 'binary' } } },
});

@ApiTags('Outcome claims')
@ApiBearerAuth()
@Controller('api/v1')
export class ClaimsController {
  constructor(
    private readonly db: Database,
    private readonly claims: ClaimsService,
    private readonly verification: VerificationService,
    private readonly previews: ClaimPreviewService,
    private readonly evidence: EvidenceService,
  ) {}

  @Get('bonds/:bondId/claims')
  @Allow('bond', ...overseers, 'partner')
  @ApiOperation({ summary: 'The outcomes that were claimed of a bond' })
  @ApiOkResponse({ type: pageOf(ClaimAnswer) })
  async list(
    @Who() who: PersonActor,
    @Param('bondId') bondId: string,
    @Query() query: ClaimQuery,
  ): Promise<Page<ClaimAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listClaims(tx, bondId, query));
    return { ...page, items: page.items.map(toClaimAnswer) };
  }

  @Post('bonds/:bondId/claims')
  @Allow('bond', 'partner', 'backbone')
  @ApiOperation({ summary: 'Draft a claim for a period; of people only keyed hashes are kept' })
  @ApiCreatedResponse({ type: ClaimWithWorkingAnswer })
  make(
    @Who() who: PersonActor,
    @Param('bondId') bondId: string,
    @Body() body: MakeClaim,
  ): Promise<ClaimWithWorkingAnswer> {
    return this.whole(who, async (tx) => (await this.claims.make(tx, bondId, body)).id);
  }

  @Post('bonds/:bondId/claims/csv')
  @Allow('bond', 'partner', 'backbone')
  @ApiOperation({ summary: 'Draft a claim from a CSV file: metric, quantity, value, person' })
  @ApiConsumes('multipart/form-data')
  @ApiBody(fileBody({ period: { type: 'integer' } }))
  @ApiCreatedResponse({ type: ClaimWithWorkingAnswer })
  async makeFromCsv(
    @Who() who: PersonActor,
    @Param('bondId') bondId: string,
    @Req() request: FastifyRequest,
  ): Promise<ClaimWithWorkingAnswer> {
    const lines = readClaimCsv(await readFile(fileOf(request.body).path, 'utf8'));
    const period = requirePeriodNumber(request.body);
    return this.whole(who, async (tx) => (await this.claims.make(tx, bondId, { period, lines })).id);
  }

  @Get('bonds/:bondId/recalculation')
  @Allow('bond', ...overseers)
  @ApiOperation({ summary: 'Work every verified claim out again, and say whether it is as it was kept' })
  @ApiOkResponse({ type: RecalculationAnswer })
  async recalculation(
    @Who() who: PersonActor,
    @Param('bondId') bondId: string,
  ): Promise<RecalculationAnswer> {
    const claims = await inSnapshot(this.db, who, async (tx) => recalculate(tx, await readBond(tx, bondId)));
    return { isEqual: claims.every(({ isEqual }) => isEqual), claims };
  }

  @Get('claims/:claimId')
  @Allow('claim', ...overseers, 'partner')
  @ApiOperation({ summary: 'A claim: its lines, what was found of them, and the working of each' })
  @ApiOkResponse({ type: ClaimWithWorkingAnswer })
  get(@Who() who: PersonActor, @Param('claimId') claimId: string): Promise<ClaimWithWorkingAnswer> {
    return inSnapshot(this.db, who, async (tx) => toClaimWithWorking(await readWholeClaim(tx, claimId)));
  }

  @Patch('claims/:claimId')
  @Allow('claim', 'partner', 'backbone')
  @ApiOperation({ summary: 'Change a draft: its lines are replaced' })
  @ApiHeader({ name: 'If-Match', required: true })
  @ApiOkResponse({ type: ClaimWithWorkingAnswer })
  change(
    @Who() who: PersonActor,
    @Param('claimId') claimId: string,
    @IfMatch() version: number,
    @Body() body: MakeClaim,
  ): Promise<ClaimWithWorkingAnswer> {
    return this.whole(who, async (tx) => (await this.claims.change(tx, claimId, version, body)).id);
  }

  @Post('claims/:claimId/submit')
  @HttpCode(200)
  @Allow('claim', 'partner', 'backbone')
  @ApiOperation({ summary: 'Hand a claim in to the verifier' })
  @ApiOkResponse({ type: ClaimWithWorkingAnswer })
  submit(@Who() who: PersonActor, @Param('claimId') claimId: string): Promise<ClaimWithWorkingAnswer> {
    return this.whole(who, async (tx) => (await this.claims.submit(tx, claimId)).id);
  }

  @Post('claims/:claimId/verify')
  @HttpCode(200)
  @Allow('claim', 'verifier')
  @ApiOperation({ summary: 'Accept, reduce or reject each line; what it comes to is invoiced' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: ClaimWithWorkingAnswer })
  verify(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('claimId') claimId: string,
    @Body() body: VerifyClaim,
  ): Promise<ClaimWithWorkingAnswer> {
    return once(this.db, who, claim, async (tx) => {
      await this.verification.verify(tx, claimId, body);
      return toClaimWithWorking(await readWholeClaim(tx, claimId));
    });
  }

  @Post('claims/:claimId/preview')
  @HttpCode(200)
  @Allow('claim', 'verifier')
  @ApiOperation({
    summary: 'What a claim would come to by these findings, and who would pay it; nothing is decided',
  })
  @ApiOkResponse({ type: ClaimPreviewAnswer })
  preview(
    @Who() who: PersonActor,
    @Param('claimId') claimId: string,
    @Body() body: VerifyClaim,
  ): Promise<ClaimPreviewAnswer> {
    return inSnapshot(this.db, who, async (tx) =>
      toClaimPreviewAnswer(await this.previews.preview(tx, claimId, body)),
    );
  }

  @Post('claims/:claimId/reject')
  @HttpCode(200)
  @Allow('claim', 'verifier')
  @ApiOperation({ summary: 'Reject a claim whole, for a reason' })
  @ApiOkResponse({ type: ClaimWithWorkingAnswer })
  reject(
    @Who() who: PersonActor,
    @Param('claimId') claimId: string,
    @Body() body: RejectClaim,
  ): Promise<ClaimWithWorkingAnswer> {
    return this.whole(who, async (tx) => (await this.verification.reject(tx, claimId, body)).id);
  }

  @Post('claims/:claimId/evidence')
  @Allow('claim', 'partner', 'backbone')
  @ApiOperation({ summary: 'Add a file that the claim rests on' })
  @ApiConsumes('multipart/form-data')
  @ApiBody(fileBody())
  @ApiCreatedResponse({ type: ClaimWithWorkingAnswer })
  addEvidence(
    @Who() who: PersonActor,
    @Param('claimId') claimId: string,
    @Req() request: FastifyRequest,
  ): Promise<ClaimWithWorkingAnswer> {
    const file = fileOf(request.body);
    return this.whole(who, async (tx) => {
      await this.evidence.add(tx, claimId, file);
      return claimId;
    });
  }

  @Get('claims/:claimId/evidence/:evidenceId')
  @Allow('claim', ...overseers, 'partner')
  @ApiOperation({ summary: 'A file that the claim rests on' })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async readEvidence(
    @Who() who: PersonActor,
    @Param('claimId') claimId: string,
    @Param('evidenceId') evidenceId: string,
  ): Promise<StreamableFile> {
    return asDownload(await inSnapshot(this.db, who, (tx) => this.evidence.read(tx, claimId, evidenceId)));
  }

  /** Does something to a claim, and answers with the whole of it. */
  private whole(who: PersonActor, work: (tx: Tx) => Promise<string>): Promise<ClaimWithWorkingAnswer> {
    return inTransaction(this.db, who, async (tx) =>
      toClaimWithWorking(await readWholeClaim(tx, await work(tx))),
    );
  }
}
