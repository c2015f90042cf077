import { ApiProperty } from '@nestjs/swagger';
import type { Day } from '../../maths/day.js';
import { Shown, ShownDay, ShownId, ShownInstant } from '../../platform/http/answers.js';
import { Choice, Decimal, Nested, Text } from '../../platform/http/fields.js';
import { ListQuery } from '../../platform/http/list.js';
import { type ReadingInput, type ReadingVia, readingVias } from './reading.rules.js';
import type { Reading } from './readings.read.js';
import type { BulkMode, ReadingOutcome } from './readings.service.js';

/** A reading of one period. One that corrects what stands says why in its note. */
export class RecordReading {
  @Text({ max: 40, example: '2026-Q3', description: 'A period of its frequency, or a day in it' })
  period!: string;
  @Text({ optional: true, max: 60, example: 'Area', description: 'Of a part; the whole if left out' })
  dimension?: string | null;
  @Text({ optional: true, max: 60, example: 'North ward' }) category?: string | null;
  @Decimal({
    ...{ optional: true, example: '68.5' },
    description: 'Left out, it takes back what was written; never a float',
  })
  value?: string | null;
  @Text({
    optional: true,
    max: 500,
    example: 'Early years profile',
    description: 'The usual source if left out',
  })
  source?: string | null;
  @Text({ optional: true, max: 2000 }) method?: string | null;
  @Text({ optional: true, max: 1000, example: 'The council has published the final figure' })
  note?: string | null;
}

export const toReadingInput = ({ value = null, ...reading }: RecordReading): ReadingInput => ({
  ...reading,
  value,
});

export class RecordReadings {
  @Choice(['atomic', 'perItem'], { description: 'All or none; or those that can be taken' }) mode!: BulkMode;
  @Nested(() => RecordReading, { many: true, most: 1000 }) readings!: RecordReading[];
}

export class ReadingsQuery extends ListQuery {
  @Text({ optional: true, max: 60 }) category?: string;
  @Choice(['current', 'superseded'], { optional: true }) standing?: 'current' | 'superseded';
}

export class ReadingAnswer {
  @ShownId() id!: string;
  @Shown({ example: '2026-Q3' }) period!: string;
  @ShownDay() periodTo!: Day;
  @Shown({ description: 'Empty for the whole' }) dimension!: string;
  @Shown() category!: string;
  @Shown({
    type: String,
    nullable: true,
    example: '68.5',
    description: 'null: what it supersedes is taken back',
  })
  value!: string | null;
  @Shown() source!: string;
  @Shown() method!: string;
  @Shown() note!: string;
  @Shown({ enum: readingVias }) via!: ReadingVia;
  @ShownId({ nullable: true }) supersedesId!: string | null;
  @ShownId({ nullable: true, description: 'The spend report that it came in' }) spendReportId!: string | null;
  @ShownId({ nullable: true }) supersededById!: string | null;
  @Shown({ type: String, nullable: true }) recordedBy!: string | null;
  @ShownInstant() recordedAt!: string;
}

export const toReadingAnswer = (reading: Reading): ReadingAnswer => ({
  ...{ id: reading.id, period: reading.periodKey, periodTo: reading.periodTo, dimension: reading.dimension },
  ...{ category: reading.category, value: reading.value, source: reading.source, method: reading.method },
  ...{ note: reading.note, via: reading.via, supersedesId: reading.supersedesId },
  ...{ spendReportId: reading.spendReportId, supersededById: reading.supersededById },
  ...{ recordedBy: reading.recordedBy },
  recordedAt: reading.recordedAt.toISOString(),
});

export class FieldErrorAnswer {
  @Shown({ example: '/readings/2/note' }) pointer!: string;
  @Shown({ example: 'ruleBroken' }) code!: string;
  @Shown() message!: string;
}

const outcomeStates = ['recorded', 'corrected', 'withdrawn', 'unchanged', 'refused'] as const;

export class ReadingOutcomeAnswer {
  @Shown({ type: 'integer' }) index!: number;
  @Shown({ enum: outcomeStates }) state!: ReadingOutcome['state'];
  @ShownId({ nullable: true, description: 'The reading that stands now' }) id!: string | null;
  @ApiProperty({ type: FieldErrorAnswer, nullable: true }) error!: FieldErrorAnswer | null;
}

export class ReadingOutcomesAnswer {
  @ApiProperty({ type: [ReadingOutcomeAnswer], description: 'By the place of each in what was sent' })
  items!: ReadingOutcomeAnswer[];
}

export const toOutcomesAnswer = (outcomes: readonly ReadingOutcome[]): ReadingOutcomesAnswer => ({
  items: outcomes.map((outcome, index) => ({ index, ...outcome })),
});
