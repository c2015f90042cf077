import { CsvError, parse } from 'csv-parse/sync';
import { parseTypedDecimal } from '../../maths/decimals.js';
import { MathsError } from '../../maths/maths-error.js';
import { DomainError, type FieldError } from '../../platform/errors/domain-error.js';
import type { Disaggregation } from '../series/series.js';
import type { ReadingInput } from './reading.rules.js';

/** A reading, and the line of the table that it stands on. */
export interface ReadingLine extends ReadingInput {
  line: number;
}

const mostLines = 2_000;
const columns = ['period', 'value', 'dimension', 'category', 'source', 'method', 'note'] as const;
type Column = (typeof columns)[number];
/** Where a column leads: to a field of the reading, or to the value of one category. */
type Heading = { field: Column } | { dimension: string; category: string } | null;

/**
 * Readings from a table, as a spreadsheet copies it or as CSV (commas, semicolons or tabs). With a heading, its columns
 * may come in any order, and a column may be headed by a category; without one they are period, value, source and note.
 * Cells that are empty are not read.
 * @throws ruleBroken naming every line that cannot be understood
 */
export function parseReadingTable(text: string, disaggregation: readonly Disaggregation[]): ReadingLine[] {
  const rows = cellsOf(text);
  if (rows.length === 0) throw no([refused(1, 'There is nothing in it.')]);
  if (rows.length > mostLines) throw no([refused(mostLines + 1, `Take ${mostLines} lines at most.`)]);
  const first = rows[0]!.map((cell) => headingOf(cell, disaggregation));
  const hasHeading = first.some(
    (heading) => heading !== null && 'field' in heading && heading.field === 'period',
  );
  const headings: Heading[] = hasHeading
    ? first
    : (['period', 'value', 'source', 'note'] as const).map((field) => ({ field }));
  const wrong: FieldError[] = [];
  if (hasHeading) {
    const unknown = rows[0]!.filter((cell, index) => cell !== '' && first[index] === null);
    for (const cell of unknown) wrong.push(refused(1, `“${cell}” is no column here, and no category.`));
  }
  const lines = rows.flatMap((cells, index) =>
    hasHeading && index === 0 ? [] : readingsOf(cells, headings, index + 1, wrong),
  );
  if (wrong.length > 0) throw no(wrong);
  return lines;
}

function cellsOf(text: string): string[][] {
  const firstLine = text.split('\n', 1)[0]!;
  const delimiter = firstLine.includes('\t') ? '\t' : firstLine.includes(';') ? ';' : ',';
  try {
    return parse(text, {
      ...{ delimiter, bom: true, trim: true, relax_column_count: true, skip_empty_lines: true },
      // A quotation mark inside a pasted cell is only a mark.
      relax_quotes: true,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw no([
      refused(Number(error.lines ?? 1), 'The table cannot be read: a quotation mark is not closed.'),
    ]);
  }
}

function headingOf(cell: string, disaggregation: readonly Disaggregation[]): Heading {
  const field = columns.find((column) => column === cell.toLowerCase());
  if (field) return { field };
  const owner = disaggregation.find(({ categories }) => categories.includes(cell));
  return owner ? { dimension: owner.dimension, category: cell } : null;
}

/** The readings of a line: one for its value, and one for each category that has a column. */
function readingsOf(
  cells: readonly string[],
  headings: readonly Heading[],
  line: number,
  wrong: FieldError[],
): ReadingLine[] {
  const fields = new Map<Column, string>();
  const values: { text: string; dimension?: string; category?: string }[] = [];
  headings.forEach((heading, index) => {
    const text = cells[index] ?? '';
    if (heading === null || text === '') return;
    if ('category' in heading) values.push({ text, ...heading });
    else if (heading.field === 'value') values.push({ text });
    else fields.set(heading.field, text);
  });
  const period = fields.get('period');
  if (period === undefined) {
    wrong.push(refused(line, 'The period is missing.'));
    return [];
  }
  if (values.length === 0) {
    wrong.push(refused(line, `The value of ${period} is missing.`));
    return [];
  }
  return values.flatMap(({ text, ...part }): ReadingLine[] => {
    try {
      const own = { dimension: fields.get('dimension'), category: fields.get('category'), ...part };
      const rest = { source: fields.get('source'), method: fields.get('method'), note: fields.get('note') };
      return [{ line, period, value: parseTypedDecimal(text), ...own, ...rest }];
    } catch (error) {
      if (!(error instanceof MathsError)) throw error;
      wrong.push(refused(line, error.detail));
      return [];
    }
  });
}

/** A line of the table that is refused, by its pointer. */
export const refused = (line: number, sentence: string): FieldError => ({
  pointer: `/lines/${line}`,
  code: 'ruleBroken',
  message: `Line ${line}: ${sentence}`,
});

function no(wrong: FieldError[]): DomainError {
  const [first] = wrong;
  const detail =
    wrong.length === 1 ? first!.message : `${wrong.length} lines cannot be taken. ${first!.message}`;
  return new DomainError('ruleBroken', detail, wrong);
}
