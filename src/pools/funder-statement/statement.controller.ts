import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { Who } from '../../platform/http/request.js';
import { readFunderStatement } from './funder-statement.js';
import { FunderStatementAnswer, statementCsv, StatementQuery, toStatementAnswer } from './statement.dto.js';

@ApiTags('Pools')
@ApiBearerAuth()
@Controller('api/v1')
export class StatementController {
  constructor(private readonly db: Database) {}

  @Get('pools/:poolId/funders/:organisationId/statement')
  @Allow('pool', ...overseers)
  @ApiOperation({ summary: 'What became of a funder’s money, from one day to another' })
  @ApiOkResponse({ type: FunderStatementAnswer })
  async statement(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Param('organisationId') organisationId: string,
    @Query() query: StatementQuery,
  ): Promise<FunderStatementAnswer> {
    return toStatementAnswer(
      await inSnapshot(this.db, who, (tx) => readFunderStatement(tx, poolId, organisationId, query)),
    );
  }

  @Get('pools/:poolId/funders/:organisationId/statement.csv')
  @Allow('pool', ...overseers)
  @ApiOperation({ summary: 'The same as CSV' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  async csv(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Param('organisationId') organisationId: string,
    @Query() query: StatementQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const statement = await inSnapshot(this.db, who, (tx) =>
      readFunderStatement(tx, poolId, organisationId, query),
    );
    // A header holds plain letters only, and six funders’ statements lie in one folder.
    const funder = statement.funder.normalize('NFKD').replace(/[^A-Za-z0-9]+/g, '-');
    const name = `statement-${funder}-${statement.from}-${statement.to}.csv`;
    await reply
      .type('text/csv; charset=utf-8')
      .header('Content-Disposition', `attachment; filename="${name}"`)
      .send(statementCsv(statement));
  }
}
