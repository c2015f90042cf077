import { ApiProperty } from '@nestjs/swagger';
import {
  type MoneyAnswer,
  moneyAnswer,
  Shown,
  ShownDay,
  ShownId,
  ShownInstant,
  ShownMoney,
} from '../../platform/http/answers.js';
import { Decimal, Integer, Nested, Text } from '../../platform/http/fields.js';
import type { PlanLine } from './plan.rules.js';
import type { BondPlan, PlannedAndActual } from './plans.read.js';

export class PlanLineInput {
  @Integer(1, 1200, { example: 3, description: 'The period of the term, counted from 1' }) period!: number;
  @Text({ max: 60, example: 'signUp' }) metric!: string;
  @Decimal({ optional: true, example: '110' }) quantity?: string;
  @Decimal({ optional: true, example: '62.5', description: 'For bands' }) value?: string;
}

/** Plans outcomes anew: the whole of what is expected, for a reason. */
export class MakePlan {
  @Text({ max: 500, example: 'Schools were closed for a term' }) reason!: string;
  @Nested(() => PlanLineInput, { many: true, most: 2000 }) lines!: PlanLineInput[];
}

export class BondPlanLineAnswer {
  @Shown({ type: 'integer' }) period!: number;
  @Shown() metric!: string;
  @Shown({ type: String, nullable: true }) quantity!: string | null;
  @Shown({ type: String, nullable: true }) value!: string | null;
}

export class PlanAnswer {
  @ShownId() id!: string;
  @ShownId() bondId!: string;
  @Shown({ type: 'integer' }) number!: number;
  @Shown() reason!: string;
  @Shown() madeBy!: string;
  @ShownInstant() madeAt!: string;
  @ApiProperty({ type: [BondPlanLineAnswer] }) lines!: BondPlanLineAnswer[];
}

export class PlansAnswer {
  @ApiProperty({ type: [PlanAnswer], description: 'Newest first' }) items!: PlanAnswer[];
}

export class PlannedMetricAnswer {
  @Shown() metric!: string;
  @Shown({ type: String, nullable: true }) planned!: string | null;
  @Shown({ type: String, nullable: true }) accepted!: string | null;
}

export class PlannedPeriodAnswer {
  @Shown({ type: 'integer' }) period!: number;
  @ShownDay() from!: string;
  @ShownDay() to!: string;
  @ShownMoney({ nullable: true, description: 'Null without a plan' }) planned!: MoneyAnswer | null;
  @ShownMoney() actual!: MoneyAnswer;
  @ShownMoney({ description: 'Of this, by the schedule of a suspension' }) ofSubstitutes!: MoneyAnswer;
  @ApiProperty({ type: [PlannedMetricAnswer] }) metrics!: PlannedMetricAnswer[];
}

export class PlannedAndActualAnswer {
  @ApiProperty({ type: [PlannedPeriodAnswer] }) periods!: PlannedPeriodAnswer[];
}

export const toPlanAnswer = (
  { coalitionId: _, madeAt, ...plan }: BondPlan,
  lines: readonly PlanLine[],
): PlanAnswer => ({ ...plan, madeAt: madeAt.toISOString(), lines: [...lines] });

export const toPlannedPeriod = (period: PlannedAndActual, currency: string): PlannedPeriodAnswer => ({
  ...period,
  planned: period.planned === null ? null : moneyAnswer(period.planned, currency),
  actual: moneyAnswer(period.actual, currency),
  ofSubstitutes: moneyAnswer(period.ofSubstitutes, currency),
});
