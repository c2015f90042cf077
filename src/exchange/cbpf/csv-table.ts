import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { CsvError, type Info, parse } from 'csv-parse';

/** A row of a table, with the place it stands in, for whoever must mend it. */
export interface TableRow {
  file: string;
  /** As an editor counts; of a row that spans several lines, the last. */
  line: number;
  cells: Record<string, string>;
  /** What keeps the row from being read at all, if anything does. */
  broken: string | null;
}

/** The file cannot be read as a table at all. The sentence says what to do. */
export class UnreadableTable extends Error {}

const MOST_RECORD_BYTES = 256 * 1024;

/**
 * The rows of a CSV file (RFC 4180, UTF-8), one after another, however long it is. The heading must hold `columns`;
 * what else it holds is left out.
 * @throws UnreadableTable
 */
export async function* readTable(path: string, columns: readonly string[]): AsyncGenerator<TableRow> {
  const file = basename(path);
  let heading: string[] | null = null;
  try {
    for await (const { record, info } of records(path)) {
      if (heading === null) {
        heading = record.map((name) => name.trim());
        requireColumns(file, heading, columns);
        continue;
      }
      const names = heading;
      const cells = Object.fromEntries(columns.map((name) => [name, record[names.indexOf(name)] ?? '']));
      yield { file, line: info.lines, cells, broken: whatIsBroken(record, names) };
    }
  } catch (error) {
    throw asUnreadable(file, error);
  }
  if (heading === null) throw new UnreadableTable(`${file} is empty: its first line must be the heading.`);
}

interface ParsedRecord {
  record: string[];
  info: Info;
}

async function* records(path: string): AsyncGenerator<ParsedRecord> {
  const source = createReadStream(path);
  const parser = parse({
    bom: true,
    info: true,
    skip_empty_lines: true,
    relax_column_count: true,
    max_record_size: MOST_RECORD_BYTES,
  });
  // A pipe does not carry errors along.
  source.once('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    yield* parser as AsyncIterable<ParsedRecord>;
  } finally {
    source.destroy();
  }
}

function requireColumns(file: string, heading: string[], columns: readonly string[]): void {
  const missing = columns.filter((name) => !heading.includes(name));
  if (missing.length === 0) return;
  throw new UnreadableTable(
    `${file} has no column ${missing.join(', ')}. Its heading is: ${heading.join(', ').slice(0, 400)}.`,
  );
}

function whatIsBroken(record: string[], heading: string[]): string | null {
  if (record.length !== heading.length) {
    return `${heading.length} cells as in the heading; there are ${record.length}`;
  }
  return record.some((cell) => cell.includes('\uFFFD')) ? 'text in UTF-8' : null;
}

function asUnreadable(file: string, error: unknown): unknown {
  if (error instanceof CsvError) {
    const { lines } = error as CsvError & { lines?: number };
    const place = lines === undefined ? '' : ` at line ${lines}`;
    return new UnreadableTable(`${file} cannot be read as CSV${place}: ${error.message}.`);
  }
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new UnreadableTable(`There is no file ${file} at the path given.`);
  if (code === 'EISDIR') return new UnreadableTable(`${file} is a folder: give a CSV file.`);
  if (code === 'EACCES') return new UnreadableTable(`This user may not read ${file}.`);
  return error;
}
