import { ApiProperty } from '@nestjs/swagger';
import { Shown, ShownDay, ShownId, ShownInstant } from '../../platform/http/answers.js';
import { CalendarDay, Choice, Id, Ids, Text } from '../../platform/http/fields.js';
import { ListQuery } from '../../platform/http/list.js';
import { type ReportKind, reportKinds } from '../definitions/report-definitions.js';
import type { KeptSection, KeptTable } from '../documents/kept-section.js';
import { ReportTermsInput, StatedRateInput } from './run-terms.dto.js';
import { type Delivery, type ListedRun, type ReportRun, type RunState, runStates } from './runs.read.js';

export class ReportRunQuery extends ListQuery {
  @Choice(reportKinds, { optional: true }) kind?: ReportKind;
  @Choice(runStates, { optional: true, description: 'How far it is, and whether it ties to the ledger' })
  state?: RunState;
  @Id({ optional: true, description: 'Made for this subscription' }) subscriptionId?: string;
  @Choice(['true', 'false'], { optional: true, description: 'Made after its time' }) late?: string;
}

/** Asks for a report. */
export class RunReport extends ReportTermsInput {
  @CalendarDay({
    optional: true,
    description: 'The first day of its period; since the beginning if left out',
  })
  from?: string;
  @CalendarDay({ optional: true, description: 'The last day of its period; the day of `asOf` if left out' })
  to?: string;
  @Text({
    optional: true,
    max: 30,
    example: '2026-10-31T23:59:59Z',
    description: 'As of this instant: nothing recorded later is in it; absent means now',
  })
  asOf?: string;
}

/** Asks for a report over several coalitions. */
export class RunReportOfSeveral extends RunReport {
  @Ids({
    optional: true,
    least: 1,
    most: 200,
    description: 'Coalitions whose money you see; all of them if left out',
  })
  coalitionIds?: string[];
}

export class ReportFileAnswer {
  @Shown() format!: string;
  @Shown() fileName!: string;
  @Shown() sha256!: string;
  @Shown({ type: 'integer' }) sizeBytes!: number;
}

export class ReportFileWithLinkAnswer extends ReportFileAnswer {
  @Shown({
    type: String,
    nullable: true,
    description: 'Leads to it for a week, without signing in: for whoever asked, as long as they may see it',
  })
  link!: string | null;
}

export class KeyFigureAnswer {
  @Shown({ example: 'cash' }) name!: string;
  @Shown() label!: string;
  @Shown({ example: '1250.00' }) amount!: string;
}

export class ControlTotalAnswer {
  @Shown() name!: string;
  @Shown({ description: 'What the report says' }) report!: string;
  @Shown({ description: 'What the ledger says' }) ledger!: string;
}

export class ReportTableAnswer {
  @Shown({ example: 'funders' }) name!: string;
  @Shown() title!: string;
  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: { type: 'string' } },
    description: 'Its first rows, each by the names of its columns',
  })
  rows!: Record<string, string>[];
  @Shown({ description: 'Whether these are all rows; the files have them all' }) isWhole!: boolean;
}

/** What a report says of a pool. */
export class ReportSectionAnswer {
  @Shown() coalition!: string;
  @Shown() pool!: string;
  @Shown({ description: 'The currency that its figures are shown in' }) currency!: string;
  @Shown({ description: 'The pool’s own, which its control totals are in' }) ledgerCurrency!: string;
  @ApiProperty({ type: [KeyFigureAnswer] }) keyFigures!: KeyFigureAnswer[];
  @ApiProperty({ type: [ReportTableAnswer] }) tables!: ReportTableAnswer[];
  @ApiProperty({ type: [ControlTotalAnswer] }) controlTotals!: ControlTotalAnswer[];
}

export class DeliveryAnswer {
  @Shown() to!: string;
  @Shown({ type: String, nullable: true }) name!: string | null;
  @Shown({ enum: ['financeReport', 'financeReport.alarm', 'financeReport.failed', 'financeReport.refused'] })
  letter!: string;
  @Shown({ description: 'Of the mail, such as sent' }) state!: string;
  @ShownInstant() queuedAt!: string;
  @ShownInstant({ nullable: true }) sentAt!: string | null;
  @Shown({ type: String, nullable: true, description: 'What the mail server said, where it took it not' })
  problem!: string | null;
}

