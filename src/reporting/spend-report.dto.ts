import { ApiProperty } from '@nestjs/swagger';
import type { Day } from '../maths/day.js';
import {
  MoneyAnswer,
  moneyAnswer,
  Shown,
  ShownDay,
  ShownId,
  ShownInstant,
  ShownMoney,
} from '../platform/http/answers.js';
import { AttachedFileAnswer, toAttachedFileAnswer } from '../platform/files/attached-file.dto.js';
import { Amount, CalendarDay, Choice, Id, Integer, Nested, Text } from '../platform/http/fields.js';
import { ListQuery } from '../platform/http/list.js';
import {
  ReportedReadingsAnswer,
  ReportedReadingsInput,
  SeenReadingInput,
  toReportedReadings,
} from './readings/report-readings.dto.js';
import { type SpendReportState, spendReportStates } from './spend-report.entity.js';
import type { SpendReport, SpendReportRow } from './spend-reports.read.js';

export class SpendLineInput {
  @Id({ description: 'A goal of the grant, or of the coalition if the grant names none' }) goalId!: string;
  @Amount({ optional: true, example: '4200.00', description: 'Nothing, if left out' }) amount?: string | null;
  @Text({ optional: true, max: 500, example: 'Two new evenings a week' }) note?: string | null;
}

/** What is not named stays as it is. Lines are replaced as a whole. */
export class SaveSpendReport {
  @Nested(() => SpendLineInput, { optional: true, many: true, least: 0, most: 200 })
  lines?: SpendLineInput[] | null;

  @Nested(() => ReportedReadingsInput, {
    ...{ optional: true, many: true, least: 0, most: 400 },
    description: 'What was read in the period; replaced as a whole',
  })
  readings?: ReportedReadingsInput[] | null;

  @Text({ optional: true, max: 20_000, description: 'What the money made possible' }) story?: string | null;
  @Text({ optional: true, max: 20_000, description: 'What was learnt' }) learning?: string | null;
}

export class SeenLineInput {
  @Id() goalId!: string;
  @Text({ max: 64 }) mark!: string;
}

export class SeenContentInput {
  @Text({ max: 64 }) story!: string;
  @Text({ max: 64 }) learning!: string;
  @Nested(() => SeenLineInput, { optional: true, many: true, least: 0, most: 200 })
  lines?: SeenLineInput[] | null;
  @Nested(() => SeenReadingInput, { optional: true, many: true, least: 0, most: 1000 })
  readings?: SeenReadingInput[] | null;
}

/** The form of a report: what was typed, and the version it was typed over. */
export class SpendReportForm extends SaveSpendReport {
  @Integer(1, 1_000_000_000) version!: number;
  /** What stood in its fields when it was drawn or last saved: with it, what somebody else wrote meanwhile is kept. */
  @Nested(() => SeenContentInput, { optional: true }) seen?: SeenContentInput | null;
}

export class CorrectSpendReport {
  @Text({ max: 2_000, example: 'An invoice of March was booked twice.' }) reason!: string;
}

export class FieldCommentInput {
  @Text({
    max: 100,
    example: '/story',
    description: '`/story`, `/learning`, `/lines/{goalId}` or `/readings/{seriesId}`',
  })
  pointer!: string;
  @Text({ max: 2_000, example: 'How many young people came?' }) comment!: string;
}

export class ReturnSpendReport {
  @Text({ max: 2_000, example: 'Please say more about the second goal.' }) comment!: string;
  @Nested(() => FieldCommentInput, { optional: true, many: true, least: 0, most: 200 })
  fields?: FieldCommentInput[] | null;
}

/** A reviewer's form: which version was read. */
export class ReviewForm {
  @Integer(1, 1_000_000_000) version!: number;
}

/** A field of the form of a return: one that is left empty asks for nothing. */
export class FieldCommentRow {
  @Text({ max: 100 }) pointer!: string;
  @Text({ optional: true, max: 2_000 }) comment?: string | null;
}

