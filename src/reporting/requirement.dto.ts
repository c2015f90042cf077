import { ApiProperty } from '@nestjs/swagger';
import type { ReportingDetails } from '../grants/reporting-terms.js';
import { ReportingTermsAnswer, toReportingTermsAnswer } from '../grants/reporting-terms.dto.js';
import { type ReportingFrequency, reportingFrequencies } from '../grants/grant.rules.js';
import type { Day } from '../maths/day.js';
import { Shown, ShownDay, ShownId } from '../platform/http/answers.js';
import { CalendarDay } from '../platform/http/fields.js';

/** The period that somebody wants a report of. */
export class AskForReport {
  @CalendarDay({ example: '2027-01-01' }) periodFrom!: Day;
  @CalendarDay({ example: '2027-03-31' }) periodTo!: Day;
}

export class RequirementAnswer {
  @ShownId() id!: string;
  @ShownId() coalitionId!: string;
  @ShownId() grantId!: string;
  @ShownId({ description: 'The organisation that reports' }) organisationId!: string;
  @Shown({ enum: reportingFrequencies }) frequency!: ReportingFrequency;
  @ShownDay() firstPeriodFrom!: Day;
  @ShownDay() lastPeriodTo!: Day;
  @Shown({ type: 'integer', example: 30, description: 'Days from the end of a period; see `terms`' })
  dueAfterDays!: number;
  @ApiProperty({
    type: ReportingTermsAnswer,
    description: 'How the days are counted, and what else was agreed',
  })
  terms!: ReportingTermsAnswer;
  @Shown({
    type: 'integer',
    isArray: true,
    example: [-21, -7, -1, 0, 3, 7],
    description: 'Days from the due date at which the partner is reminded',
  })
  ladder!: number[];
  @Shown({
    type: 'integer',
    example: 14,
    description: 'Days after the due date at which the backbone and the funders are told',
  })
  escalateAfterDays!: number;
  @Shown({ type: 'integer', example: 20, description: 'How many reports it asks for, ever' })
  reports!: number;
  @Shown({ type: 'integer' }) version!: number;
}

/** A requirement as it is kept. */
export interface Requirement extends Omit<RequirementAnswer, 'terms'> {
  terms: ReportingDetails;
}

export const toRequirementAnswer = ({ terms, ...requirement }: Requirement): RequirementAnswer => ({
  ...requirement,
  terms: toReportingTermsAnswer(terms),
});
