import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../../../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../../../platform/database/database.js';
import { Allow, overseers } from '../../../platform/http/access.js';
import { type Page, pageOf } from '../../../platform/http/list.js';
import { once } from '../../../platform/http/once.js';
import { type Claim, Claimed, Who } from '../../../platform/http/request.js';
import {
  BankLineAnswer,
  BankLineQuery,
  MatchLine,
  PostCharge,
  PostContribution,
  SetLineAside,
  SplitLine,
  SuggestionsAnswer,
  toLineAnswer,
  toSuggestionsAnswer,
} from './bank-line.dto.js';
import { listLines, readLine } from './bank-lines.read.js';
import { MatchingService } from './matching.service.js';
import type { Suggestion } from './suggestions.rules.js';

@ApiTags('Bank statements')
@ApiBearerAuth()
@Controller('api/v1')
export class BankLinesController {
  constructor(
    private readonly db: Database,
    private readonly matching: MatchingService,
  ) {}

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

  @Get('bank-lines/:bankLineId')
  @Allow('bankLine', ...overseers)
  @ApiOperation({ summary: 'A line of a statement, and what it was found to be' })
  @ApiOkResponse({ type: BankLineAnswer })
  get(@Who() who: PersonActor, @Param('bankLineId') lineId: string): Promise<BankLineAnswer> {
    return inSnapshot(this.db, who, async (tx) => toLineAnswer(await readLine(tx, lineId)));
  }

  @Get('bank-lines/:bankLineId/suggestions')
  @Allow('bankLine', 'finance')
  @ApiOperation({
    summary: 'What a waiting line, or a part of it, may be, the surest first, each with its reason',
  })
  @ApiOkResponse({ type: SuggestionsAnswer })
  suggestions(@Who() who: PersonActor, @Param('bankLineId') lineId: string): Promise<SuggestionsAnswer> {
    return inSnapshot(this.db, who, async (tx) => {
      const line = await readLine(tx, lineId);
      const found =
        line.state === 'unmatched'
          ? await this.matching.suggestions(tx, [line])
          : new Map<string, Suggestion[]>();
      return toSuggestionsAnswer(line, found.get(lineId) ?? []);
    });
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

  @Post('bank-lines/:bankLineId/split')
  @HttpCode(200)
  @Allow('bankLine', 'finance')
  @ApiOperation({ summary: 'Say what the parts of a waiting line are: documents that exist, or new ones' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: BankLineAnswer })
  split(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('bankLineId') lineId: string,
    @Body() body: SplitLine,
  ): Promise<BankLineAnswer> {
    return once(this.db, who, claim, async (tx) => toLineAnswer(await this.matching.split(tx, lineId, body)));
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
}
