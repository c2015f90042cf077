import { ApiProperty } from '@nestjs/swagger';
import { Shown, ShownId, ShownInstant } from '../platform/http/answers.js';
import { Choice, Id, Text } from '../platform/http/fields.js';
import { ListQuery } from '../platform/http/list.js';
import { type ReportKind, reportKinds } from './report-definitions.js';
import type { Delivery, ReportRun } from './runs.read.js';

/** Who may make reports and subscribe people to them. */
export const reportMakers = ['finance', 'backbone', 'funder'] as const;

export const runStates = ['made', 'doesNotTie'] as const;

export class ReportRunQuery extends ListQuery {
  @Choice(reportKinds, { optional: true }) kind?: ReportKind;
  @Choice(runStates, { optional: true, description: 'Whether it ties to the ledger' })
  state?: (typeof runStates)[number];
  @Id({ optional: true, description: 'Made for this subscription' }) subscriptionId?: string;
  @Choice(['true', 'false'], { optional: true, description: 'Made after its time' }) late?: string;
}

/** Makes a report now. */
export class RunReport {
  @Choice(reportKinds) kind!: 'poolPosition';
  @Text({
    optional: true,
    max: 30,
    example: '2026-10-31T23:59:59Z',
    description: 'As of this instant; absent means now',
  })
  asOf?: string;
}

export class ReportFileAnswer {
  @Shown() format!: string;
  @Shown() fileName!: string;
  @Shown() sha256!: string;
}

export class ControlTotalAnswer {
  @Shown() name!: string;
  @Shown({ description: 'What the report says' }) report!: string;
  @Shown({ description: 'What the ledger says' }) ledger!: string;
}

export class DeliveryAnswer {
  @Shown() to!: string;
  @Shown({ type: String, nullable: true }) name!: string | null;
  @Shown({ enum: ['queued', 'sending', 'sent', 'kept', 'uncertain', 'failed'] }) state!: string;
  @ShownInstant() queuedAt!: string;
  @ShownInstant({ nullable: true }) sentAt!: string | null;
}

export class ReportRunAnswer {
  @ShownId() id!: string;
  @ShownId() poolId!: string;
  @ShownId({ nullable: true }) subscriptionId!: string | null;
  @Shown({ enum: reportKinds }) kind!: string;
  @Shown({ type: String, nullable: true }) periodKey!: string | null;
  @ShownInstant() asOf!: string;
  @Shown({ enum: runStates }) state!: string;
  @Shown({ description: 'Made after its time, because the service was down' }) late!: boolean;
  @ShownInstant() madeAt!: string;
  @Shown({ type: String, nullable: true }) askedBy!: string | null;
  @ApiProperty({ type: [ReportFileAnswer] }) files!: ReportFileAnswer[];
}

export class ReportRunWithProofAnswer extends ReportRunAnswer {
  @Shown({ type: 'object', additionalProperties: true }) figures!: object;
  @ApiProperty({ type: [ControlTotalAnswer] }) controlTotals!: ControlTotalAnswer[];
  @ApiProperty({ type: [DeliveryAnswer] }) deliveries!: DeliveryAnswer[];
}

export function toRunAnswer(run: ReportRun): ReportRunAnswer {
  const { coalitionId: _, parameters: __, figures: ___, controlTotals: ____, asOf, madeAt, ...rest } = run;
  return { ...rest, asOf: asOf.toISOString(), madeAt: madeAt.toISOString() };
}

export const toRunWithProof = (run: ReportRun, deliveries: Delivery[]): ReportRunWithProofAnswer => ({
  ...toRunAnswer(run),
  figures: run.figures,
  controlTotals: run.controlTotals,
  deliveries: deliveries.map(({ queuedAt, sentAt, ...delivery }) => ({
    ...delivery,
    queuedAt: queuedAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
  })),
});