export class ReturnForm extends ReviewForm {
  @Text({ max: 2_000 }) comment!: string;
  @Nested(() => FieldCommentRow, { optional: true, many: true, least: 0, most: 250 })
  fields?: FieldCommentRow[] | null;
}

export class SpendReportQuery extends ListQuery {
  @Choice(spendReportStates, { optional: true }) state?: SpendReportState;
  @Choice(['true', 'false'], {
    optional: true,
    description: 'Past its due date and grace, and not handed in',
  })
  overdue?: string;
  @Id({ optional: true }) grantId?: string;
  @Id({ optional: true }) organisationId?: string;
  @CalendarDay({ optional: true, description: 'Due on or after' }) 'dueOn.gte'?: Day;
  @CalendarDay({ optional: true, description: 'Due on or before' }) 'dueOn.lte'?: Day;
}

/** A report in a list. Its figures are null until it is submitted. */
export class SpendReportSummaryAnswer {
  @ShownId() id!: string;
  @ShownId() coalitionId!: string;
  @ShownId() requirementId!: string;
  @ShownId() grantId!: string;
  @Shown({ example: 'G-2027-01' }) grantReference!: string;
  @Shown() grantTitle!: string;
  @ShownId() organisationId!: string;
  @Shown() organisation!: string;
  @Shown({ type: 'integer' }) number!: number;
  @ShownDay() periodFrom!: Day;
  @ShownDay() periodTo!: Day;
  @ShownDay() dueOn!: Day;
  @ShownDay({ description: 'The last day of grace: from the day after, it is late' }) lateAfter!: Day;
  @Shown({
    type: 'integer',
    description: 'Days past its due date once its grace is over, while it is not handed in; else 0',
  })
  daysLate!: number;
  @Shown({ enum: spendReportStates }) state!: SpendReportState;
  @Shown({ example: 'GBP' }) currency!: string;
  @ShownMoney({ nullable: true }) opening!: MoneyAnswer | null;
  @ShownMoney({ nullable: true }) received!: MoneyAnswer | null;
  @ShownMoney({ nullable: true }) spent!: MoneyAnswer | null;
  @ShownMoney({ nullable: true, description: 'opening + received − spent' }) closing!: MoneyAnswer | null;
  @Shown({ type: String, nullable: true }) reviewComment!: string | null;
  @Shown({ type: String, nullable: true }) submittedBy!: string | null;
  @ShownInstant({ nullable: true }) submittedAt!: string | null;
  @Shown({ type: String, nullable: true }) reviewedBy!: string | null;
  @ShownInstant({ nullable: true }) reviewedAt!: string | null;
  @Shown({
    description: 'Whether it is the one of its period that counts: no waiting correction, not superseded',
  })
  stands!: boolean;
  @ShownId({ nullable: true, description: 'The accepted report that this one corrects' }) correctsId!:
    string | null;
  @Shown({ type: String, nullable: true }) correctionReason!: string | null;
  @ShownId({ nullable: true, description: 'The report that corrects this one, or is to' }) correctedById!:
    string | null;
  @Shown({ type: 'integer' }) version!: number;
}

export class SpendLineAnswer {
  @ShownId() goalId!: string;
  @Shown() goal!: string;
  @ShownMoney() amount!: MoneyAnswer;
  @Shown() note!: string;
}

export class ReportedPaymentAnswer {
  @ShownId() disbursementId!: string;
  @ShownId() instalmentId!: string;
  @ShownDay() paidOn!: Day;
  @Shown() bankReference!: string;
  @ShownMoney() amount!: MoneyAnswer;
}

export class ReportCommentAnswer {
  @ShownId() id!: string;
  @Shown({ example: '/story' }) pointer!: string;
  @Shown({ example: 'Story' }) field!: string;
  @Shown() comment!: string;
  @Shown() madeBy!: string;
  @ShownInstant() madeAt!: string;
  @ShownInstant({ nullable: true, description: 'When the report was submitted again' }) doneAt!:
    string | null;
}

