import { ApiProperty } from '@nestjs/swagger';
import { splitOverhead } from '../maths/overhead.js';
import {
  type MoneyAnswer,
  moneyAnswer,
  Shown,
  ShownDay,
  ShownId,
  ShownInstant,
  ShownMoney,
} from '../platform/http/answers.js';
import {
  Amount,
  CalendarDay,
  Choice,
  CurrencyCode,
  Decimal,
  Decimals,
  Flag,
  Id,
  Ids,
  Integer,
  Nested,
  Rate,
  Text,
} from '../platform/http/fields.js';
import { ListQuery } from '../platform/http/list.js';
import { grantModes, grantStates, reportingFrequencies } from './grant.rules.js';
import type { GrantSchedule } from './grant-schedule.js';
import type { GrantRow } from './grants.read.js';
import { ReportingDayInput, ReportingTermsAnswer, toReportingTermsAnswer } from './reporting-terms.dto.js';
import { toTriggerAnswer, TriggerAnswer, TriggerInput } from './triggers/trigger.dto.js';
import type { InstalmentRow } from './instalments.js';
import {
  type ReportingAlignment,
  reportingAlignments,
  type ReportingDueRule,
  reportingDueRules,
} from './reporting-terms.js';

export const instalmentStates = [
  'planned',
  'due',
  'held',
  'approved',
  'inPayment',
  'paid',
  'cancelled',
  'returned',
] as const;

export class SliceInput {
  @Decimal({ optional: true, example: '20', description: 'Of the amount' }) percent?: string;
  @Amount({ optional: true, example: '25000.00' }) amount?: string;
  @Flag({ optional: true, description: 'What is left; the last slice only' }) remaining?: boolean;
  @CalendarDay({
    optional: true,
    description: 'A date of its own; then every slice has one, or falls due after something',
  })
  on?: string;
  @Nested(() => TriggerInput, {
    optional: true,
    description: 'Instead of on a day it falls due after this, and is planned without a due date until then',
  })
  after?: TriggerInput;
}

/** How an amount is cut, and uplifted. */
export class ScheduleShapeInput {
  @Integer(1, 240, {
    optional: true,
    example: 20,
    description: 'Either so many equal instalments, or slices',
  })
  equalInstalments?: number;
  @Nested(() => SliceInput, { optional: true, many: true, most: 240 }) slices?: SliceInput[];
  @Decimal({ optional: true, example: '0.025', description: 'Yearly uplift, paid on top and shown apart' })
  upliftRate?: string;
  @Decimals({
    optional: true,
    most: 100,
    description: 'Or a table: what the second year adds, the third, and so on',
  })
  upliftIndex?: string[];
}

/** How a grant is paid over time. */
export class ScheduleInput extends ScheduleShapeInput {
  @Amount({ example: '500000.00', description: 'Before uplift' }) amount!: string;
  @CalendarDay({ example: '2027-01-31', description: 'The first instalment; later ones are counted from it' })
  firstOn!: string;
  @Id({
    optional: true,
    description:
      'A saved schedule: what is left out (the months between, how it is cut, the uplift) is copied from it',
  })
  templateId?: string;
  @Integer(1, 120, { optional: true, example: 3, description: 'Needed without a template' })
  everyMonths?: number;
  @Rate({
    optional: true,
    example: '0.07',
    description:
      'Of direct costs: the award is split into direct and indirect costs by it, and into nothing else',
  })
  overheadRate?: string;
}

