import { ApiProperty } from '@nestjs/swagger';
import { type SeriesKind, seriesKinds } from '../../goals/series/series.js';
import { Shown, ShownId } from '../../platform/http/answers.js';
import { Decimal, Id, Nested, Text } from '../../platform/http/fields.js';
import type { ReportedSeries } from './report-readings.read.js';

export class ReportedValueInput {
  @Text({ max: 10, example: '2027-Q1', description: 'A period that ends in the report’s' }) period!: string;
  @Text({ optional: true, max: 60, example: 'Area', description: 'Of a part; the whole if left out' })
  dimension?: string | null;
  @Text({ optional: true, max: 60, example: 'North ward' }) category?: string | null;
  @Decimal({ optional: true, example: '78' }) value?: string | null;
}

export class ReportedReadingsInput {
  @Id({ description: 'One of those that the report lists in its readings' }) seriesId!: string;
  @Text({ optional: true, max: 500, example: 'Our own record', description: 'The usual source if left out' })
  source?: string | null;
  @Text({ optional: true, max: 2000 }) method?: string | null;
  @Text({ optional: true, max: 1000, description: 'Needed where it corrects what somebody else has read' })
  note?: string | null;
  @Nested(() => ReportedValueInput, { optional: true, many: true, least: 0, most: 1000 })
  values?: ReportedValueInput[] | null;
}

/** What a form says was read of one value, by its mark. */
export class SeenReadingInput {
  @Text({ max: 300 }) at!: string;
  @Text({ max: 64 }) mark!: string;
}

export class ReportedValueAnswer {
  @Shown({ example: '2027-Q1' }) period!: string;
  @Shown({ description: 'Empty for the whole' }) dimension!: string;
  @Shown() category!: string;
  @Shown({ type: String, nullable: true, example: '78', description: 'What the report says; null: nothing' })
  value!: string | null;
  @Shown({ type: String, nullable: true, description: 'What stands for it among all readings' })
  standing!: string | null;
  @Shown({ type: [String], description: 'Of what is calculated: the inputs that have not been read' })
  missing!: string[];
}

/** An indicator or a performance measure that is read in a report; the two are never added up. */
export class ReportedReadingsAnswer {
  @ShownId() seriesId!: string;
  @Shown({ enum: Object.keys(seriesKinds) }) kind!: SeriesKind;
  @Shown() name!: string;
  @Shown() unit!: string;
  @ShownId() goalId!: string;
  @Shown({ description: 'Calculated from others: nothing is entered' }) isCalculated!: boolean;
  @Shown() source!: string;
  @Shown() method!: string;
  @Shown() note!: string;
  @ApiProperty({ type: [ReportedValueAnswer] }) values!: ReportedValueAnswer[];
}

/** @param content whether the reader may see what the partner has written so far */
export const toReportedReadings = (
  { series, source, method, note, values }: ReportedSeries,
  content: boolean,
): ReportedReadingsAnswer => ({
  ...{ seriesId: series.id, kind: series.kind, name: series.name, unit: series.unit, goalId: series.goalId },
  isCalculated: series.formula !== null,
  ...(content ? { source, method, note } : { source: '', method: '', note: '' }),
  values: values.map(({ period, dimension, category, value, standing, missing }) => ({
    ...{ period, dimension, category, value: content ? value : null },
    ...{ standing: standing?.value ?? null, missing: content ? missing : [] },
  })),
});
