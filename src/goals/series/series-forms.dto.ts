import { type PeriodLength, periodLengths } from '../../maths/calendar-period.js';
import type { Day } from '../../maths/day.js';
import { CalendarDay, Choice, Decimal, Id, Integer, Nested, Text } from '../../platform/http/fields.js';
import { bandColours, type Formula, formulas, type Polarity, polarities } from './series.js';
import { AddSeries, ChangeSeries, InputOfSeries, PointInput, SetTrajectory } from './series.dto.js';

/** A row of a form: what is told apart, its categories separated by semicolons. */
export class PartsRow {
  @Text({ max: 60 }) dimension!: string;
  @Text({ max: 2000 }) categories!: string;
}

/** The terms of a series as a form sends them. */
export class SeriesTermsForm {
  @Text() name!: string;
  @Text({ optional: true, max: 2000 }) definition?: string;
  @Text({ max: 60 }) unit!: string;
  @Integer(0, 6) places!: number;
  @CalendarDay({ optional: true }) baselineOn?: Day;
  @Decimal({ optional: true }) baseline?: string;
  @Decimal({ optional: true }) green?: string;
  @Decimal({ optional: true }) amber?: string;
  @Decimal({ optional: true }) red?: string;
  @Nested(() => PartsRow, { many: true, optional: true, most: 6 }) parts?: PartsRow[];
  @Text({ optional: true, max: 500 }) source?: string;
  @Text({ optional: true, max: 2000 }) method?: string;
  @Id({ optional: true }) responsibleId?: string;
}

export class AddSeriesForm extends SeriesTermsForm {
  @Choice(polarities) polarity!: Polarity;
  @Choice(periodLengths) frequency!: PeriodLength;
  @Integer(0, 366) dueAfterDays!: number;
  @Choice(formulas, { optional: true }) formula?: Formula;
  @Nested(() => InputOfSeries, { many: true, optional: true, most: 40 }) inputs?: InputOfSeries[];
  @Nested(() => PointInput, { many: true, optional: true, most: 120 }) targets?: PointInput[];
}

/** A changed form sends everything, and the version it was drawn from. */
export class ChangeSeriesForm extends SeriesTermsForm {
  @Integer(1, 1_000_000_000) version!: number;
}

export class TrajectoryForm {
  @Nested(() => PointInput, { many: true, optional: true, most: 120 }) targets?: PointInput[];
  @Nested(() => PointInput, { many: true, optional: true, most: 120 }) forecast?: PointInput[];
  @Text({ max: 500 }) reason!: string;
  @Integer(1, 1_000_000_000) version!: number;
}

export class RetireForm {
  @Text({ max: 500 }) reason!: string;
  @Integer(1, 1_000_000_000) version!: number;
}

/** What a form says, as the API takes it. What was emptied is emptied. */
export const toTerms = (form: SeriesTermsForm): ChangeSeries & Pick<AddSeries, 'name' | 'unit'> => ({
  ...{ name: form.name, definition: form.definition ?? '', unit: form.unit, places: form.places },
  ...{ baselineOn: form.baselineOn ?? null, baseline: form.baseline ?? null },
  bands: bandColours.flatMap((colour) => {
    const atLeastPercentOfTarget = form[colour];
    return atLeastPercentOfTarget === undefined ? [] : [{ colour, atLeastPercentOfTarget }];
  }),
  disaggregation: (form.parts ?? []).map(({ dimension, categories }) => ({
    dimension,
    categories: categories
      .split(';')
      .map((category) => category.trim())
      .filter((category) => category !== ''),
  })),
  ...{ source: form.source ?? '', method: form.method ?? '', responsibleId: form.responsibleId ?? null },
});

export const toAddSeries = (form: AddSeriesForm): AddSeries => ({
  ...toTerms(form),
  ...{ polarity: form.polarity, frequency: form.frequency, dueAfterDays: form.dueAfterDays },
  ...{ formula: form.formula ?? null, inputs: form.inputs ?? [], targets: form.targets ?? [] },
});

export const toTrajectory = ({ targets = [], forecast = [], reason }: TrajectoryForm): SetTrajectory => ({
  ...{ targets, forecast, reason },
});