/** Drafts a grant. It has no line items, and never will: the partner decides how to spend a flexible grant. */
export class DraftGrant extends ScheduleInput {
  @Id({ description: 'The organisation that receives it' }) organisationId!: string;
  @Text({ max: 80, example: 'G-2027-01' }) reference!: string;
  @Text({ max: 200, example: 'Core support 2027–2031' }) title!: string;
  @Choice(grantModes, { description: 'Flexible, or restricted to goals' }) mode!: string;
  @CurrencyCode({ optional: true, description: "The pool's currency" }) currency?: string;
  @CalendarDay({ example: '2027-01-01' }) startOn!: string;
  @CalendarDay({ example: '2031-12-31' }) endOn!: string;
  @Ids({ optional: true, most: 20, description: 'The goals it works towards' }) goalIds?: string[];
  @Choice(reportingFrequencies) reportingFrequency!: string;
  @Integer(0, 366, { example: 30, description: 'Days after the period in which a report is due' })
  reportingDueAfterDays!: number;
  @Choice(reportingAlignments, {
    optional: true,
    description: 'Periods from the first day of the grant (`term`, the usual), or those of the calendar',
  })
  reportingAlignment?: ReportingAlignment;
  @Choice(reportingDueRules, {
    optional: true,
    description:
      'Whether the days are calendar days (the usual) or working days; or the last working day of the month after',
  })
  reportingDueBy?: ReportingDueRule;
  @Integer(0, 90, { optional: true, description: 'Days after the due date by which a report is not late' })
  reportingGraceDays?: number;
  @Integer(0, 60, { optional: true, description: 'Months at the beginning of which nothing is asked for' })
  reportingSetUpMonths?: number;
  @Nested(() => ReportingDayInput, {
    ...{ optional: true, many: true, least: 0, most: 120 },
    description: 'Of `milestone` and `ownDates`: the last days of the periods, in their order',
  })
  reportingDays?: ReportingDayInput[];
}

export class AwardGrant {
  @Text({
    optional: true,
    max: 120,
    example: 'Board minute 2026/11-4',
    description: 'What allows it, where that is no decision of the coalition',
  })
  decisionReference?: string;
  @Id({ optional: true, description: 'The decision that passed for this award; it is used by it' })
  decisionId?: string;
}

export class GiveReason {
  @Text({ max: 500, example: 'The partner withdrew' }) reason!: string;
}

export class GrantQuery extends ListQuery {
  @Choice(grantStates, { optional: true }) state?: string;
  @Id({ optional: true }) organisationId?: string;
  @Id({ optional: true, description: 'Works towards this goal' }) goalId?: string;
  @Text({ optional: true, max: 100, description: 'A part of the reference or the title' }) text?: string;
}

export class InstalmentAnswer {
  @ShownId() id!: string;
  @Shown({ type: 'integer' }) number!: number;
  @ShownDay({ description: 'Before the business-day rule; without a due date, by when it is expected' })
  nominalOn!: string;
  @ShownDay({ nullable: true, description: 'Null while it waits for what it falls due after' })
  dueOn!: string | null;
  @ApiProperty({
    type: TriggerAnswer,
    nullable: true,
    description: 'What it falls due after, or fell due after',
  })
  after!: TriggerAnswer | null;
  @ShownMoney() amount!: MoneyAnswer;
  @ShownMoney({ description: 'Of this, uplift' }) uplift!: MoneyAnswer;
  @Shown({ enum: instalmentStates }) state!: string;
  @Shown({ type: [String], description: 'Why it is held' }) holdReasons!: string[];
  @Shown({ type: 'integer' }) version!: number;
}

/** How much of an amount are indirect costs, by the overhead rate that was agreed. */
export class OverheadAnswer {
  @Shown({ example: '0.07' }) rate!: string;
  @ShownMoney({ description: 'Amount ÷ (1 + rate), rounded half-even' }) direct!: MoneyAnswer;
  @ShownMoney({ description: 'The rest of the amount' }) indirect!: MoneyAnswer;
}

export class GrantAnswer {
  @ShownId() id!: string;
  @ShownId() poolId!: string;
  @ShownId() organisationId!: string;
  @Shown() organisation!: string;
  @Shown() reference!: string;
  @Shown() title!: string;
  @Shown({ enum: grantModes }) mode!: string;
  @ShownMoney({ description: 'The award: all instalments, uplift included' }) amount!: MoneyAnswer;
  @ShownMoney() paid!: MoneyAnswer;
  @ApiProperty({ type: OverheadAnswer, nullable: true, description: 'Of the award, if a rate was agreed' })
  overhead!: OverheadAnswer | null;
  @ShownMoney({ description: 'What the partner gave back of it' }) returned!: MoneyAnswer;
  @ShownDay() startOn!: string;
  @ShownDay() endOn!: string;
  @ShownDay({ nullable: true }) nextDueOn!: string | null;
  @Shown({ enum: grantStates }) state!: string;
  @Shown({ type: String, nullable: true }) decisionReference!: string | null;
  @ShownId({ nullable: true }) decisionId!: string | null;
  @Shown({ enum: reportingFrequencies }) reportingFrequency!: string;
  @Shown({ type: 'integer' }) reportingDueAfterDays!: number;
  @ApiProperty({ type: ReportingTermsAnswer }) reportingTerms!: ReportingTermsAnswer;
  @ShownInstant({ nullable: true }) awardedAt!: string | null;
  @Shown({ type: 'integer' }) version!: number;
}

