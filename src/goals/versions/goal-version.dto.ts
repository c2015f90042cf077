import { ApiProperty } from '@nestjs/swagger';
import type { Day } from '../../maths/day.js';
import { Shown, ShownDay, ShownInstant } from '../../platform/http/answers.js';
import type { GoalVersion } from './goal-versions.js';

export class GoalVersionAnswer {
  @Shown({ type: 'integer', example: 2 }) number!: number;
  @Shown({ example: 'Ready for school' }) name!: string;
  @Shown() description!: string;
  @ShownDay({ example: '2031-08-31' }) horizonOn!: Day;
  @Shown({ description: 'Why it was changed; empty for the first' }) reason!: string;
  @Shown({ type: String, nullable: true }) madeBy!: string | null;
  @ShownInstant() madeAt!: string;
}

export class GoalVersionsAnswer {
  @ApiProperty({ type: [GoalVersionAnswer], description: 'Newest first' }) items!: GoalVersionAnswer[];
}

export const toGoalVersionAnswer = ({ madeAt, ...version }: GoalVersion): GoalVersionAnswer => ({
  ...version,
  madeAt: madeAt.toISOString(),
});
