import { Injectable } from '@nestjs/common';
import { dayInZone } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { HandlesOccurrence, type OccurrenceHandler } from '../../platform/queue/handlers.js';
import type { DueOccurrence, Outcome } from '../../platform/queue/occurrences.js';
import type { ComposedPool } from '../documents/compose-report.js';
import { findScope } from '../runs/run-order.js';
import { RunsService } from '../runs/runs.service.js';
import { periodOn } from './subscription-period.js';
import { planNextRun, type Subscription, SubscriptionsService } from './subscriptions.service.js';

/** A report that is this much later than it was due was kept back by something: it says so. */
const LATE_AFTER_MS = 60 * 60 * 1000;

/** A subscription has come round: orders the report as of its due instant. It is sent when it was made and ties. */
@Injectable()
@HandlesOccurrence('subscription.run')
export class SubscriptionDue implements OccurrenceHandler {
  constructor(
    private readonly runs: RunsService,
    private readonly subscriptions: SubscriptionsService,
  ) {}

  async handle(tx: Tx, due: DueOccurrence[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const occurrence of due) outcomes.push(await this.run(tx, occurrence));
    return outcomes;
  }

  private async run(tx: Tx, { subjectId, periodKey, dueAt }: DueOccurrence): Promise<Outcome> {
    const subscription = await this.subscriptions.get(tx, subjectId);
    if (subscription.state === 'ended') return { state: 'skipped', note: 'the subscription has ended' };
    await planNextRun(tx, subscription, dueAt);
    if (subscription.state === 'paused') return { state: 'skipped', note: 'the subscription is paused' };
    const late = tx.now.getTime() - dueAt.getTime() > LATE_AFTER_MS;
    const { kind, basis, funderId, currency, rates, formats, scope, poolId, coalitionIds } = subscription;
    const run = await this.runs.order(tx, {
      ...{ kind, basis, funderId, currency, rates, formats },
      scope: { kind: scope, poolId, coalitionIds },
      pools: await poolsOf(tx, subscription),
      period: periodOn(subscription.period, dayInZone(dueAt, subscription.recurrence.timeZone)),
      asOf: dueAt,
      ownerId: subscription.ownerId,
      subscription: { id: subscription.id, periodKey, late },
    });
    return { state: 'done', note: `asked for report ${run.id}` };
  }
}

/** The pools of one coalition are known here; those of several are found with their owner's rights, when it is made. */
async function poolsOf(tx: Tx, { scope, poolId, coalitionId }: Subscription): Promise<ComposedPool[]> {
  if (scope === 'coalitions' || scope === 'everything') return [];
  const found = await findScope(
    tx,
    scope === 'pool' ? { kind: scope, poolId: poolId! } : { kind: scope, coalitionId },
  );
  return found.pools.map((pool) => ({ ...pool, policies: null }));
}
