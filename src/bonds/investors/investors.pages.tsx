import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { actorOf, Pages } from '../../web/pages.js';
import { readQuery } from '../../web/read-query.js';
import { bondHeading } from '../contracts/bond-frame.js';
import { readBond, signedTerms } from '../contracts/bonds.read.js';
import { listAdvances } from './advances/advances.read.js';
import { listDistributions } from './distributions/distributions.read.js';
import { listCalls } from './drawdowns/drawdowns.read.js';
import { InvestorsPage } from './investors-page.js';
import { investorsToDo } from './investors-to-do.read.js';
import { investorStatements, readInvestorStatement } from './statement/investor-statement.js';
import { InvestorPeriodQuery } from './statement/statement.dto.js';
import { StatementPage } from './statement/statement-page.js';

/** The most that a bond’s tab shows of one list; the API has them all. */
const shown = 100;

@Controller()
export class InvestorsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
  ) {}

  @Get('bonds/:bondId/investors')
  @Allow('bond', ...overseers)
  async list(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const bond = await readBond(tx, bondId);
      const calendar = await coalitionCalendar(tx, bond.coalitionId);
      const isSigned = bond.signedVersion !== null;
      return {
        ...{ bond, today: calendar.today },
        hasTwoSided: isSigned && (await signedTerms(tx, bondId)).terms.twoSided !== null,
        statements: isSigned ? await investorStatements(tx, bond) : [],
        toDo: await investorsToDo(tx, bondId, calendar.today),
        calls: await listCalls(tx, bondId, { limit: shown }),
        advances: await listAdvances(tx, bondId, { limit: shown }),
        distributions: await listDistributions(tx, bondId, { limit: shown }),
      };
    });
    await this.pages.show(reply, bondHeading(view.bond, 'Investors'), (page) => (
      <InvestorsPage page={page} view={view} />
    ));
  }

  @Get('bonds/:bondId/investors/:partyId/statement')
  @Allow('bond', ...overseers)
  async statement(
    @Res() reply: FastifyReply,
    @Param('bondId') bondId: string,
    @Param('partyId') partyId: string,
  ): Promise<void> {
    const { from, on } = await readQuery(reply, InvestorPeriodQuery);
    const read = (period: InvestorPeriodQuery) =>
      inSnapshot(this.db, actorOf(reply), async (tx) => {
        const statement = await readInvestorStatement(tx, bondId, partyId, period.on, period.from);
        const { today } = await coalitionCalendar(tx, statement.bond.coalitionId);
        return { statement, from: period.from, today };
      });
    const view = await read({ from, on }).catch(async (error: unknown) => {
      if (!(error instanceof DomainError) || error.code !== 'ruleBroken') throw error;
      // The whole statement, with the period as it was typed and what is wrong with it.
      void reply.status(422);
      return { ...(await read({})), refused: { values: { from, on }, errors: error.fields } };
    });
    const { bond, investor } = view.statement;
    await this.pages.show(reply, bondHeading(bond, `Statement of ${investor.investor}`), (page) => (
      <StatementPage page={page} view={view} />
    ));
  }
}
