import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { historyOf } from '../../platform/audit/history.js';
import { nextOccurrences, type RecurrenceRule } from '../../maths/recurrence.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { Choice, Ids, Integer, Nested } from '../../platform/http/fields.js';
import { type Access, Where } from '../../platform/http/request.js';
import { coalitionPath } from '../../web/navigation.js';
import type { Crumb } from '../../web/page-context.js';
import { actorOf, Pages, type Refusal } from '../../web/pages.js';
import { readQuery } from '../../web/read-query.js';
import { reportCrumbs } from '../runs/finance-reports.pages.js';
import { inputOf, RecurrenceInput, ruleOf, ruleText } from './recurrence.dto.js';
import { reportMakers } from '../runs/run-order.js';
import { listRuns } from '../runs/runs.read.js';
import { readTermsChoices } from '../runs/terms-choices.read.js';
import { scopeOfForm, ReportTermsForm, termsOfForm } from '../runs/terms-form.dto.js';
import { SubscriptionOrders } from './subscription-orders.service.js';
import { SubscribePage, type SubscribeView } from './subscribe-page.js';
import { type SubscriptionPeriod, subscriptionPeriods } from './subscription-period.js';
import { ChangeSubscription, SubscriptionQuery } from './subscription.dto.js';
import { SubscriptionsPage } from './subscriptions-page.js';
import { SubscriptionPage } from './subscription-page.js';
import { candidatesOf, type Subscription, SubscriptionsService } from './subscriptions.service.js';

/** The form sends everything, and the version it was drawn from. */
class SubscriptionForm extends ChangeSubscription {
  @Integer(1, 1_000_000_000)
  version!: number;
}

/** A subscription to several pools hangs below its coalition. */
const crumbsOf = (
  { coalitionId, poolId }: Pick<Subscription, 'coalitionId' | 'poolId'>,
  last: Crumb,
): Crumb[] =>
  poolId === null
    ? [{ label: 'Reports', href: coalitionPath(coalitionId, 'reports') }, last]
    : reportCrumbs(coalitionId, poolId, last);

/** The form asks for everything that it subscribes to. */
class SubscribeForm extends ReportTermsForm {
  @Choice(subscriptionPeriods, { optional: true }) period?: SubscriptionPeriod;
  @Nested(() => RecurrenceInput) recurrence!: RecurrenceInput;
  @Ids({ least: 1, most: 100 }) recipientIds!: string[];
}

