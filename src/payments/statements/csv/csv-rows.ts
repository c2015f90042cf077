import { CsvError, type Info, parse } from 'csv-parse';
import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { StatementRefused } from '../statement-parts.js';
import { type CsvEncoding, type CsvShape, delimiterSigns } from './csv-mapping.rules.js';
import { windowsText } from './windows-text.js';

/** A row of a file, and the line it ends in, as an editor counts. */
export interface CsvRow {
  line: number;
  cells: string[];
}

/** No line of a statement is longer; a file that has one is none, or has no ends of lines. */
const MOST_LINE_BYTES = 256 * 1024;

/**
 * The rows of a CSV file, the heading first, one after another, however long it is. What stands above the heading is
 * passed over, and so are empty lines.
 * @throws StatementRefused naming the line
 */
export async function* csvRows(
  chunks: AsyncIterable<Buffer>,
  { delimiter, encoding, headingLine }: CsvShape,
): AsyncGenerator<CsvRow> {
  const source = Readable.from(textOf(chunks, encoding));
  const parser = parse({
    bom: true,
    info: true,
    delimiter: delimiterSigns[delimiter],
    from_line: headingLine === 0 ? 1 : headingLine,
    skip_empty_lines: true,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MOST_LINE_BYTES,
  });
  // A pipe does not carry errors along.
  source.once('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>)
      yield { line: info.lines, cells: record };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as CsvError & { lines?: number };
    const place = lines === undefined ? '' : ` at line ${lines}`;
    throw new StatementRefused(`The file cannot be read as CSV${place}: ${error.message}.`);
  } finally {
    source.destroy();
  }
}

/** The text of a file. UTF-8 is looked at line by line, so that what is not UTF-8 is named. */
async function* textOf(chunks: AsyncIterable<Buffer>, encoding: CsvEncoding): AsyncGenerator<string> {
  const decode = (bytes: Buffer) => (encoding === 'latin-1' ? windowsText(bytes) : bytes.toString('utf8'));
  let rest: Buffer = Buffer.alloc(0);
  let line = 1;
  for await (const chunk of chunks) {
    const block = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = block.lastIndexOf(0x0a) + 1;
    rest = block.subarray(end);
    if (rest.length > MOST_LINE_BYTES)
      throw new StatementRefused(`Line ${line} is too long for a statement.`);
    const whole = block.subarray(0, end);
    if (encoding === 'utf-8') requireUtf8(whole, line);
    line += countLines(whole);
    yield decode(whole);
  }
  if (encoding === 'utf-8') requireUtf8(rest, line);
  yield decode(rest);
}

function countLines(block: Buffer): number {
  let lines = 0;
  for (let at = block.indexOf(0x0a); at >= 0; at = block.indexOf(0x0a, at + 1)) lines += 1;
  return lines;
}

function requireUtf8(block: Buffer, firstLine: number): void {
  if (isUtf8(block)) return;
  let line = firstLine;
  for (let from = 0; from < block.length; line += 1) {
    const end = block.indexOf(0x0a, from);
    const to = end < 0 ? block.length : end + 1;
    if (!isUtf8(block.subarray(from, to))) break;
    from = to;
  }
  throw new StatementRefused(`Line ${line} is not in UTF-8. If the bank writes Latin-1, say so.`);
}
