import { StatementRefused } from '../statement-parts.js';
import { guessEncoding, guessShape } from './csv-guess.js';
import { columnNames, type CsvShape, type CsvTerms } from './csv-mapping.rules.js';
import { csvRows } from './csv-rows.js';
import { type UnderstoodLine, understoodLines } from './csv-statement.js';
import { windowsText } from './windows-text.js';

/** The first rows of a file, as they stand in it. */
export interface CsvSample {
  shape: CsvShape;
  /** What its columns are called. */
  names: string[];
  rows: string[][];
  /** Why it cannot be read so. */
  problem: string | null;
}

const MOST_ROWS = 8;
const BEGINNING_BYTES = 64 * 1024;

/** How a file is cut into cells, as far as its beginning says. */
export function shapeOf(content: Buffer): CsvShape {
  const beginning = content.subarray(0, BEGINNING_BYTES);
  const encoding = guessEncoding(beginning);
  const text = encoding === 'latin-1' ? windowsText(beginning) : beginning.toString('utf8');
  return { encoding, ...guessShape(text) };
}

export async function readSample(content: Buffer, shape: CsvShape): Promise<CsvSample> {
  const rows: string[][] = [];
  try {
    for await (const { cells } of csvRows(piecesOf(content), shape)) {
      rows.push(cells);
      if (rows.length > MOST_ROWS) break;
    }
  } catch (error) {
    if (!(error instanceof StatementRefused)) throw error;
    return { shape, names: [], rows: [], problem: error.message };
  }
  const [first = []] = rows;
  const problem = rows.length === 0 ? 'The file holds no row there.' : null;
  return shape.headingLine === 0
    ? { shape, names: first.map((_, index) => `#${index + 1}`), rows: rows.slice(0, MOST_ROWS), problem }
    : { shape, names: columnNames(first), rows: rows.slice(1), problem };
}

/** How the first lines of a file are understood by a mapping, and what is wrong with the first that is not. */
export interface Understanding {
  lines: UnderstoodLine[];
  problem: string | null;
}

export async function understand(content: Buffer, terms: CsvTerms, currency: string): Promise<Understanding> {
  const lines: UnderstoodLine[] = [];
  try {
    for await (const line of understoodLines(piecesOf(content), terms, { account: '', currency })) {
      lines.push(line);
      if (lines.length === MOST_ROWS) break;
    }
  } catch (error) {
    if (!(error instanceof StatementRefused)) throw error;
    return { lines, problem: error.message };
  }
  return { lines, problem: lines.length === 0 ? 'The file holds no line.' : null };
}

const PIECE_BYTES = 64 * 1024;

/** A content piece by piece, as a stream of the file would give it. */
export async function* piecesOf(content: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += PIECE_BYTES) yield content.subarray(at, at + PIECE_BYTES);
}
