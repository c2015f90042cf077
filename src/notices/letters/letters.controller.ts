import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../../platform/database/database.js';
import { Allow } from '../../platform/http/access.js';
import { pageOf } from '../../platform/http/list.js';
import { Who } from '../../platform/http/request.js';
import { sendAgain } from '../../platform/mail/send-again.js';
import { CoalitionLetterAnswer, CoalitionLettersQuery } from './coalition-letter.dto.js';
import { listLetters, readLetter } from './letters.read.js';

@ApiTags('Letters')
@ApiBearerAuth()
@Controller('api/v1')
export class LettersController {
  constructor(private readonly db: Database) {}

  @Get('coalitions/:coalitionId/letters')
  @Allow('coalition', 'backbone')
  @ApiOperation({ summary: 'What was written to the people of a coalition, and what became of it' })
  @ApiOkResponse({ type: pageOf(CoalitionLetterAnswer) })
  list(
    @Who() who: PersonActor,
    @Param('coalitionId') coalitionId: string,
    @Query() query: CoalitionLettersQuery,
  ) {
    return inSnapshot(this.db, who, (tx) => listLetters(tx, coalitionId, query));
  }

  @Post('letters/:letterId/send-again')
  @HttpCode(200)
  @Allow('letter', 'backbone')
  @ApiOperation({
    summary: 'Send one again whose fate is unknown, or that failed',
    description: 'It may arrive twice: nothing is sent again by itself. Ask its reader first.',
  })
  @ApiOkResponse({ type: CoalitionLetterAnswer })
  again(@Who() who: PersonActor, @Param('letterId') id: string) {
    return inTransaction(this.db, who, async (tx) => {
      const { coalitionId } = await readLetter(tx, id);
      await sendAgain(tx, { id, coalitionId });
      return readLetter(tx, id);
    });
  }
}
