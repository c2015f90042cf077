import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../coalitions/coalition.js';
import { historyOf } from '../platform/audit/history.js';
import { Database, inSnapshot } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { Allow, overseers } from '../platform/http/access.js';
import { type Access, Where } from '../platform/http/request.js';
import { actorOf, Pages, type Refusal } from '../web/pages.js';
import { reportCrumbs } from './finance-reports.pages.js';
import { ruleText } from './recurrence.dto.js';
import { reportMakers } from './run.dto.js';
import { listRuns } from './runs.read.js';
import { SubscribePage } from './subscribe-page.js';
import { Subscribe } from './subscription.dto.js';
import { SubscriptionPage } from './subscription-page.js';
import { candidatesOf, type Subscription, SubscriptionsService } from './subscriptions.service.js';

@Controller()
export class SubscriptionsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly subscriptions: SubscriptionsService,
  ) {}

  @Get('pools/:poolId/subscriptions/new')
  @Allow('pool', ...reportMakers)
  async form(
    @Res() reply: FastifyReply,
    @Where() { coalitionId }: Access,
    @Param('poolId') poolId: string,
  ): Promise<void> {
    await this.drawForm(reply, coalitionId, poolId);
  }

  @Post('pools/:poolId/subscriptions')
  @Allow('pool', ...reportMakers)
  async subscribe(
    @Res() reply: FastifyReply,
    @Where() { coalitionId }: Access,
    @Param('poolId') poolId: string,
  ): Promise<void> {
    await this.pages.submit(reply, {
      input: Subscribe,
      work: (tx, input) => this.subscriptions.subscribe(tx, poolId, input),
      done: ({ id, recurrence }) => ({
        to: `/subscriptions/${id}`,
        say: `Subscribed: ${ruleText(recurrence)}.`,
      }),
      again: (refusal) => this.drawForm(reply, coalitionId, poolId, refusal),
    });
  }

  @Get('subscriptions/:subscriptionId')
  @Allow('subscription', ...overseers)
  async show(
    @Res() reply: FastifyReply,
    @Where() { coalitionId }: Access,
    @Param('subscriptionId') id: string,
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const subscription = await this.subscriptions.get(tx, id);
      const { poolId } = subscription;
      return {
        subscription,
        runs: await listRuns(tx, { poolId, subscriptionId: id }, { limit: 24 }),
        history: await historyOf(tx, { kind: 'subscription', id }),
      };
    });
    const crumbs = reportCrumbs(coalitionId, view.subscription.poolId, { label: 'Subscription' });
    await this.pages.show(reply, { title: 'Subscription', section: 'reports', crumbs }, (page) => (
      <SubscriptionPage page={page} view={view} />
    ));
  }

  @Post('subscriptions/:subscriptionId/pause')
  @Allow('subscription', ...reportMakers)
  async pause(@Res() reply: FastifyReply, @Param('subscriptionId') id: string): Promise<void> {
    await this.press(reply, id, 'The subscription is paused.', (tx) => this.subscriptions.pause(tx, id));
  }

  @Post('subscriptions/:subscriptionId/resume')
  @Allow('subscription', ...reportMakers)
  async resume(@Res() reply: FastifyReply, @Param('subscriptionId') id: string): Promise<void> {
    await this.press(reply, id, 'The subscription is active again.', (tx) =>
      this.subscriptions.resume(tx, id),
    );
  }

  @Post('subscriptions/:subscriptionId/end')
  @Allow('subscription', ...reportMakers)
  async end(@Res() reply: FastifyReply, @Param('subscriptionId') id: string): Promise<void> {
    await this.press(reply, id, 'The subscription has ended.', (tx) => this.subscriptions.end(tx, id));
  }

  private async press(
    reply: FastifyReply,
    id: string,
    say: string,
    work: (tx: Tx) => Promise<Subscription>,
  ): Promise<void> {
    const to = `/subscriptions/${id}`;
    await this.pages.press(reply, { work, done: () => ({ to, say }), back: to });
  }

  private async drawForm(
    reply: FastifyReply,
    coalitionId: string,
    poolId: string,
    refusal?: Refusal,
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      poolId,
      pool: (await tx.row<{ name: string }>(`SELECT name FROM pools WHERE id = $1`, [poolId]))!.name,
      candidates: await candidatesOf(tx, coalitionId),
      timeZone: (await coalitionCalendar(tx, coalitionId)).timeZone,
    }));
    const crumbs = reportCrumbs(coalitionId, poolId, { label: 'Subscribe people' });
    await this.pages.show(reply, { title: 'Subscribe people', section: 'reports', crumbs }, (page) => (
      <SubscribePage page={page} view={view} refusal={refusal} />
    ));
  }
}
