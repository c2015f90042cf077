import { ApiProperty } from '@nestjs/swagger';
import { Shown, ShownDay, ShownId } from '../platform/http/answers.js';
import { Amount, CalendarDay, Choice, Nested, Text } from '../platform/http/fields.js';
import {
  type MilestoneEvent,
  milestoneEvents,
  type ReportingAlignment,
  reportingAlignments,
  type ReportingDetails,
  type ReportingDueRule,
  reportingDueRules,
} from './reporting-terms.js';
import { happeningText } from './reporting-words.js';

/** What a milestone waits for: a condition of the grant, made with the award if it has none that asks for it. */
export class MilestoneInput {
  @Choice(milestoneEvents) event!: string;
  @Text({
    ...{ max: 200, optional: true, example: 'the building certificate' },
    description: 'The document, the decision, or what the other money is for',
  })
  subject?: string;
  @Amount({ optional: true, example: '5000.00', description: 'Of match money' }) matchAmount?: string;
}

/** Where a period of reporting ends: a milestone by its name, or an own date. */
export class ReportingDayInput {
  @CalendarDay({ optional: true, example: '2027-06-30', description: 'Left out of a milestone that waits' })
  on?: string;
  @Nested(() => MilestoneInput, {
    optional: true,
    description: 'Of a milestone whose day nobody knows: its report is asked for once this has happened',
  })
  after?: MilestoneInput;
  @Text({ optional: true, max: 120, example: 'Doors open', description: 'Needed of a milestone' })
  name?: string;
}

export class MilestoneAnswer {
  @Shown({ enum: milestoneEvents }) event!: MilestoneEvent;
  @ShownId({ nullable: true, description: 'The condition of the grant; null before it is awarded' })
  conditionId!: string | null;
  @Shown({ example: 'the building certificate is received' }) text!: string;
}

export class ReportingDayAnswer {
  @ShownDay({ nullable: true, description: 'Null of a milestone that is reached when something happens' })
  on!: string | null;
  @Shown({ type: String, nullable: true }) name!: string | null;
  @ApiProperty({ type: MilestoneAnswer, nullable: true }) after!: MilestoneAnswer | null;
}

export class ReportingTermsAnswer {
  @Shown({ enum: reportingAlignments }) alignedTo!: ReportingAlignment;
  @Shown({ enum: reportingDueRules }) dueBy!: ReportingDueRule;
  @Shown({ type: 'integer', description: 'Days after the due date by which a report is not late' })
  graceDays!: number;
  @Shown({ type: 'integer' }) setUpMonths!: number;
  @ApiProperty({ type: [ReportingDayAnswer] }) days!: ReportingDayAnswer[];
}

export const toReportingTermsAnswer = ({ days, ...terms }: ReportingDetails): ReportingTermsAnswer => ({
  ...terms,
  days: days.map(({ on, name, after = null }) => ({
    ...{ on, name },
    after: after && { event: after.event, conditionId: after.conditionId, text: happeningText(after) },
  })),
});
