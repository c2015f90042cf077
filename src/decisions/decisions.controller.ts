import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { Allow, members } from '../platform/http/access.js';
import { type Page, pageOf } from '../platform/http/list.js';
import { type Access, IfMatch, Where, Who } from '../platform/http/request.js';
import {
  CastVote,
  DecisionAnswer,
  DecisionRecordAnswer,
  DecisionsQuery,
  DeclareConflict,
  DraftDecision,
  RecordDissent,
  VoteAnswer,
  WithdrawDecision,
  WriteMinutes,
} from './decision.dto.js';
import { readRecord, toRecordAnswer } from './decision-record.js';
import {
  DecisionSettingsAnswer,
  mayVote,
  readDecisionSettings,
  setDecisionSettings,
  SetDecisionSettings,
} from './decision-settings.js';
import { DecisionRooms } from './decision-subjects.js';
import { type DecisionRow, listDecisions, toDecisionAnswer } from './decisions.read.js';
import { DecisionsService } from './decisions.service.js';
import { VoteOpening } from './vote-opening.service.js';
import { VotesQuery, votesPage } from './votes-list.js';
import { VotingService } from './voting.service.js';

@ApiTags('Decisions')
@ApiBearerAuth()
@Controller('api/v1')
export class DecisionsController {
  constructor(
    private readonly db: Database,
    private readonly decisions: DecisionsService,
    private readonly opening: VoteOpening,
    private readonly voting: VotingService,
    private readonly rooms: DecisionRooms,
  ) {}

  @Get('coalitions/:coalitionId/decision-settings')
  @Allow('coalition', ...members)
  @ApiOperation({ summary: 'Which seats vote, and what takes a passed decision' })
  @ApiOkResponse({ type: DecisionSettingsAnswer })
  settings(
    @Who() who: PersonActor,
    @Param('coalitionId') coalitionId: string,
  ): Promise<DecisionSettingsAnswer> {
    return inSnapshot(this.db, who, (tx) => readDecisionSettings(tx, coalitionId));
  }

  @Put('coalitions/:coalitionId/decision-settings')
  @Allow('coalition', 'backbone')
  @ApiOperation({ summary: 'Say which seats vote, and what takes a passed decision' })
  @ApiOkResponse({ type: DecisionSettingsAnswer })
  set(
    @Who() who: PersonActor,
    @Param('coalitionId') coalitionId: string,
    @IfMatch() version: number,
    @Body() body: SetDecisionSettings,
  ): Promise<DecisionSettingsAnswer> {
    return inTransaction(this.db, who, (tx) => setDecisionSettings(tx, coalitionId, version, body));
  }

  @Post('coalitions/:coalitionId/decisions')
  @Allow('coalition', 'backbone')
  @ApiOperation({ summary: 'Draft a motion' })
  @ApiCreatedResponse({ type: DecisionAnswer })
  draft(@Who() who: PersonActor, @Param('coalitionId') coalitionId: string, @Body() body: DraftDecision) {
    return this.done(who, (tx) => this.decisions.draft(tx, coalitionId, body));
  }

