import { Injectable } from '@nestjs/common';
import { dayInZone } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import type { ComposedPool } from '../documents/compose-report.js';
import { findScope, scopeOf } from '../runs/run-order.js';
import type { ReportRun } from '../runs/runs.read.js';
import { RunsService } from '../runs/runs.service.js';
import { periodOn } from './subscription-period.js';
import { type Subscription, SubscriptionsService } from './subscriptions.service.js';

interface Occasion {
  /** Of which instant it tells. */
  asOf: Date;
  periodKey: string | null;
  late: boolean;
  isPreview: boolean;
  ownerId: string;
}

/** Orders the reports that people are subscribed to: when they come round, and to be looked at beforehand. */
@Injectable()
export class SubscriptionOrders {
  constructor(
    private readonly runs: RunsService,
    private readonly subscriptions: SubscriptionsService,
  ) {}

  /** Orders the report that a subscription would bring now; it is made with the rights of who asks, and sent to nobody. */
  async preview(tx: Tx, subscriptionId: string): Promise<ReportRun> {
    const subscription = await this.subscriptions.get(tx, subscriptionId);
    if (!tx.actor.personId) throw new Error('A preview is asked for by a person.');
    return this.order(tx, subscription, {
      ...{ asOf: tx.now, periodKey: null, late: false, isPreview: true },
      ownerId: tx.actor.personId,
    });
  }

  async order(
    tx: Tx,
    subscription: Subscription,
    { asOf, periodKey, late, isPreview, ownerId }: Occasion,
  ): Promise<ReportRun> {
    const { kind, basis, funderId, currency, rates, formats, scope, poolId, coalitionIds } = subscription;
    return this.runs.order(tx, {
      ...{ kind, basis, funderId, currency, rates, formats, asOf, isPreview, ownerId },
      scope: { kind: scope, poolId, coalitionIds },
      pools: await poolsOf(tx, subscription),
      period: periodOn(subscription.period, dayInZone(asOf, subscription.recurrence.timeZone)),
      subscription: { id: subscription.id, periodKey, late },
    });
  }
}

/** The pools of one coalition are known here; those of several are found with their owner's rights, when it is made. */
async function poolsOf(tx: Tx, subscription: Subscription): Promise<ComposedPool[]> {
  const { scope } = subscription;
  if (scope === 'coalitions' || scope === 'everything') return [];
  const found = await findScope(tx, scopeOf(subscription));
  return found.pools.map((pool) => ({ ...pool, policies: null }));
}
