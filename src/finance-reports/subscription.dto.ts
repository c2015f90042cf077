import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { nextOccurrences } from '../maths/recurrence.js';
import { Shown, ShownId, ShownInstant } from '../platform/http/answers.js';
import { Choice, Choices, Ids, Nested } from '../platform/http/fields.js';
import { ListQuery } from '../platform/http/list.js';
import { RecurrenceInput, ruleText } from './recurrence.dto.js';
import { reportFormats, type ReportKind, reportKinds } from './report-definitions.js';
import type { Subscription } from './subscriptions.service.js';

/** Subscribes people to a report. */
export class Subscribe {
  @Choice(reportKinds) kind!: 'poolPosition';
  @Choices(reportFormats) formats!: string[];
  @Nested(() => RecurrenceInput) recurrence!: RecurrenceInput;
  @Ids({ least: 1, most: 100, description: 'People who may see the pool’s money' }) recipientIds!: string[];
}

export const subscriptionStates = ['active', 'paused', 'ended'] as const;

export class SubscriptionQuery extends ListQuery {
  @Choice(reportKinds, { optional: true }) kind?: ReportKind;
  @Choice(subscriptionStates, { optional: true }) state?: (typeof subscriptionStates)[number];
}

export class ChangeSubscription {
  @Nested(() => RecurrenceInput, { optional: true }) recurrence?: RecurrenceInput;
  @Ids({ optional: true, least: 1, most: 100 }) recipientIds?: string[];
}

export class RecipientAnswer {
  @ShownId() personId!: string;
  @Shown() name!: string;
  @Shown() email!: string;
  @Shown({ description: 'Checked again at each run' }) maySee!: boolean;
}

export class SubscriptionAnswer {
  @ShownId() id!: string;
  @ShownId() poolId!: string;
  @Shown() pool!: string;
  @Shown({ enum: reportKinds }) kind!: string;
  @Shown({ type: [String] }) formats!: string[];
  @Shown({ example: 'on the 3rd business day of each month at 08:00, Europe/London' }) recurrence!: string;
  @Shown({ enum: subscriptionStates }) state!: string;
  @Shown() owner!: string;
  @ApiProperty({ type: [RecipientAnswer] }) recipients!: RecipientAnswer[];
  @ShownInstant({ nullable: true }) nextAt!: string | null;
  @ApiPropertyOptional({ type: [String], description: 'The next six times it comes round' })
  comingAt!: string[];
  @Shown({ type: 'integer' }) version!: number;
}

/** @param now from where the next times are counted */
export function toSubscriptionAnswer(subscription: Subscription, now: Date): SubscriptionAnswer {
  const { recurrence, nextAt, coalitionId: _, ownerId: __, ...rest } = subscription;
  const coming = subscription.state === 'ended' ? [] : nextOccurrences(recurrence, now, 6);
  return {
    ...rest,
    recurrence: ruleText(recurrence),
    nextAt: nextAt?.toISOString() ?? null,
    comingAt: coming.map(({ dueAt }) => dueAt.toISOString()),
  };
}