@Controller()
export class SubscriptionsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly subscriptions: SubscriptionsService,
    private readonly orders: SubscriptionOrders,
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
      input: SubscribeForm,
      work: (tx, form) => {
        const { period, recurrence, recipientIds } = form;
        const { funderId, currency, ...terms } = termsOfForm(form);
        return this.subscriptions.subscribe(tx, scopeOfForm(form, { poolId, coalitionId }), {
          ...{ ...terms, funderId: funderId ?? undefined, currency: currency ?? undefined },
          ...{ period, recurrence, recipientIds },
        });
      },
      done: ({ id, recurrence }) => ({
        to: `/subscriptions/${id}`,
        say: `Subscribed: ${ruleText(recurrence)}.`,
      }),
      again: (refusal) => this.drawForm(reply, coalitionId, poolId, refusal),
    });
  }

  @Post('pools/:poolId/subscriptions/preview')
  @Allow('pool', ...reportMakers)
  async previewNew(
    @Res() reply: FastifyReply,
    @Where() { coalitionId }: Access,
    @Param('poolId') poolId: string,
  ): Promise<void> {
    await this.preview(reply, coalitionId, SubscribeForm, (refusal, coming) =>
      this.drawForm(reply, coalitionId, poolId, refusal, coming),
    );
  }

  @Get('subscriptions/:subscriptionId/edit')
  @Allow('subscription', ...reportMakers)
  async edit(@Res() reply: FastifyReply, @Param('subscriptionId') id: string): Promise<void> {
    await this.drawEdit(reply, id);
  }

  @Post('subscriptions/:subscriptionId')
  @Allow('subscription', ...reportMakers)
  async change(@Res() reply: FastifyReply, @Param('subscriptionId') id: string): Promise<void> {
    await this.pages.submit(reply, {
      input: SubscriptionForm,
      work: (tx, { version, ...command }) => this.subscriptions.change(tx, id, version, command),
      done: ({ recurrence }) => ({
        to: `/subscriptions/${id}`,
        say: `Changed: ${ruleText(recurrence)}.`,
      }),
      again: (refusal) => this.drawEdit(reply, id, refusal),
    });
  }

  @Post('subscriptions/:subscriptionId/preview')
  @Allow('subscription', ...reportMakers)
  async previewChange(
    @Res() reply: FastifyReply,
    @Where() { coalitionId }: Access,
    @Param('subscriptionId') id: string,
  ): Promise<void> {
    await this.preview(reply, coalitionId, SubscriptionForm, (refusal, coming) =>
      this.drawEdit(reply, id, refusal, coming),
    );
  }

  @Get('pools/:poolId/subscriptions')
  @Allow('pool', ...overseers)
  async list(
    @Res() reply: FastifyReply,
    @Where() { coalitionId }: Access,
    @Param('poolId') poolId: string,
  ): Promise<void> {
    const query = await readQuery(reply, SubscriptionQuery);
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      poolId,
      query,
      subscriptions: await this.subscriptions.list(tx, { poolId }, query),
      timeZone: (await coalitionCalendar(tx, coalitionId)).timeZone,
    }));
    const crumbs = reportCrumbs(coalitionId, poolId, { label: 'Subscriptions' });
    await this.pages.show(reply, { title: 'Subscriptions', section: 'reports', crumbs }, (page) => (
      <SubscriptionsPage page={page} view={view} />
    ));
  }

  @Get('subscriptions/:subscriptionId')
  @Allow('subscription', ...overseers)
  async show(@Res() reply: FastifyReply, @Param('subscriptionId') id: string): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const subscription = await this.subscriptions.get(tx, id);
      return {
        subscription,
        runs: await listRuns(tx, 'everywhere', { subscriptionId: id, limit: 24 }),
        history: await historyOf(tx, { kind: 'subscription', id }),
      };
    });
    const crumbs = crumbsOf(view.subscription, { label: 'Subscription' });
    await this.pages.show(reply, { title: 'Subscription', section: 'reports', crumbs }, (page) => (
      <SubscriptionPage page={page} view={view} />
    ));
  }

  @Post('subscriptions/:subscriptionId/preview-now')
  @Allow('subscription', ...reportMakers)
  async previewNow(@Res() reply: FastifyReply, @Param('subscriptionId') id: string): Promise<void> {
    await this.pages.press(reply, {
      work: (tx) => this.orders.preview(tx, id),
      done: (run) => ({
        to: `/report-runs/${run.id}`,
        say: 'The preview was asked for. It is sent to nobody.',
      }),
      back: `/subscriptions/${id}`,
    });
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

  /** Says when it would come round, as typed; saves nothing. */
  private async preview<Input extends { recurrence?: RecurrenceInput }>(
    reply: FastifyReply,
    coalitionId: string,
    input: new () => Input,
    draw: (refusal: Refusal, coming?: Coming) => Promise<void>,
  ): Promise<void> {
    await this.pages.submit(reply, {
      input,
      work: async (tx, { recurrence }) => {
        const { holidays } = await coalitionCalendar(tx, coalitionId);
        const rule = ruleOf(recurrence!, holidays, '/recurrence');
        return { rule, next: nextOccurrences(rule, tx.now, 6).map(({ dueAt }) => dueAt) };
      },
      done: (coming, values) => ({ draw: () => draw({ values, errors: [], detail: '' }, coming) }),
      again: draw,
    });
  }

  private async drawForm(
    reply: FastifyReply,
    coalitionId: string,
    poolId: string,
    refusal?: Refusal,
    coming?: Coming,
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const pool = await tx.row<{ name: string }>(`SELECT name FROM pools WHERE id = $1`, [poolId]);
      const form = await readForm(tx, { poolId, coalitionIds: [coalitionId], about: pool!.name });
      return { ...form, choices: await readTermsChoices(tx, poolId) };
    });
    const crumbs = reportCrumbs(coalitionId, poolId, { label: 'Subscribe people' });
    await this.pages.show(reply, { title: 'Subscribe people', section: 'reports', crumbs }, (page) => (
      <SubscribePage page={page} view={{ ...view, changes: null }} refusal={refusal} coming={coming} />
    ));
  }

  private async drawEdit(reply: FastifyReply, id: string, refusal?: Refusal, coming?: Coming): Promise<void> {
    const { view, crumbs } = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const { recurrence, recipients, version, ...subscription } = await this.subscriptions.get(tx, id);
      const values = {
        recurrence: Object.fromEntries(
          Object.entries(inputOf(recurrence)).map(([name, value]) => [name, String(value)]),
        ),
        recipientIds: recipients.map(({ personId }) => personId),
        ...{ period: subscription.period, basis: subscription.basis, formats: subscription.formats },
      };
      const form = await readForm(tx, subscription);
      return {
        view: { ...form, choices: null, timeZone: recurrence.timeZone, changes: { id, version, values } },
        crumbs: crumbsOf(subscription, { label: 'Change the subscription' }),
      };
    });
    await this.pages.show(reply, { title: 'Change the subscription', section: 'reports', crumbs }, (page) => (
      <SubscribePage page={page} view={view} refusal={refusal} coming={coming} />
    ));
  }
}

type Coming = { rule: RecurrenceRule; next: Date[] };

async function readForm(
  tx: Tx,
  { poolId, coalitionIds, about }: Pick<Subscription, 'poolId' | 'coalitionIds' | 'about'>,
): Promise<Omit<SubscribeView, 'changes' | 'choices'>> {
  const [coalitionId] = coalitionIds as [string];
  return {
    poolId,
    pool: about,
    candidates: await candidatesOf(tx, coalitionIds),
    timeZone: (await coalitionCalendar(tx, coalitionId)).timeZone,
  };
}
