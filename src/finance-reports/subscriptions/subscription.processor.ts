import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { HandlesOccurrence, type OccurrenceHandler } from '../../platform/queue/handlers.js';
import type { DueOccurrence, Outcome } from '../../platform/queue/occurrences.js';
import { SubscriptionOrders } from './subscription-orders.service.js';
import { planNextRun, SubscriptionsService } from './subscriptions.service.js';

/** A report that is this much later than it was due was kept back by something: it says so. */
const LATE_AFTER_MS = 60 * 60 * 1000;

/** A subscription has come round: orders the report as of its due instant. It is sent when it was made and ties. */
@Injectable()
@HandlesOccurrence('subscription.run')
export class SubscriptionDue implements OccurrenceHandler {
  constructor(
    private readonly orders: SubscriptionOrders,
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
    const run = await this.orders.order(tx, subscription, {
      ...{ asOf: dueAt, periodKey, late, isPreview: false, ownerId: subscription.ownerId },
    });
    return { state: 'done', note: `asked for report ${run.id}` };
  }
}
