import { Shown, ShownId } from '../../platform/http/answers.js';
import { Choice, Id, Text } from '../../platform/http/fields.js';
import {
  AddSeries,
  SeriesAnswer,
  SeriesQuery,
  toSeriesAnswer,
  type WholeSeries,
} from '../series/series.dto.js';
import { type MeasureKind, measureKinds } from '../series/series.js';

/** Adds a performance measure of a programme. It says nothing of the population. */
export class AddMeasure extends AddSeries {
  @Choice(measureKinds, { description: 'How much is done, how well, or whether anyone is better off' })
  measureKind!: MeasureKind;
  @Text({ max: 200, example: 'Family visitors' }) programme!: string;
  @Id({ optional: true, description: 'Whose programme it is' }) organisationId?: string | null;
}

export class MeasuresQuery extends SeriesQuery {
  @Choice(measureKinds, { optional: true }) measureKind?: MeasureKind;
}

export class MeasureAnswer extends SeriesAnswer {
  @Shown({ enum: measureKinds }) measureKind!: MeasureKind;
  @Shown({ example: 'Family visitors' }) programme!: string;
  @ShownId({ nullable: true }) organisationId!: string | null;
}

export const toMeasureAnswer = (whole: WholeSeries): MeasureAnswer => ({
  ...toSeriesAnswer(whole),
  measureKind: whole.series.measureKind!,
  programme: whole.series.programme!,
  organisationId: whole.series.organisationId,
});
