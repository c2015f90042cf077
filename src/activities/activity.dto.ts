import { ApiProperty, PartialType } from '@nestjs/swagger';
import { type Period, type Standing, standingOn, standings } from '../coalitions/period.js';
import type { Day } from '../maths/day.js';
import { Shown, ShownDay, ShownId, ShownInstant } from '../platform/http/answers.js';
import { CalendarDay, Choice, Id, Ids, Text } from '../platform/http/fields.js';
import { ListQuery } from '../platform/http/list.js';

/** Adds an activity of an organisation. Without a goal it is listed as not aligned; nothing is refused for that. */
export class AddActivity {
  @Text({ max: 200, example: 'Evening groups for young parents' }) name!: string;
  @Text({ optional: true, max: 4_000, description: 'What is done, where, for whom' }) description?:
    string | null;
  @Text({
    max: 2_000,
    example: 'Parents know whom to ask, and ask earlier.',
    description: 'What it brings about',
  })
  outcome!: string;
  @CalendarDay({ optional: true, description: 'The first day; today, if left out' }) sinceOn?: Day | null;
  @CalendarDay({ optional: true, description: 'The last day; open-ended, if left out' }) untilOn?: Day | null;
  @Ids({ optional: true, most: 20, description: 'The goals of the coalition that it leads towards' })
  goalIds?: string[];
}

/** What is not named stays as it is. */
export class ChangeActivity extends PartialType(AddActivity, { skipNullProperties: false }) {}

export class ActivitiesQuery extends ListQuery {
  @Id({ optional: true }) organisationId?: string;
  @Id({ optional: true }) goalId?: string;
  @Choice(['aligned', 'unaligned'], { optional: true, description: 'With any goal, or with none' })
  alignment?: string;
  @Choice(standings, { optional: true }) standing?: Standing;
}

export class GoalOfActivityAnswer {
  @ShownId() id!: string;
  @Shown() name!: string;
}

export class ActivityAnswer {
  @ShownId() id!: string;
  @ShownId() coalitionId!: string;
  @ShownId() organisationId!: string;
  @Shown() organisation!: string;
  @Shown() name!: string;
  @Shown() description!: string;
  @Shown({ example: 'Parents know whom to ask, and ask earlier.' }) outcome!: string;
  @ShownDay() sinceOn!: Day;
  @ShownDay({ nullable: true, description: 'The last day' }) untilOn!: Day | null;
  @Shown({ enum: standings, description: 'By the coalition’s today' }) standing!: Standing;
  @ApiProperty({ type: [GoalOfActivityAnswer], description: 'None: it is not aligned with a goal' })
  goals!: GoalOfActivityAnswer[];
  @Shown({ type: 'integer' }) version!: number;
}

/** An activity as it is read from the database. */
export interface ActivityRow extends Period {
  id: string;
  coalitionId: string;
  organisationId: string;
  organisation: string;
  name: string;
  description: string;
  outcome: string;
  goals: { id: string; name: string }[];
  version: number;
}

export const toActivityAnswer = (row: ActivityRow, today: Day): ActivityAnswer => ({
  ...row,
  standing: standingOn(row, today),
});

/** States how what an organisation does leads to the coalition's goals. */
export class StateTheory {
  @Text({
    max: 10_000,
    example:
      'Families who are seen early need less help later. So we go where they are, before anybody refers them.',
  })
  statement!: string;
}

export class TheoryAnswer {
  @ShownId() organisationId!: string;
  @Shown() organisation!: string;
  @Shown({ description: 'What the coalition is for' }) commonAgenda!: string;
  @Shown({
    type: String,
    nullable: true,
    description: 'In the organisation’s own words; null where it wrote none',
  })
  statement!: string | null;
  @Shown({ type: String, nullable: true }) writtenBy!: string | null;
  @ShownInstant({ nullable: true }) writtenAt!: string | null;
  @ApiProperty({
    type: [ActivityAnswer],
    description: 'Those that lead towards a goal, and those that do not yet',
  })
  activities!: ActivityAnswer[];
  @Shown({ type: 'integer', description: '0 before anything was stated' }) version!: number;
}
