import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { listEntries } from '../../ledger/entries.read.js';
import { isCurrency } from '../../maths/money.js';
import { historyOf } from '../../platform/audit/history.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { moneyText } from '../../web/format.js';
import { actorOf, type Heading, Pages, type Refusal, signedInOf } from '../../web/pages.js';
import { readQuery } from '../../web/read-query.js';
import {
  ContributionForm,
  ContributionQuery,
  ReceiveContribution,
  ReverseContribution,
} from './contribution.dto.js';
import { ContributionFormPage } from './contribution-form.js';
import { readContributionForm } from './contribution-form-view.js';
import { ContributionPage } from './contribution-page.js';
import { ContributionsPage } from './contributions-page.js';
import {
  applicationsOf,
  type ContributionRow,
  listContributions,
  readContribution,
  totalsOfContributions,
} from './contributions.read.js';
import { ContributionsService } from './contributions.service.js';
import { nameEarmark } from '../earmarks.js';
import { fundersOf } from '../funders.read.js';
import { poolHeading } from '../pool-heading.js';
import { type PoolOfPage, readPoolOfPage } from '../pool-view.js';
import { PoolsService } from '../pools.service.js';
import { ReversalFormPage } from '../journal/reversal-form.js';

@Controller()
export class ContributionsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly pools: PoolsService,
    private readonly contributions: ContributionsService,
  ) {}

  @Get('pools/:poolId/contributions')
  @Allow('pool', ...overseers)
  async list(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    const query = await readQuery(reply, ContributionQuery);
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      pool: await readPoolOfPage(tx, poolId),
      query,
      contributions: await listContributions(tx, poolId, query),
      totals: await totalsOfContributions(tx, poolId, query),
      funders: await fundersOf(tx, poolId),
    }));
    await this.pages.show(reply, poolHeading(view.pool, 'Contributions'), (page) => (
      <ContributionsPage page={page} view={view} />
    ));
  }

  @Get('pools/:poolId/contributions/new')
  @Allow('pool', 'finance', 'backbone')
  async form(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    const { pledgeId } = await readQuery(reply, ContributionForm);
    await this.drawForm(reply, poolId, { pledgeId });
  }

  @Post('pools/:poolId/contributions')
  @Allow('pool', 'finance', 'backbone')
  async receive(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    const { currency } = await inSnapshot(this.db, actorOf(reply), (tx) => this.pools.get(tx, poolId));
    const { locale } = signedInOf(reply);
    await this.pages.submit(reply, {
      input: ReceiveContribution,
      shape: {
        amounts: ({ paidCurrency }) => ({
          amount: currency,
          ...(typeof paidCurrency === 'string' && isCurrency(paidCurrency)
            ? { paidAmount: paidCurrency }
            : {}),
        }),
      },
      money: true,
      work: async (tx, input) => {
        const { id, amount, funder } = await this.contributions.receive(tx, poolId, input);
        return { id, funder, money: moneyText(amount, currency, locale) };
      },
      done: ({ id, funder, money }) => ({
        to: `/contributions/${id}`,
        say: `${money} from ${funder} is recorded.`,
      }),
      again: (refusal) => this.drawForm(reply, poolId, { refusal }),
    });
  }

  @Get('contributions/:contributionId')
  @Allow('contribution', ...overseers)
  async show(@Res() reply: FastifyReply, @Param('contributionId') id: string): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const contribution = await readContribution(tx, id);
      const { poolId } = contribution;
      return {
        contribution,
        applications: await applicationsOf(tx, id),
        earmark: await nameEarmark(tx, contribution),
        entries: (await listEntries(tx, poolId, { documentId: id, sort: 'recordedAt' })).items,
        pool: await readPoolOfPage(tx, poolId),
        history: await historyOf(tx, { kind: 'contribution', id }),
      };
    });
    await this.pages.show(reply, headingOf(view.contribution, view.pool), (page) => (
      <ContributionPage page={page} view={view} />
    ));
  }

  @Get('contributions/:contributionId/reverse')
  @Allow('contribution', 'finance')
  async reversalForm(@Res() reply: FastifyReply, @Param('contributionId') id: string): Promise<void> {
    await this.drawReversal(reply, id);
  }

  @Post('contributions/:contributionId/reverse')
  @Allow('contribution', 'finance')
  async reverse(@Res() reply: FastifyReply, @Param('contributionId') id: string): Promise<void> {
    await this.pages.submit(reply, {
      input: ReverseContribution,
      money: true,
      work: async (tx, input) => (await this.contributions.reverse(tx, id, input)).bankReference,
      done: (bankReference) => ({
        to: `/contributions/${id}`,
        say: `Contribution ${bankReference} is reversed.`,
      }),
      again: (refusal) => this.drawReversal(reply, id, refusal),
    });
  }

  private async drawForm(
    reply: FastifyReply,
    poolId: string,
    { pledgeId, refusal }: { pledgeId?: string; refusal?: Refusal },
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), (tx) =>
      readContributionForm(tx, poolId, pledgeId),
    );
    await this.pages.show(reply, poolHeading(view.pool, 'Record a contribution'), (page) => (
      <ContributionFormPage page={page} {...view} refusal={refusal} />
    ));
  }

  private async drawReversal(reply: FastifyReply, id: string, refusal?: Refusal): Promise<void> {
    const { contribution, pool } = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const row = await readContribution(tx, id);
      return { contribution: row, pool: await readPoolOfPage(tx, row.poolId) };
    });
    await this.pages.show(reply, headingOf(contribution, pool, 'Reverse'), (page) => (
      <ReversalFormPage page={page} contribution={contribution} pool={pool} refusal={refusal} />
    ));
  }
}

function headingOf({ id, bankReference }: ContributionRow, pool: PoolOfPage, more?: string): Heading {
  const title = `Contribution ${bankReference}`;
  return {
    title: more ? `${more} · ${title}` : title,
    section: 'pool',
    crumbs: [
      { label: pool.name, href: `/pools/${pool.id}` },
      { label: 'Contributions', href: `/pools/${pool.id}/contributions` },
      more ? { label: bankReference, href: `/contributions/${id}` } : { label: bankReference },
      ...(more ? [{ label: more }] : []),
    ],
  };
}