export class ReportRunAnswer {
  @ShownId() id!: string;
  @Shown({ enum: ['pool', 'coalition', 'coalitions', 'everything'] }) scope!: string;
  @ShownId({ nullable: true }) poolId!: string | null;
  @Shown({ type: [String], description: 'All of them must be seen to see the report' })
  coalitionIds!: string[];
  @ShownId({ nullable: true }) subscriptionId!: string | null;
  @Shown({ enum: reportKinds }) kind!: string;
  @Shown({ type: String, nullable: true }) periodKey!: string | null;
  @ShownDay({ nullable: true }) from!: string | null;
  @ShownDay() to!: string;
  @ShownInstant() asOf!: string;
  @Shown({ enum: ['occurred', 'recorded'] }) basis!: string;
  @ShownId({ nullable: true }) funderId!: string | null;
  @Shown({ type: String, nullable: true }) currency!: string | null;
  @ApiProperty({ type: [StatedRateInput] }) rates!: StatedRateInput[];
  @Shown({ type: [String] }) formats!: string[];
  @Shown({ enum: runStates }) state!: string;
  @Shown({ type: String, nullable: true, description: 'Why it failed, or failed the last time' })
  failure!: string | null;
  @Shown({ type: 'integer', description: 'Rows written so far, over all formats' }) rowsWritten!: number;
  @Shown({ type: 'integer', nullable: true, description: 'Where it is known beforehand' })
  rowsExpected!: number | null;
  @Shown({ type: 'integer' }) attempts!: number;
  @Shown({ description: 'Made after its time, because the service was down' }) late!: boolean;
  @Shown({ description: 'Made to be looked at: sent to nobody' }) isPreview!: boolean;
  @ShownId({ nullable: true, description: 'The report that it makes again' }) againOf!: string | null;
  @ShownInstant() askedAt!: string;
  @ShownInstant({ nullable: true }) madeAt!: string | null;
  @Shown({ type: String, nullable: true }) askedBy!: string | null;
  @ApiProperty({ type: [ReportFileAnswer] }) files!: ReportFileAnswer[];
}

export class ReportRunWithProofAnswer extends ReportRunAnswer {
  @ApiProperty({ type: [ReportFileWithLinkAnswer] }) declare files: ReportFileWithLinkAnswer[];
  @ApiProperty({ type: [ReportSectionAnswer], description: 'Pool by pool; none until it is made' })
  sections!: ReportSectionAnswer[];
  @ApiProperty({ type: [DeliveryAnswer] }) deliveries!: DeliveryAnswer[];
}

export function toRunAnswer(run: ListedRun): ReportRunAnswer {
  const { id, scope, poolId, coalitionIds, subscriptionId, kind, periodKey, period } = run;
  const { basis, funderId, currency, rates, formats, state, failure, rowsWritten, rowsExpected } = run;
  const { attempts, late, isPreview, againOf, askedBy, files, asOf, askedAt, madeAt } = run;
  return {
    ...{ id, scope, poolId, coalitionIds, subscriptionId, kind, periodKey, ...period },
    ...{ basis, funderId, currency, rates, formats, state, failure, rowsWritten, rowsExpected },
    ...{ attempts, late, isPreview, againOf, askedBy, files },
    asOf: asOf.toISOString(),
    askedAt: askedAt.toISOString(),
    madeAt: madeAt?.toISOString() ?? null,
  };
}

/** @param linkTo a file in a format, for who asked */
export const toRunWithProof = (
  run: ReportRun,
  deliveries: Delivery[],
  linkTo: (format: string) => string | null,
): ReportRunWithProofAnswer => ({
  ...toRunAnswer(run),
  files: run.files.map((file) => ({ ...file, link: linkTo(file.format) })),
  sections: run.sections.map(toSection),
  deliveries: deliveries.map(({ queuedAt, sentAt, ...delivery }) => ({
    ...delivery,
    queuedAt: queuedAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
  })),
});

const toSection = ({ parts, ledgerCurrency, ...section }: KeptSection): ReportSectionAnswer => ({
  ...section,
  ledgerCurrency: ledgerCurrency ?? section.currency,
  tables: parts
    .filter((part): part is KeptTable => part.kind === 'table')
    .map(({ name, title, rows, isWhole }) => ({ name, title, rows, isWhole })),
});
