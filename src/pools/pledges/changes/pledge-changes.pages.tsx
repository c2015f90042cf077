import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Database, inSnapshot } from '../../../platform/database/database.js';
import { Allow } from '../../../platform/http/access.js';
import { Integer } from '../../../platform/http/fields.js';
import { type Access, Where } from '../../../platform/http/request.js';
import { moneyText } from '../../../web/format.js';
import { actorOf, Pages, type Refusal, signedInOf } from '../../../web/pages.js';
import { readPoolOfPage } from '../../pool-view.js';
import { PledgesService } from '../pledges.service.js';
import { AmendPledge, EndPledge } from './pledge-change.dto.js';
import { comingOf } from './pledge-change.rules.js';
import { AmendPage, EndPage } from './pledge-change-forms.js';
import { PledgeChangesService } from './pledge-changes.service.js';

/** The forms send everything, and the version they were drawn from. */
class AmendForm extends AmendPledge {
  @Integer(1, 1_000_000_000)
  version!: number;
}

class EndForm extends EndPledge {
  @Integer(1, 1_000_000_000)
  version!: number;
}

@Controller()
export class PledgeChangesPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly pledges: PledgesService,
    private readonly changes: PledgeChangesService,
  ) {}

  @Get('pledges/:pledgeId/amend')
  @Allow('pledge', 'funder', 'backbone', 'finance')
  async amendForm(@Res() reply: FastifyReply, @Param('pledgeId') pledgeId: string): Promise<void> {
    await this.drawAmend(reply, pledgeId);
  }

  @Post('pledges/:pledgeId/amend')
  @Allow('pledge', 'funder', 'backbone', 'finance')
  async amend(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('pledgeId') pledgeId: string,
  ): Promise<void> {
    const { currency } = await inSnapshot(this.db, actorOf(reply), (tx) => this.pledges.get(tx, pledgeId));
    const { locale } = signedInOf(reply);
    await this.pages.submit(reply, {
      input: AmendForm,
      shape: { amounts: { 'instalments[].amount': currency } },
      money: true,
      work: async (tx, { version, ...command }) => {
        const { reference, amount } = await this.changes.amend(tx, pledgeId, version, command, access);
        return { reference, money: moneyText(amount, currency, locale) };
      },
      done: ({ reference, money }) => ({
        to: `/pledges/${pledgeId}`,
        say: `Pledge ${reference} is amended: ${money} in all.`,
      }),
      again: (refusal) => this.drawAmend(reply, pledgeId, refusal),
    });
  }

  @Get('pledges/:pledgeId/cancel')
  @Allow('pledge', 'backbone', 'finance')
  async cancelForm(@Res() reply: FastifyReply, @Param('pledgeId') pledgeId: string): Promise<void> {
    await this.drawEnd(reply, pledgeId, 'cancelled');
  }

  @Post('pledges/:pledgeId/cancel')
  @Allow('pledge', 'backbone', 'finance')
  async cancel(@Res() reply: FastifyReply, @Param('pledgeId') pledgeId: string): Promise<void> {
    await this.end(reply, pledgeId, 'cancelled');
  }

  @Get('pledges/:pledgeId/write-off')
  @Allow('pledge', 'finance')
  async writeOffForm(@Res() reply: FastifyReply, @Param('pledgeId') pledgeId: string): Promise<void> {
    await this.drawEnd(reply, pledgeId, 'writtenOff');
  }

  @Post('pledges/:pledgeId/write-off')
  @Allow('pledge', 'finance')
  async writeOff(@Res() reply: FastifyReply, @Param('pledgeId') pledgeId: string): Promise<void> {
    await this.end(reply, pledgeId, 'writtenOff');
  }

  private async end(reply: FastifyReply, pledgeId: string, kind: 'cancelled' | 'writtenOff'): Promise<void> {
    await this.pages.submit(reply, {
      input: EndForm,
      money: true,
      work: async (tx, { version, ...command }) => {
        const { reference } = await this.changes.end(tx, pledgeId, version, kind, command);
        return { reference };
      },
      done: ({ reference }) => ({
        to: `/pledges/${pledgeId}`,
        say: `The open part of pledge ${reference} is ${kind === 'cancelled' ? 'cancelled' : 'written off'}.`,
      }),
      again: (refusal) => this.drawEnd(reply, pledgeId, kind, refusal),
    });
  }

  private async drawAmend(reply: FastifyReply, pledgeId: string, refusal?: Refusal): Promise<void> {
    const view = await this.read(reply, pledgeId);
    await this.pages.show(reply, headingOf(view, 'Amend'), (page) => (
      <AmendPage page={page} view={view} refusal={refusal} />
    ));
  }

  private async drawEnd(
    reply: FastifyReply,
    pledgeId: string,
    kind: 'cancelled' | 'writtenOff',
    refusal?: Refusal,
  ): Promise<void> {
    const view = await this.read(reply, pledgeId);
    await this.pages.show(reply, headingOf(view, kind === 'cancelled' ? 'Cancel' : 'Write off'), (page) => (
      <EndPage page={page} view={view} kind={kind} refusal={refusal} />
    ));
  }

  private read(reply: FastifyReply, pledgeId: string) {
    return inSnapshot(this.db, actorOf(reply), async (tx) => {
      const pledge = await this.pledges.get(tx, pledgeId);
      const coming = comingOf(await this.changes.standing(tx, pledgeId));
      return { pledge, coming, pool: await readPoolOfPage(tx, pledge.poolId) };
    });
  }
}

function headingOf(
  { pledge, pool }: { pledge: { id: string; reference: string }; pool: { id: string; name: string } },
  title: string,
) {
  const crumbs = [
    { label: pool.name, href: `/pools/${pool.id}` },
    { label: 'Pledges', href: `/pools/${pool.id}/pledges` },
    { label: pledge.reference, href: `/pledges/${pledge.id}` },
    { label: title },
  ];
  return { title: `${title} pledge ${pledge.reference}`, section: 'pool' as const, crumbs };
}
