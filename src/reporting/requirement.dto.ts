import { type ReportingFrequency, reportingFrequencies } from '../grants/grant.rules.js';
import type { Day } from '../maths/day.js';
import { Shown, ShownDay, ShownId } from '../platform/http/answers.js';

export class RequirementAnswer {
  @ShownId() id!: string;
  @ShownId() coalitionId!: string;
  @ShownId() grantId!: string;
  @ShownId({ description: 'The organisation that reports' }) organisationId!: string;
  @Shown({ enum: reportingFrequencies }) frequency!: ReportingFrequency;
  @ShownDay() firstPeriodFrom!: Day;
  @ShownDay() lastPeriodTo!: Day;
  @Shown({ type: 'integer', example: 30, description: 'Calendar days from the end of a period' })
  dueAfterDays!: number;
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
