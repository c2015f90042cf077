import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow } from '../../platform/http/access.js';
import { Integer } from '../../platform/http/fields.js';
import { actorOf, Pages, type Refusal } from '../../web/pages.js';
import { readPoolOfPage } from '../pool-view.js';
import { ChangePlanningRate } from './pledge.dto.js';
import { PlanningRatePage } from './planning-rate-page.js';
import { PledgesService } from './pledges.service.js';

class PlanningRateForm extends ChangePlanningRate {
  @Integer(1, 2_000_000_000) version!: number;
}

@Controller()
export class PlanningRatesPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly pledges: PledgesService,
  ) {}

  @Get('pledges/:pledgeId/planning-rate')
  @Allow('pledge', 'finance')
  async form(@Res() reply: FastifyReply, @Param('pledgeId') pledgeId: string): Promise<void> {
    await this.draw(reply, pledgeId);
  }

  @Post('pledges/:pledgeId/planning-rate')
  @Allow('pledge', 'finance')
  async change(@Res() reply: FastifyReply, @Param('pledgeId') pledgeId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: PlanningRateForm,
      money: true,
      work: async (tx, { version, planningRate }) => {
        const { reference } = await this.pledges.changePlanningRate(tx, pledgeId, version, { planningRate });
        return reference;
      },
      done: (reference) => ({
        to: `/pledges/${pledgeId}`,
        say: `The planning rate of ${reference} is changed.`,
      }),
      again: (refusal) => this.draw(reply, pledgeId, refusal),
    });
  }

  private async draw(reply: FastifyReply, pledgeId: string, refusal?: Refusal): Promise<void> {
    const { pledge, pool } = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const found = await this.pledges.get(tx, pledgeId);
      return { pledge: found, pool: await readPoolOfPage(tx, found.poolId) };
    });
    const crumbs = [
      { label: pool.name, href: `/pools/${pool.id}` },
      { label: 'Pledges', href: `/pools/${pool.id}/pledges` },
      { label: pledge.reference, href: `/pledges/${pledge.id}` },
      { label: 'Planning rate' },
    ];
    await this.pages.show(reply, { title: 'Planning rate', section: 'pool', crumbs }, (page) => (
      <PlanningRatePage page={page} pledge={pledge} refusal={refusal} />
    ));
  }
}
