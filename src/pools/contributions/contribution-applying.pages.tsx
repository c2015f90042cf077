import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { formatAmount } from '../../maths/money.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow } from '../../platform/http/access.js';
import { Amount, Id, Nested } from '../../platform/http/fields.js';
import { actorOf, Pages, type Refusal } from '../../web/pages.js';
import { readPoolOfPage } from '../pool-view.js';
import { ContributionApplyingService, tendersOf } from './contribution-applying.service.js';
import { ContributionApplyingPage } from './contribution-applying-page.js';
import { readContribution, settleableBy, type SettleableInstalment } from './contributions.read.js';

class FormPart {
  @Id() instalmentId!: string;
  @Amount({ optional: true }) amount?: string;
}

/** As drawn: every instalment that could be settled, most of them with nothing beside it. */
class ApplyForm {
  @Nested(() => FormPart, { many: true, least: 0, most: 240, optional: true }) settles?: FormPart[];
}

@Controller()
export class ContributionApplyingPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly applying: ContributionApplyingService,
  ) {}

  @Get('contributions/:contributionId/apply')
  @Allow('contribution', 'finance', 'backbone')
  async form(@Res() reply: FastifyReply, @Param('contributionId') contributionId: string): Promise<void> {
    await this.draw(reply, contributionId);
  }

  @Post('contributions/:contributionId/apply')
  @Allow('contribution', 'finance', 'backbone')
  async apply(@Res() reply: FastifyReply, @Param('contributionId') contributionId: string): Promise<void> {
    const { instalments } = await this.read(reply, contributionId);
    const currency = instalments[0]?.currency ?? 'XXX';
    const nothing = formatAmount(0n, currency);
    await this.pages.submit(reply, {
      input: ApplyForm,
      shape: { amounts: { 'settles[].amount': currency } },
      money: true,
      work: async (tx, { settles = [] }) => {
        const parts = settles.map(({ instalmentId, amount = nothing }) => ({ instalmentId, amount }));
        const { bankReference } = await this.applying.apply(tx, contributionId, { settles: parts });
        return bankReference;
      },
      done: (bankReference) => ({
        to: `/contributions/${contributionId}`,
        say: `What contribution ${bankReference} settles is changed.`,
      }),
      again: (refusal) => this.draw(reply, contributionId, refusal),
    });
  }

  private read(reply: FastifyReply, contributionId: string) {
    return inSnapshot(this.db, actorOf(reply), async (tx) => {
      const contribution = await readContribution(tx, contributionId);
      // In one currency: that in which the funder paid, where it owes anything in it.
      let instalments: SettleableInstalment[] = [];
      for (const { currency } of tendersOf(contribution)) {
        instalments = await settleableBy(tx, contribution, currency);
        if (instalments.length > 0) break;
      }
      return {
        contribution,
        instalments,
        pool: await readPoolOfPage(tx, contribution.poolId),
      };
    });
  }

  private async draw(reply: FastifyReply, contributionId: string, refusal?: Refusal): Promise<void> {
    const view = await this.read(reply, contributionId);
    const { contribution, pool } = view;
    const crumbs = [
      { label: pool.name, href: `/pools/${pool.id}` },
      { label: 'Contributions', href: `/pools/${pool.id}/contributions` },
      { label: contribution.bankReference, href: `/contributions/${contribution.id}` },
      { label: 'What it settles' },
    ];
    await this.pages.show(reply, { title: 'What it settles', section: 'pool', crumbs }, (page) => (
      <ContributionApplyingPage page={page} view={view} refusal={refusal} />
    ));
  }
}
