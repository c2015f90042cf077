import { parse } from 'csv-parse/sync';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import type { ClaimLineInput } from './claim.dto.js';

const columns = ['metric', 'quantity', 'value', 'person'] as const;
const mostRows = 20_000;

/**
 * The lines of a claim from a CSV file with the columns metric, quantity, value and person: rows of one metric that
 * name people are one line with all of them; rows with numbers are lines of their own.
 * @throws ruleBroken naming `/file`, and the row
 */
export function readClaimCsv(content: string): ClaimLineInput[] {
  const lines: ClaimLineInput[] = [];
  const counted = new Map<string, ClaimLineInput>();
  for (const [index, row] of rowsOf(content).entries()) {
    const metric = row.metric?.trim() ?? '';
    if (metric === '') throw fieldError('ruleBroken', '/file', `Row ${index + 2} names no metric.`);
    const [quantity, value, person] = [row.quantity, row.value, row.person].map(
      (text) => text?.trim() || undefined,
    );
    const decimal = [quantity, value].find(
      (text) => text !== undefined && !/^-?\d{1,12}(\.\d{1,12})?$/.test(text),
    );
    if (decimal !== undefined)
      throw fieldError(
        'ruleBroken',
        '/file',
        `Row ${index + 2}: “${decimal.slice(0, 40)}” is not a number such as 62.5.`,
      );
    const earlier = counted.get(metric);
    if (person !== undefined && quantity === undefined && value === undefined && earlier) {
      earlier.people!.push(person);
      continue;
    }
    const line: ClaimLineInput = {
      metric,
      quantity,
      value,
      people: person === undefined ? undefined : [person],
    };
    lines.push(line);
    if (person !== undefined && quantity === undefined && value === undefined) counted.set(metric, line);
  }
  if (lines.length === 0) throw fieldError('ruleBroken', '/file', 'The file has no rows.');
  return lines;
}

type Row = Partial<Record<(typeof columns)[number], string>>;

function rowsOf(content: string): Row[] {
  try {
    const rows = parse(content, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      to: mostRows + 1,
      columns: requireColumns,
    });
    if (rows.length > mostRows)
      throw fieldError('ruleBroken', '/file', `A claim has ${mostRows} rows at most.`);
    return rows as Row[];
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw fieldError('ruleBroken', '/file', `The file is not CSV: ${(error as Error).message}`);
  }
}

function requireColumns(header: string[]): string[] {
  const names = header.map((name) => name.trim().toLowerCase());
  const stranger = names.find((name) => !(columns as readonly string[]).includes(name));
  if (stranger !== undefined || !names.includes('metric')) {
    const sentence = `The first row names the columns: metric, and of quantity, value and person those that are used.${stranger === undefined ? '' : ` “${stranger.slice(0, 40)}” is none of them.`}`;
    throw fieldError('ruleBroken', '/file', sentence);
  }
  return names;
}
