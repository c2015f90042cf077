import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { organisationChoices } from '../../coalitions/organisation-choices.js';
import { isCurrency } from '../../maths/money.js';
import { historyOf } from '../../platform/audit/history.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { type Access, Where } from '../../platform/http/request.js';
import { moneyText } from '../../web/format.js';
import { actorOf, Pages, type Refusal, signedInOf } from '../../web/pages.js';
import { readQuery } from '../../web/read-query.js';
import { earmarkChoices, nameEarmark } from '../earmarks.js';
import { fundersOf } from '../funders.read.js';
import { listPledgeChanges } from './changes/pledge-changes.read.js';
import { PledgeForm, PledgeQuery, SignPledge } from './pledge.dto.js';
import { PledgeFormPage } from './pledge-form.js';
import { PledgePage } from './pledge-page.js';
import { maySignForAll } from './pledge.rules.js';
import { PledgesPage } from './pledges-page.js';
import { PledgesService } from './pledges.service.js';
import { poolHeading } from '../pool-heading.js';
import { readPoolOfPage } from '../pool-view.js';
import { PoolsService } from '../pools.service.js';

@Controller()
export class PledgesPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly pools: PoolsService,
    private readonly pledges: PledgesService,
  ) {}

  @Get('pools/:poolId/pledges')
  @Allow('pool', ...overseers)
  async list(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    const query = await readQuery(reply, PledgeQuery);
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      pool: await readPoolOfPage(tx, poolId),
      query,
      pledges: await this.pledges.list(tx, poolId, query),
      totals: await this.pledges.totals(tx, poolId, query),
      funders: await fundersOf(tx, poolId),
    }));
    await this.pages.show(reply, poolHeading(view.pool, 'Pledges'), (page) => (
      <PledgesPage page={page} view={view} />
    ));
  }

  @Get('pools/:poolId/pledges/new')
  @Allow('pool', 'funder', 'backbone', 'finance')
  async form(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('poolId') poolId: string,
  ): Promise<void> {
    const { currency } = await readQuery(reply, PledgeForm);
    await this.drawForm(reply, access, poolId, currency);
  }

  @Post('pools/:poolId/pledges')
  @Allow('pool', 'funder', 'backbone', 'finance')
  async sign(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('poolId') poolId: string,
  ): Promise<void> {
    const { currency } = await inSnapshot(this.db, actorOf(reply), (tx) => this.pools.get(tx, poolId));
    const { locale } = signedInOf(reply);
    await this.pages.submit(reply, {
      input: SignPledge,
      shape: {
        amounts: (values) => {
          const chosen = currencyIn(values.currency) ?? currency;
          return { amount: chosen, 'instalments[].amount': chosen };
        },
      },
      money: true,
      work: async (tx, input) => {
        const { id, amount, funder, ...pledge } = await this.pledges.sign(tx, poolId, input, access);
        return { id, funder, money: moneyText(amount, pledge.currency, locale) };
      },
      done: ({ id, funder, money }) => ({
        to: `/pledges/${id}`,
        say: `The pledge of ${money} by ${funder} is recorded.`,
      }),
      again: (refusal) => this.drawForm(reply, access, poolId, currencyIn(refusal.values.currency), refusal),
    });
  }

  @Get('pledges/:pledgeId')
  @Allow('pledge', ...overseers)
  async show(@Res() reply: FastifyReply, @Param('pledgeId') pledgeId: string): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const pledge = await this.pledges.get(tx, pledgeId);
      return {
        pledge,
        instalments: await this.pledges.instalments(tx, pledge),
        earmark: await nameEarmark(tx, pledge),
        pool: await readPoolOfPage(tx, pledge.poolId),
        history: await historyOf(tx, { kind: 'pledge', id: pledgeId }),
        changes: (await listPledgeChanges(tx, pledgeId, { limit: 100 })).items,
      };
    });
    const { pledge, pool } = view;
    const crumbs = [
      { label: pool.name, href: `/pools/${pool.id}` },
      { label: 'Pledges', href: `/pools/${pool.id}/pledges` },
      { label: pledge.reference },
    ];
    const about = { kind: 'pledge', id: pledgeId, parts: view.instalments.map(({ id }) => id) };
    const title = `Pledge ${pledge.reference}`;
    await this.pages.show(reply, { title, section: 'pool', crumbs, about }, (page) => (
      <PledgePage page={page} view={view} />
    ));
  }

  private async drawForm(
    reply: FastifyReply,
    access: Access,
    poolId: string,
    currency?: string,
    refusal?: Refusal,
  ): Promise<void> {
    const { pool, funders, earmarks } = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const pool = await readPoolOfPage(tx, poolId);
      const organisations = await organisationChoices(tx, pool.coalitionId);
      const mayChoose = ({ value }: { value: string }) =>
        maySignForAll(access) || access.organisationIds.includes(value);
      const earmarks = await earmarkChoices(tx, pool);
      return { pool, earmarks, funders: organisations.filter(mayChoose) };
    });
    await this.pages.show(reply, poolHeading(pool, 'Record a pledge'), (page) => (
      <PledgeFormPage
        page={page}
        pool={pool}
        funders={funders}
        currency={currencyIn(currency) ?? pool.currency}
        earmarks={earmarks}
        refusal={refusal}
      />
    ));
  }
}

const currencyIn = (value: unknown): string | undefined =>
  typeof value === 'string' && isCurrency(value) ? value : undefined;
