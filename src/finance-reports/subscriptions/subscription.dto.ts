import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { nextOccurrences } from '../../maths/recurrence.js';
import { Shown, ShownId, ShownInstant } from '../../platform/http/answers.js';
import { Choice, Choices, CurrencyCode, Ids, Nested } from '../../platform/http/fields.js';
import { ListQuery } from '../../platform/http/list.js';
import { type ReportKind, reportKinds } from '../definitions/report-definitions.js';
import type { Basis } from '../documents/report-document.js';
import { ReportTermsInput, StatedRateInput } from '../runs/run-terms.dto.js';
import type { ReportFormat } from '../writers/report-writer.js';
import { reportFormats } from '../writers/report-writers.js';
import { RecurrenceInput, ruleText } from './recurrence.dto.js';
import { type SubscriptionPeriod, subscriptionPeriods } from './subscription-period.js';
import type { Subscription } from './subscriptions.service.js';

/** Subscribes people to a report. */
export class Subscribe extends ReportTermsInput {
  @Choice(subscriptionPeriods, {
    optional: true,
    description: 'Which days it is about, from when it comes round; up to that instant if left out',
  })
  period?: SubscriptionPeriod;
  @Nested(() => RecurrenceInput) recurrence!: RecurrenceInput;
  @Ids({ least: 1, most: 100, description: 'People who may see the money that it is about' })
  recipientIds!: string[];
}

/** Subscribes people to a report over several coalitions. */
export class SubscribeToSeveral extends Subscribe {
  @Ids({
    optional: true,
    least: 1,
    most: 200,
    description: 'Coalitions whose money you see; at each run all of them if left out',
  })
  coalitionIds?: string[];
}

export const subscriptionStates = ['active', 'paused', 'ended'] as const;

export class SubscriptionQuery extends ListQuery {
  @Choice(reportKinds, { optional: true }) kind?: ReportKind;
  @Choice(subscriptionStates, { optional: true }) state?: (typeof subscriptionStates)[number];
}

export class ChangeSubscription {
  @Nested(() => RecurrenceInput, { optional: true }) recurrence?: RecurrenceInput;
  @Choice(subscriptionPeriods, { optional: true }) period?: SubscriptionPeriod;
  @Choice(['occurred', 'recorded'], { optional: true }) basis?: Basis;
  @Choices(reportFormats, { optional: true }) formats?: ReportFormat[];
  @CurrencyCode({ optional: true, description: 'null: in the pools’ own' }) currency?: string | null;
  @Nested(() => StatedRateInput, { optional: true, many: true, least: 0, most: 50 })
  rates?: StatedRateInput[];
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
  @Shown({ enum: ['pool', 'coalition', 'coalitions', 'everything'] }) scope!: string;
  @ShownId({ nullable: true }) poolId!: string | null;
  @Shown({ type: [String], description: 'All of them must be seen to see it' }) coalitionIds!: string[];
  @Shown({ example: 'River Towns Fund' }) about!: string;
  @Shown({ enum: reportKinds }) kind!: string;
  @Shown({ enum: subscriptionPeriods }) period!: string;
  @Shown({ enum: ['occurred', 'recorded'] }) basis!: string;
  @ShownId({ nullable: true }) funderId!: string | null;
  @Shown({ type: String, nullable: true }) currency!: string | null;
  @ApiProperty({ type: [StatedRateInput] }) rates!: StatedRateInput[];
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
