import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { PersonActor } from '../../../platform/database/actor.js';
import { Database, inSnapshot } from '../../../platform/database/database.js';
import { Allow, overseers } from '../../../platform/http/access.js';
import { Who } from '../../../platform/http/request.js';
import { readBond } from '../../contracts/bonds.read.js';
import { investorStatements, readInvestorStatement } from './investor-statement.js';
import { statementCsv } from './statement-csv.js';
import {
  InvestorPeriodQuery,
  InvestorsAnswer,
  InvestorStatementAnswer,
  InvestorStatementQuery,
  toPosition,
  toStatementAnswer,
} from './statement.dto.js';

@ApiTags('Investors')
@ApiBearerAuth()
@Controller('api/v1')
export class InvestorStatementController {
  constructor(private readonly db: Database) {}

  @Get('bonds/:bondId/investors')
  @Allow('bond', ...overseers)
  @ApiOperation({ summary: 'The investors of a bond: what each committed, has in it, got back and earned' })
  @ApiOkResponse({ type: InvestorsAnswer })
  list(@Who() who: PersonActor, @Param('bondId') bondId: string): Promise<InvestorsAnswer> {
    return inSnapshot(this.db, who, async (tx) => ({
      items: (await investorStatements(tx, await readBond(tx, bondId))).map(toPosition),
    }));
  }

  @Get('bonds/:bondId/investors/:partyId/statement')
  @Allow('bond', ...overseers)
  @ApiOperation({ summary: 'What became of an investor’s money in a bond, to a day' })
  @ApiOkResponse({ type: InvestorStatementAnswer })
  statement(
    @Who() who: PersonActor,
    @Param('bondId') bondId: string,
    @Param('partyId') partyId: string,
    @Query() { on }: InvestorStatementQuery,
  ): Promise<InvestorStatementAnswer> {
    return inSnapshot(this.db, who, async (tx) =>
      toStatementAnswer(await readInvestorStatement(tx, bondId, partyId, on)),
    );
  }

  @Get('bonds/:bondId/investors/:partyId/statement.csv')
  @Allow('bond', ...overseers)
  @ApiOperation({ summary: 'The same, of a period, as CSV' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  async csv(
    @Who() who: PersonActor,
    @Param('bondId') bondId: string,
    @Param('partyId') partyId: string,
    @Query() { from, on }: InvestorPeriodQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const statement = await inSnapshot(this.db, who, (tx) =>
      readInvestorStatement(tx, bondId, partyId, on, from),
    );
    // A header holds plain letters only.
    const plain = (text: string) => text.normalize('NFKD').replace(/[^A-Za-z0-9]+/g, '-');
    const name = `${plain(statement.bond.reference)}-${plain(statement.investor.investor)}-${statement.on}.csv`;
    await reply
      .type('text/csv; charset=utf-8')
      .header('Content-Disposition', `attachment; filename="${name}"`)
      .send(statementCsv(statement, from));
  }
}
