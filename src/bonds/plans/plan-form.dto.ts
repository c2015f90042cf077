import { Decimal, Integer, Metric, Nested, Text } from '../../platform/http/fields.js';

/** A line of a plan as its form has it: how many, or for bands which value, in one column. */
export class PlanRow {
  @Integer(1, 1200) period!: number;
  @Metric() metric!: string;
  @Decimal() expected!: string;
}

export class PlanForm {
  @Text({ max: 500 }) reason!: string;
  @Nested(() => PlanRow, { many: true, most: 2000 }) lines!: PlanRow[];
}
