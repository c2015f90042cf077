import { OmitType } from '@nestjs/swagger';
import { Choice, Integer, Nested, Text } from '../../../platform/http/fields.js';
import type { FormObject } from '../../../web/forms/read-form.js';
import { SaveCsvMapping } from './csv-mapping.dto.js';
import {
  type CsvEncoding,
  type CsvShape,
  type CsvTerms,
  type Delimiter,
  delimiters,
  encodings,
  type Meaning,
  meanings,
} from './csv-mapping.rules.js';

/** A column of the file as the page shows it: what is left open is not used. */
class ColumnOfForm {
  @Text({ max: 200 }) column!: string;
  @Choice(meanings, { optional: true }) is?: Meaning;
}

/** The same as the API takes, with the columns that are not used among them. */
export class CsvMappingForm extends OmitType(SaveCsvMapping, ['columns'] as const) {
  @Nested(() => ColumnOfForm, { many: true, least: 1, most: 300 }) columns!: ColumnOfForm[];
  @Integer(1, 1_000_000, { optional: true }) version?: number;
}

/** While one chooses, it has no name yet. */
export class CsvPreviewForm extends OmitType(CsvMappingForm, ['name'] as const) {
  @Text({ max: 100, optional: true }) name?: string;
}

/** How the file is cut into cells; what is not said is guessed. */
export class CsvShapeQuery {
  @Choice(delimiters, { optional: true }) delimiter?: Delimiter;
  @Choice(encodings, { optional: true }) encoding?: CsvEncoding;
  @Integer(0, 100, { optional: true }) headingLine?: number;
}

/** What the form says, as the API takes it. */
export function toSaved({ version: _, columns, ...form }: CsvMappingForm): SaveCsvMapping {
  return {
    ...form,
    columns: columns.flatMap(({ column, is }) => (is === undefined ? [] : [{ column, is }])),
  };
}

export const toTerms = (form: CsvPreviewForm): CsvTerms => toSaved({ ...form, name: '' });

export const shapeOfForm = ({ delimiter, encoding, headingLine }: CsvShape): CsvShape => ({
  ...{ delimiter, encoding, headingLine },
});

/** The columns that a sent form shows, in its order, and how each pointer of the API is called in it. */
export function columnsOf(values: FormObject): { names: string[]; pointerOf: (pointer: string) => string } {
  const columns = (Array.isArray(values.columns) ? values.columns : []) as { column?: string; is?: string }[];
  const used = columns.flatMap(({ is }, index) => (is === undefined ? [] : [index]));
  return {
    names: columns.map(({ column = '' }) => column),
    pointerOf: (pointer) =>
      pointer.replace(
        /^\/columns\/(\d+)\/\w+$/,
        (_, index: string) => `/columns/${used[Number(index)] ?? index}/is`,
      ),
  };
}
