import { PartialType } from '@nestjs/swagger';
import type { Day } from '../maths/day.js';
import { Shown, ShownDay, ShownId, ShownInstant } from '../platform/http/answers.js';
import { CalendarDay, Text } from '../platform/http/fields.js';
import { ListQuery } from '../platform/http/list.js';
import type { GoalTerms } from './goal.rules.js';

export class AddGoal {
  @Text({ example: 'Ready for school' })
  name!: string;

  @Text({
    optional: true,
    max: 4000,
    description: 'What will be different, for whom',
    example: 'Every child who starts school in the harbour wards is ready for it.',
  })
  description?: string | null;

  @CalendarDay({ description: 'The day by which the result should be seen', example: '2031-08-31' })
  horizonOn!: Day;
}

/** What is not named stays as it is. */
export class ChangeGoal extends PartialType(AddGoal, { skipNullProperties: false }) {
  @Text({
    optional: true,
    max: 500,
    description: 'Why it is changed; kept with the version',
    example: 'The council extended the programme by a year.',
  })
  reason?: string | null;
}

export class GoalsQuery extends ListQuery {
  @Text({ optional: true, max: 100, description: 'A part of the name' })
  name?: string;

  @CalendarDay({ optional: true, description: 'Horizon on or after' })
  'horizonOn.gte'?: Day;

  @CalendarDay({ optional: true, description: 'Horizon on or before' })
  'horizonOn.lte'?: Day;
}

export class GoalAnswer {
  @ShownId()
  id!: string;

  @ShownId()
  coalitionId!: string;

  @Shown({ example: 'Ready for school' })
  name!: string;

  @Shown()
  description!: string;

  @ShownDay({ example: '2031-08-31' })
  horizonOn!: Day;

  @ShownInstant()
  createdAt!: string;

  @Shown({ type: 'integer' })
  version!: number;
}

/** A goal as it is read from the database. */
export interface GoalRow extends GoalTerms {
  id: string;
  coalitionId: string;
  createdAt: Date;
  version: number;
}

export const toGoalAnswer = (row: GoalRow): GoalAnswer => ({
  id: row.id,
  coalitionId: row.coalitionId,
  name: row.name,
  description: row.description,
  horizonOn: row.horizonOn,
  createdAt: row.createdAt.toISOString(),
  version: row.version,
});
