import { Choice, Id, Text } from '../../platform/http/fields.js';
import { AddSeriesForm } from '../series/series-forms.dto.js';
import { type MeasureKind, measureKinds } from '../series/series.js';

/** A performance measure as its form sends it. */
export class AddMeasureForm extends AddSeriesForm {
  @Choice(measureKinds) measureKind!: MeasureKind;
  @Text() programme!: string;
  @Id({ optional: true }) organisationId?: string;
}
