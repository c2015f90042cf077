import { ApiProperty, PartialType } from '@nestjs/swagger';
import { type PeriodLength, periodLengths } from '../../maths/calendar-period.js';
import type { Day } from '../../maths/day.js';
import { Shown, ShownDay, ShownId, ShownInstant } from '../../platform/http/answers.js';
import {
  CalendarDay,
  Choice,
  Decimal,
  Id,
  Integer,
  Nested,
  Text,
  Texts,
} from '../../platform/http/fields.js';
import { ListQuery } from '../../platform/http/list.js';
import {
  bandColours,
  type BandColour,
  type Formula,
  formulas,
  inputParts,
  type InputPart,
  polarities,
  type Polarity,
  type Series,
  type SeriesInput,
  type Trajectory,
} from './series.js';

export class BandInput {
  @Decimal({ example: '95', description: 'From how many per cent of the target the colour holds' })
  atLeastPercentOfTarget!: string;
  @Choice(bandColours) colour!: BandColour;
}

export class DisaggregationInput {
  @Text({ max: 60, example: 'Area' }) dimension!: string;
  @Texts({ least: 1, most: 60, max: 60, example: ['North ward', 'South ward'] }) categories!: string[];
}

export class InputOfSeries {
  @Id({ description: 'Of the same kind, read by hand, as often' }) id!: string;
  @Choice(inputParts, { description: 'What it is in the formula' }) part!: InputPart;
}

export class PointInput {
  @CalendarDay({ example: '2028-12-31' }) on!: Day;
  @Decimal({ example: '74' }) value!: string;
}

/** What may be said otherwise later. */
export class SeriesTermsInput {
  @Text({ example: 'Children ready for school at five' }) name!: string;
  @Text({ optional: true, max: 2000, description: 'Who or what is counted, and when' })
  definition?: string | null;
  @Text({ max: 60, example: '% of children' }) unit!: string;
  @Integer(0, 6, { optional: true, description: 'Digits after the point that are shown; 1 if left out' })
  places?: number;
  @CalendarDay({ optional: true, example: '2023-12-31' }) baselineOn?: Day | null;
  @Decimal({ optional: true, example: '61.5' }) baseline?: string | null;
  @Nested(() => BandInput, { many: true, optional: true, most: 3, description: '95, 80 and 0 if left out' })
  bands?: BandInput[];
  @Nested(() => DisaggregationInput, {
    ...{ many: true, optional: true, least: 0, most: 6 },
    description: 'What it is told apart by: by area, by age',
  })
  disaggregation?: DisaggregationInput[];
  @Text({
    optional: true,
    max: 500,
    example: 'Early years profile',
    description: 'Where it usually comes from',
  })
  source?: string | null;
  @Text({ optional: true, max: 2000, description: 'How it is taken' }) method?: string | null;
  @Id({ optional: true, description: 'The person who reads it, and is reminded' })
  responsibleId?: string | null;
}

/** What is measured, and how often, stays as it was agreed. */
export class AddSeries extends SeriesTermsInput {
  @Choice(polarities, { description: 'Which way is better' }) polarity!: Polarity;
  @Choice(periodLengths) frequency!: PeriodLength;
  @Integer(0, 366, { description: 'Days after a period by which it should be read', example: 45 })
  dueAfterDays!: number;
  @Choice(formulas, { optional: true, description: 'How it is calculated; by hand if left out' })
  formula?: Formula | null;
  @Nested(() => InputOfSeries, { many: true, optional: true, most: 40 }) inputs?: InputOfSeries[];
  @Nested(() => PointInput, {
    many: true,
    optional: true,
    least: 0,
    most: 120,
    description: 'Where it should be, and when',
  })
  targets?: PointInput[];
}

/** What is not named stays as it is. */
export class ChangeSeries extends PartialType(SeriesTermsInput, { skipNullProperties: false }) {}

