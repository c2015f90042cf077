import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Shown, ShownId, ShownInstant } from '../../../platform/http/answers.js';
import { Choice, Integer, Nested, Text } from '../../../platform/http/fields.js';
import {
  type CsvEncoding,
  type DecimalMark,
  decimalMarks,
  type Delimiter,
  delimiters,
  encodings,
  type Meaning,
  meanings,
  type ThousandsMark,
  thousandsMarks,
} from './csv-mapping.rules.js';
import { dateFormats } from './csv-values.js';
import type { CsvMapping } from './csv-mappings.read.js';

/** What one column of the file is. */
export class MapColumn {
  @Text({
    max: 200,
    example: 'Booking date',
    description: 'Its heading; “#3”, the third, where the heading is missing or stands twice',
  })
  column!: string;
  @Choice(meanings, { example: 'date' }) is!: Meaning;
}

/** How a bank writes its CSV statements. */
export class SaveCsvMapping {
  @Text({ max: 100, example: 'High Street Bank, business account' }) name!: string;
  @Choice(delimiters, { example: 'semicolon' }) delimiter!: Delimiter;
  @Choice(encodings, { example: 'utf-8' }) encoding!: CsvEncoding;
  @Integer(0, 100, {
    example: 1,
    description: 'The line of the heading; what stands above is passed over. 0: no heading',
  })
  headingLine!: number;
  @Choice(dateFormats, { example: 'DD/MM/YYYY' }) dateFormat!: string;
  @Choice(decimalMarks, { example: 'point' }) decimalMark!: DecimalMark;
  @Choice(thousandsMarks, { example: 'comma' }) thousandsMark!: ThousandsMark;
  @Text({
    max: 60,
    optional: true,
    example: 'GB33BUKB20201555555555',
    description: 'Which account the files are of; the pool’s if left out',
  })
  account?: string;
  @Nested(() => MapColumn, { many: true, least: 2, most: 60 }) columns!: MapColumn[];
}

export class ChangeCsvMapping extends PartialType(SaveCsvMapping) {}

export class MapColumnAnswer {
  @Shown() column!: string;
  @Shown({ enum: meanings }) is!: Meaning;
}

export class CsvMappingAnswer {
  @ShownId() id!: string;
  @ShownId() poolId!: string;
  @Shown() name!: string;
  @Shown({ enum: delimiters }) delimiter!: string;
  @Shown({ enum: encodings }) encoding!: string;
  @Shown({ type: 'integer' }) headingLine!: number;
  @Shown({ enum: dateFormats }) dateFormat!: string;
  @Shown({ enum: decimalMarks }) decimalMark!: string;
  @Shown({ enum: thousandsMarks }) thousandsMark!: string;
  @Shown() account!: string;
  @ApiProperty({ type: [MapColumnAnswer] }) columns!: MapColumnAnswer[];
  @Shown() madeBy!: string;
  @ShownInstant() madeAt!: string;
  @Shown({ type: 'integer' }) version!: number;
}

export const toCsvMappingAnswer = ({ coalitionId: _, madeAt, ...mapping }: CsvMapping): CsvMappingAnswer => ({
  ...mapping,
  columns: [...mapping.columns],
  madeAt: madeAt.toISOString(),
});
