import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../../../coalitions/coalition.js';
import { Database, inSnapshot } from '../../../platform/database/database.js';
import { Allow, overseers } from '../../../platform/http/access.js';
import { actorOf, Pages } from '../../../web/pages.js';
import { bondHeading } from '../../contracts/bond-frame.js';
import { readBond } from '../../contracts/bonds.read.js';
import { CallGuarantee } from '../drawdowns/drawdown.dto.js';
import { BondClosingPage } from './bond-closing-page.js';
import { AskClosing } from './closing.dto.js';
import { figuresOf } from './closing.rules.js';
import { ClosingPage, type RefusedClosing } from './closing-page.js';
import { ClosingService } from './closing.service.js';
import { readClosing } from './closings.read.js';

@Controller()
export class ClosingPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly closing: ClosingService,
  ) {}

  @Get('bonds/:bondId/closing')
  @Allow('bond', ...overseers)
  async view(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    await this.draw(reply, bondId);
  }

  @Post('bonds/:bondId/closing')
  @Allow('bond', 'finance', 'backbone')
  async ask(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: AskClosing,
      money: true,
      work: async (tx, input) => {
        const { id, bond } = await this.closing.ask(tx, bondId, input);
        return { id, bond };
      },
      done: ({ id, bond }) => ({
        to: `/bond-closings/${id}`,
        say: `The closing of ${bond} is asked for. Others approve it.`,
      }),
      again: (refusal) => this.draw(reply, bondId, { ...refusal, of: 'close' }),
    });
  }

  @Post('bonds/:bondId/guarantee-calls')
  @Allow('bond', 'finance')
  async callGuarantee(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: CallGuarantee,
      money: true,
      work: async (tx, input) => (await this.closing.callGuarantee(tx, bondId, input)).reference,
      done: (reference) => ({ to: `/bonds/${bondId}/closing`, say: `Call ${reference} is made.` }),
      again: (refusal) => this.draw(reply, bondId, { ...refusal, of: 'guarantee' }),
    });
  }

  @Get('bond-closings/:bondClosingId')
  @Allow('bondClosing', ...overseers)
  async show(@Res() reply: FastifyReply, @Param('bondClosingId') closingId: string): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const closing = await readClosing(tx, closingId);
      return {
        ...{ closing, figures: figuresOf(closing.working, closing.currency) },
        bond: await readBond(tx, closing.bondId),
        ...(await coalitionCalendar(tx, closing.coalitionId)),
      };
    });
    await this.pages.show(reply, bondHeading(view.bond, 'Closing'), (page) => (
      <BondClosingPage page={page} view={view} />
    ));
  }

  private async draw(reply: FastifyReply, bondId: string, refused?: RefusedClosing): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const closing = await this.closing.view(tx, bondId);
      const { today } = await coalitionCalendar(tx, closing.bond.coalitionId);
      return { ...closing, today };
    });
    await this.pages.show(reply, bondHeading(view.bond, 'Close'), (page) => (
      <ClosingPage page={page} view={view} refused={refused} />
    ));
  }
}