/** Replaces the targets and the stated forecast. Between two points the line is straight. */
export class SetTrajectory {
  @Nested(() => PointInput, { many: true, least: 0, most: 120 }) targets!: PointInput[];
  @Nested(() => PointInput, {
    ...{ many: true, optional: true, least: 0, most: 120 },
    description: 'Where its people say it will be',
  })
  forecast?: PointInput[];
  @Text({ max: 500, example: 'Agreed at the summit in May' }) reason!: string;
}

export class RetireSeries {
  @Text({ max: 500, example: 'The council no longer counts it' }) reason!: string;
}

export class SeriesQuery extends ListQuery {
  @Id({ optional: true, description: 'Of one goal' }) goalId?: string;
  @Choice(['active', 'retired'], { optional: true }) state?: 'active' | 'retired';
}

export class PointAnswer {
  @ShownDay() on!: Day;
  @Shown({ example: '74' }) value!: string;
}

export class InputAnswer {
  @ShownId() id!: string;
  @Shown({ example: 'Children at five' }) name!: string;
  @Shown({ enum: inputParts }) part!: InputPart;
}

export class SeriesAnswer {
  @ShownId() id!: string;
  @ShownId() goalId!: string;
  @Shown({ example: 'Children ready for school at five' }) name!: string;
  @Shown() definition!: string;
  @Shown({ example: '% of children' }) unit!: string;
  @Shown({ type: 'integer' }) places!: number;
  @Shown({ enum: polarities }) polarity!: Polarity;
  @Shown({ enum: periodLengths }) frequency!: PeriodLength;
  @Shown({ type: 'integer', example: 45 }) dueAfterDays!: number;
  @ShownDay({ nullable: true }) baselineOn!: Day | null;
  @Shown({ type: String, nullable: true, example: '61.5' }) baseline!: string | null;
  @ApiProperty({ type: [BandInput] }) bands!: BandInput[];
  @ApiProperty({ type: [DisaggregationInput] }) disaggregation!: DisaggregationInput[];
  @Shown({ enum: formulas, nullable: true }) formula!: Formula | null;
  @ApiProperty({ type: [InputAnswer] }) inputs!: InputAnswer[];
  @ApiProperty({ type: [PointAnswer] }) targets!: PointAnswer[];
  @ApiProperty({ type: [PointAnswer] }) forecast!: PointAnswer[];
  @Shown() source!: string;
  @Shown() method!: string;
  @ShownId({ nullable: true }) responsibleId!: string | null;
  @Shown({ type: String, nullable: true }) responsible!: string | null;
  @ShownInstant() createdAt!: string;
  @ShownInstant({ nullable: true }) retiredAt!: string | null;
  @Shown({ type: String, nullable: true }) retireReason!: string | null;
  @Shown({ type: 'integer' }) version!: number;
}

/** A series with what it should become, and what it is calculated from. */
export interface WholeSeries {
  series: Series;
  trajectory: Trajectory;
  inputs: SeriesInput[];
}

export const toSeriesAnswer = ({ series, trajectory, inputs }: WholeSeries): SeriesAnswer => ({
  ...{ id: series.id, goalId: series.goalId, name: series.name, definition: series.definition },
  ...{ unit: series.unit, places: series.places, polarity: series.polarity, frequency: series.frequency },
  ...{ dueAfterDays: series.dueAfterDays, baselineOn: series.baselineOn, baseline: series.baseline },
  ...{ bands: series.bands, disaggregation: series.disaggregation, formula: series.formula },
  inputs: inputs.map(({ id, name, part }) => ({ id, name, part })),
  ...{ targets: trajectory.target, forecast: trajectory.forecast },
  ...{ source: series.source, method: series.method, responsibleId: series.responsibleId },
  responsible: series.responsible,
  createdAt: series.createdAt.toISOString(),
  retiredAt: series.retiredAt?.toISOString() ?? null,
  ...{ retireReason: series.retireReason, version: series.version },
});
