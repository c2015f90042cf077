import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../../platform/database/database.js';
import { Allow, members } from '../../platform/http/access.js';
import { ListQuery, pageOf } from '../../platform/http/list.js';
import { type Access, IfMatch, type Role, Where, Who } from '../../platform/http/request.js';
import { sightOf } from '../sight.js';
import { listEntries, readEntry, versionsOf } from './entries.read.js';
import { LearningEntriesService } from './entries.service.js';
import {
  ChangeLearningEntry,
  FoundLearningEntryAnswer,
  LearningEntriesQuery,
  LearningEntryAnswer,
  LearningEntryVersionAnswer,
  WithdrawLearningEntry,
  WriteLearningEntry,
} from './learning-entry.dto.js';

/** Those who act for the coalition, and so have something to reflect on; funders and observers read. */
export const writers: Role[] = ['backbone', 'partner', 'finance'];

@ApiTags('Learning')
@ApiBearerAuth()
@Controller('api/v1')
export class LearningEntriesController {
  constructor(
    private readonly db: Database,
    private readonly entries: LearningEntriesService,
  ) {}

  @Get('coalitions/:coalitionId/learning-entries')
  @Allow('coalition', ...members)
  @ApiOperation({ summary: 'What a coalition learnt: searched in all words, narrowed, the best first' })
  @ApiOkResponse({ type: pageOf(FoundLearningEntryAnswer) })
  list(
    @Who() who: PersonActor,
    @Where() access: Access,
    @Param('coalitionId') coalitionId: string,
    @Query() query: LearningEntriesQuery,
  ) {
    return inSnapshot(this.db, who, (tx) => listEntries(tx, coalitionId, query, sightOf(access)));
  }

  @Post('coalitions/:coalitionId/learning-entries')
  @Allow('coalition', ...writers)
  @ApiOperation({ summary: 'Write a learning entry, with links to what it is about' })
  @ApiCreatedResponse({ type: LearningEntryAnswer })
  write(@Who() who: PersonActor, @Where() access: Access, @Body() body: WriteLearningEntry) {
    return inTransaction(this.db, who, (tx) => this.entries.write(tx, access, body));
  }

  @Get('learning-entries/:learningEntryId')
  @Allow('learningEntry', ...members)
  @ApiOperation({ summary: 'A learning entry' })
  @ApiOkResponse({ type: LearningEntryAnswer })
  get(@Who() who: PersonActor, @Where() access: Access, @Param('learningEntryId') id: string) {
    return inSnapshot(this.db, who, (tx) => readEntry(tx, id, sightOf(access)));
  }

  @Get('learning-entries/:learningEntryId/versions')
  @Allow('learningEntry', ...members)
  @ApiOperation({ summary: 'Everything that a learning entry ever said' })
  @ApiOkResponse({ type: pageOf(LearningEntryVersionAnswer) })
  versions(@Who() who: PersonActor, @Param('learningEntryId') id: string, @Query() query: ListQuery) {
    return inSnapshot(this.db, who, (tx) => versionsOf(tx, id, query));
  }

  @Patch('learning-entries/:learningEntryId')
  @Allow('learningEntry', ...writers)
  @ApiOperation({ summary: 'Write a learning entry anew; what it said before is kept' })
  @ApiOkResponse({ type: LearningEntryAnswer })
  change(
    @Who() who: PersonActor,
    @Where() access: Access,
    @Param('learningEntryId') id: string,
    @IfMatch() version: number,
    @Body() body: ChangeLearningEntry,
  ) {
    return inTransaction(this.db, who, (tx) => this.entries.change(tx, access, id, version, body));
  }

  @Post('learning-entries/:learningEntryId/withdraw')
  @HttpCode(200)
  @Allow('learningEntry', ...writers)
  @ApiOperation({ summary: 'Withdraw a learning entry, with the reason; it stays on record' })
  @ApiOkResponse({ type: LearningEntryAnswer })
  withdraw(
    @Who() who: PersonActor,
    @Where() access: Access,
    @Param('learningEntryId') id: string,
    @Body() body: WithdrawLearningEntry,
  ) {
    return inTransaction(this.db, who, (tx) => this.entries.withdraw(tx, access, id, body));
  }
}