export class GoalToReportOn {
  @ShownId() id!: string;
  @Shown() name!: string;
}

/**
 * A report, filled in as far as it can be: its opening balance is null while the report before is not handed in, and
 * so is what follows from it. What a partner has written in a draft is null for everybody else.
 */
export class SpendReportAnswer extends SpendReportSummaryAnswer {
  @ApiProperty({ type: [SpendLineAnswer] }) lines!: SpendLineAnswer[];
  @ApiProperty({ type: [ReportedPaymentAnswer], description: 'What “received” sums' })
  payments!: ReportedPaymentAnswer[];
  @ApiProperty({
    type: [ReportedReadingsAnswer],
    description: 'What is read in it: entered first, what is calculated after it',
  })
  readings!: ReportedReadingsAnswer[];
  @ApiProperty({ type: [GoalToReportOn], description: 'What lines may name' }) goals!: GoalToReportOn[];
  @Shown({ type: String, nullable: true }) story!: string | null;
  @Shown({ type: String, nullable: true }) learning!: string | null;
  @ApiProperty({ type: [ReportCommentAnswer], description: 'What reviewers asked for at a field, ever' })
  comments!: ReportCommentAnswer[];
  @ApiProperty({ type: [AttachedFileAnswer] }) attachments!: AttachedFileAnswer[];
}

/** What accepted reports say was spent on a goal. */
export class GoalSpendAnswer {
  @ShownId() goalId!: string;
  @Shown() goal!: string;
  @ShownMoney() spent!: MoneyAnswer;
}

export function toSpendReportSummary(row: SpendReportRow): SpendReportSummaryAnswer {
  const money = (minor: bigint | null) => (minor === null ? null : moneyAnswer(minor, row.currency));
  return {
    id: row.id,
    coalitionId: row.coalitionId,
    requirementId: row.requirementId,
    grantId: row.grantId,
    grantReference: row.grantReference,
    grantTitle: row.grantTitle,
    organisationId: row.organisationId,
    organisation: row.organisation,
    number: row.number,
    periodFrom: row.periodFrom,
    periodTo: row.periodTo,
    dueOn: row.dueOn,
    lateAfter: row.lateAfter,
    daysLate: row.daysLate,
    state: row.state,
    currency: row.currency,
    opening: money(row.opening),
    received: money(row.received),
    spent: money(row.spent),
    closing: money(row.closing),
    reviewComment: row.reviewComment,
    submittedBy: row.submittedBy,
    submittedAt: row.submittedAt?.toISOString() ?? null,
    reviewedBy: row.reviewedBy,
    reviewedAt: row.reviewedAt?.toISOString() ?? null,
    stands: row.stands,
    correctsId: row.correctsId,
    correctionReason: row.correctionReason,
    correctedById: row.correctedById,
    version: row.version,
  };
}

/** @param content whether the reader may see what the partner has written so far; see `mayReadContent` */
export function toSpendReportAnswer(report: SpendReport, content: boolean): SpendReportAnswer {
  const money = (minor: bigint) => moneyAnswer(minor, report.currency);
  const summary = toSpendReportSummary(report);
  return {
    ...summary,
    spent: content ? summary.spent : null,
    closing: content ? summary.closing : null,
    lines: content ? report.lines.map((line) => ({ ...line, amount: money(line.amount) })) : [],
    payments: report.payments.map(({ disbursementId, instalmentId, paidOn, bankReference, amount }) => ({
      disbursementId,
      instalmentId,
      paidOn,
      bankReference,
      amount: money(amount),
    })),
    readings: report.readings.map((one) => toReportedReadings(one, content)),
    goals: report.goals,
    story: content ? report.story : null,
    learning: content ? report.learning : null,
    comments: report.comments.map(({ madeAt, doneAt, ...comment }) => ({
      ...comment,
      madeAt: madeAt.toISOString(),
      doneAt: doneAt?.toISOString() ?? null,
    })),
    attachments: content ? report.attachments.map(toAttachedFileAnswer) : [],
  };
}