export class GoalOfGrantAnswer {
  @ShownId() id!: string;
  @Shown() name!: string;
}

export class FunderShareAnswer {
  @ShownId() funderId!: string;
  @Shown() funder!: string;
  @ShownMoney() amount!: MoneyAnswer;
}

export class GrantWithScheduleAnswer extends GrantAnswer {
  @ApiProperty({ type: [GoalOfGrantAnswer] }) goals!: GoalOfGrantAnswer[];
  @ApiProperty({ type: [InstalmentAnswer] }) instalments!: InstalmentAnswer[];
  @ApiProperty({
    type: [FunderShareAnswer],
    description: 'Whose money has paid it: a share of money, never of impact',
  })
  paidBy!: FunderShareAnswer[];
}

export class PlannedInstalmentAnswer {
  @Shown({ type: 'integer' }) number!: number;
  @ShownDay() nominalOn!: string;
  @ShownDay({ nullable: true }) dueOn!: string | null;
  @ApiProperty({ type: TriggerAnswer, nullable: true }) after!: TriggerAnswer | null;
  @ShownMoney() amount!: MoneyAnswer;
  @ShownMoney() uplift!: MoneyAnswer;
}

export class SchedulePreviewAnswer {
  @ShownMoney() award!: MoneyAnswer;
  @ShownMoney() uplift!: MoneyAnswer;
  @ApiProperty({ type: OverheadAnswer, nullable: true }) overhead!: OverheadAnswer | null;
  @ApiProperty({ type: [PlannedInstalmentAnswer] }) instalments!: PlannedInstalmentAnswer[];
}

export function toOverheadAnswer(
  amount: bigint,
  rate: string | null | undefined,
  currency: string,
): OverheadAnswer | null {
  if (rate === null || rate === undefined) return null;
  const { direct, indirect } = splitOverhead(amount, rate);
  return { rate, direct: moneyAnswer(direct, currency), indirect: moneyAnswer(indirect, currency) };
}

export function toGrantAnswer(row: GrantRow): GrantAnswer {
  const {
    amount,
    paid,
    returned,
    currency,
    awardedAt,
    overheadRate,
    coalitionId: _,
    proposedBy: __,
    template: ___,
    nextAfter: ____,
    reportingTerms,
    ...grant
  } = row;
  return {
    ...grant,
    reportingTerms: toReportingTermsAnswer(reportingTerms),
    amount: moneyAnswer(amount, currency),
    paid: moneyAnswer(paid, currency),
    overhead: toOverheadAnswer(amount, overheadRate, currency),
    returned: moneyAnswer(returned, currency),
    awardedAt: awardedAt?.toISOString() ?? null,
  };
}

export const toInstalmentAnswer = (row: InstalmentRow): InstalmentAnswer => ({
  id: row.id,
  number: row.number,
  nominalOn: row.nominalOn,
  dueOn: row.dueOn,
  after: toTriggerAnswer(row.after, row.currency),
  amount: moneyAnswer(row.amount, row.currency),
  uplift: moneyAnswer(row.uplift, row.currency),
  state: row.state,
  holdReasons: row.holdReasons.map(({ text }) => text),
  version: row.version,
});

export const toSchedulePreview = (
  schedule: GrantSchedule,
  currency: string,
  overheadRate?: string,
): SchedulePreviewAnswer => ({
  award: moneyAnswer(schedule.award, currency),
  uplift: moneyAnswer(schedule.uplift, currency),
  overhead: toOverheadAnswer(schedule.award, overheadRate, currency),
  instalments: schedule.instalments.map(({ amount, uplift, after, ...dates }, index) => ({
    number: index + 1,
    ...dates,
    after: toTriggerAnswer(after, currency),
    amount: moneyAnswer(amount, currency),
    uplift: moneyAnswer(uplift, currency),
  })),
});