  @Get('coalitions/:coalitionId/decisions')
  @Allow('coalition', ...members)
  @ApiOperation({ summary: 'The decisions of a coalition, newest first' })
  @ApiOkResponse({ type: pageOf(DecisionAnswer) })
  async list(
    @Who() who: PersonActor,
    @Param('coalitionId') coalitionId: string,
    @Query() query: DecisionsQuery,
  ): Promise<Page<DecisionAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listDecisions(tx, coalitionId, query));
    return { ...page, items: page.items.map(toDecisionAnswer) };
  }

  @Get('decisions/:decisionId')
  @Allow('decision', ...members)
  @ApiOperation({
    summary: 'The whole record of a decision: motion, roll, votes, recusals, dissent, minutes',
  })
  @ApiOkResponse({ type: DecisionRecordAnswer })
  async get(@Who() who: PersonActor, @Param('decisionId') decisionId: string): Promise<DecisionRecordAnswer> {
    const record = await inSnapshot(this.db, who, (tx) =>
      readRecord(tx, this.rooms, decisionId, who.personId),
    );
    return toRecordAnswer(record);
  }

  @Patch('decisions/:decisionId')
  @Allow('decision', 'backbone')
  @ApiOperation({ summary: 'Change a draft' })
  @ApiOkResponse({ type: DecisionAnswer })
  change(
    @Who() who: PersonActor,
    @Param('decisionId') decisionId: string,
    @IfMatch() version: number,
    @Body() body: DraftDecision,
  ): Promise<DecisionAnswer> {
    return this.done(who, (tx) => this.decisions.change(tx, decisionId, version, body));
  }

  @Post('decisions/:decisionId/open')
  @HttpCode(200)
  @Allow('decision', 'backbone')
  @ApiOperation({
    summary: 'Put a draft to the vote: draws the roll, weighs it, and finds who is conflicted',
  })
  @ApiOkResponse({ type: DecisionAnswer })
  open(@Who() who: PersonActor, @Param('decisionId') decisionId: string): Promise<DecisionAnswer> {
    return this.done(who, (tx) => this.opening.open(tx, decisionId));
  }

  @Post('decisions/:decisionId/close')
  @HttpCode(200)
  @Allow('decision', 'backbone')
  @ApiOperation({ summary: 'Close a vote early, when everybody who may vote has' })
  @ApiOkResponse({ type: DecisionAnswer })
  close(@Who() who: PersonActor, @Param('decisionId') decisionId: string): Promise<DecisionAnswer> {
    return this.done(who, (tx) => this.voting.close(tx, decisionId));
  }

  @Post('decisions/:decisionId/withdraw')
  @HttpCode(200)
  @Allow('decision', 'backbone')
  @ApiOperation({ summary: 'Take a motion back' })
  @ApiOkResponse({ type: DecisionAnswer })
  withdraw(
    @Who() who: PersonActor,
    @Param('decisionId') decisionId: string,
    @Body() body: WithdrawDecision,
  ): Promise<DecisionAnswer> {
    return this.done(who, (tx) => this.decisions.withdraw(tx, decisionId, body.reason));
  }

  @Get('decisions/:decisionId/votes')
  @Allow('decision', ...members)
  @ApiOperation({
    summary:
      'The roll, and how everybody voted, dissent in full; of others only once you have voted or it is closed',
  })
  @ApiOkResponse({ type: pageOf(VoteAnswer) })
  async votes(
    @Who() who: PersonActor,
    @Param('decisionId') decisionId: string,
    @Query() query: VotesQuery,
  ): Promise<Page<VoteAnswer>> {
    const record = await inSnapshot(this.db, who, (tx) =>
      readRecord(tx, this.rooms, decisionId, who.personId),
    );
    return votesPage(record, query);
  }

  @Post('decisions/:decisionId/votes')
  @HttpCode(200)
  @Allow('decision', ...mayVote)
  @ApiOperation({ summary: 'Vote, or change your vote, while it is open' })
  @ApiOkResponse({ type: DecisionAnswer })
  vote(
    @Who() who: PersonActor,
    @Param('decisionId') decisionId: string,
    @Body() body: CastVote,
  ): Promise<DecisionAnswer> {
    return this.done(who, (tx) => this.voting.vote(tx, decisionId, body));
  }

  @Post('decisions/:decisionId/dissents')
  @HttpCode(200)
  @Allow('decision', ...mayVote)
  @ApiOperation({ summary: 'Have your dissent written down in your own words' })
  @ApiOkResponse({ type: DecisionAnswer })
  dissent(
    @Who() who: PersonActor,
    @Param('decisionId') decisionId: string,
    @Body() body: RecordDissent,
  ): Promise<DecisionAnswer> {
    return this.done(who, (tx) => this.voting.dissent(tx, decisionId, body.words));
  }

  @Post('decisions/:decisionId/recusals')
  @HttpCode(200)
  @Allow('decision', ...members)
  @ApiOperation({ summary: 'Step aside from a motion for an interest in it' })
  @ApiOkResponse({ type: DecisionAnswer })
  recuse(
    @Who() who: PersonActor,
    @Where() { roles }: Access,
    @Param('decisionId') decisionId: string,
    @Body() body: DeclareConflict,
  ): Promise<DecisionAnswer> {
    return this.done(who, (tx) => this.voting.recuse(tx, decisionId, body, roles.includes('backbone')));
  }

  @Post('decisions/:decisionId/minutes')
  @HttpCode(200)
  @Allow('decision', 'backbone')
  @ApiOperation({ summary: 'Write minutes; a correction is another entry' })
  @ApiOkResponse({ type: DecisionAnswer })
  minute(
    @Who() who: PersonActor,
    @Param('decisionId') decisionId: string,
    @Body() body: WriteMinutes,
  ): Promise<DecisionAnswer> {
    return this.done(who, (tx) => this.voting.minute(tx, decisionId, body.text));
  }

  private async done(who: PersonActor, work: (tx: Tx) => Promise<DecisionRow>): Promise<DecisionAnswer> {
    return toDecisionAnswer(await inTransaction(this.db, who, work));
  }
}
