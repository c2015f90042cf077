import { ApiProperty } from '@nestjs/swagger';
import type { Parameter, Tx } from '../database/tx.js';
import { fieldError } from '../errors/domain-error.js';
import { Integer, Text } from './fields.js';

/** The parameters that every list takes; a list with filters extends it. */
export class ListQuery {
  @Integer(1, 500, { optional: true, description: 'How many at most', example: 50 })
  limit?: number;

  @Text({ optional: true, max: 500, description: '`nextCursor` of the page before' })
  cursor?: string;

  @Text({ optional: true, max: 60, description: 'A field to sort by; `-` before it for the other way round' })
  sort?: string;
}

/** A page of a list. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
  total: number;
}

/** The class that documents a page of `item`s. */
export function pageOf<Item>(item: new () => Item): new () => Page<Item> {
  class PageAnswer implements Page<Item> {
    @ApiProperty({ type: [item] })
    items!: Item[];

    @ApiProperty({ type: String, nullable: true })
    nextCursor!: string | null;

    @ApiProperty({ type: 'integer', example: 1 })
    total!: number;
  }
  Object.defineProperty(PageAnswer, 'name', { value: `PageOf${item.name}` });
  return PageAnswer;
}

/** A query whose rows have a unique `id` column; keys of `sorts` are public names, values SQL columns of it. */
export interface ListSource {
  sql: string;
  parameters: Parameter[];
  sorts: Record<
    string,
    { column: string; type: 'text' | 'date' | 'bigint' | 'timestamptz' | 'integer' | 'uuid' }
  >;
  defaultSort: string;
}

/**
 * One page by keyset: stable while rows are being added, as fast on page 1,000 as on the first.
 * @throws invalidInput on an unknown sort or a cursor of another list
 */
export async function listPage<Row extends { id: string }>(
  tx: Tx,
  source: ListSource,
  query: ListQuery,
): Promise<Page<Row>> {
  const limit = query.limit ?? 50;
  const sort = query.sort ?? source.defaultSort;
  const descending = sort.startsWith('-');
  const by = source.sorts[sort.replace(/^-/, '')];
  if (!by)
    throw fieldError('invalidInput', '/sort', `Sort by one of ${Object.keys(source.sorts).join(', ')}.`);
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, sort);
  const at = source.parameters.length;
  const position = after
    ? `WHERE (${by.column}, id) ${descending ? '<' : '>'} ($${at + 1}::${by.type}, $${at + 2}::uuid)`
    : '';
  const direction = descending ? 'DESC' : 'ASC';
  const parameters = after ? [...source.parameters, after.value, after.id] : [...source.parameters];
  const rows = await tx.rows<Row & { sortedBy: string }>(
    `SELECT *, ${by.column}::text AS "sortedBy" FROM (${source.sql}) AS list ${position}
     ORDER BY ${by.column} ${direction}, id ${direction} LIMIT $${parameters.length + 1}`,
    [...parameters, limit + 1],
  );
  const counted = await tx.row<{ total: number }>(
    `SELECT count(*)::int AS total FROM (${source.sql}) AS list`,
    source.parameters,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ sortedBy: _, ...item }) => item as unknown as Row),
    total: counted?.total ?? 0,
    nextCursor: rows.length > limit && last ? writeCursor(sort, last.sortedBy, last.id) : null,
  };
}

/** What `ILIKE` looks for, to find this part anywhere in a text; null finds everything. */
export const containing = (part: string | undefined): string | null =>
  part === undefined || part === '' ? null : `%${part.replace(/[\\%_]/g, '\\$&')}%`;

const writeCursor = (sort: string, value: string, id: string): string =>
  Buffer.from(JSON.stringify([sort, value, id])).toString('base64url');

function readCursor(cursor: string, sort: string): { value: string; id: string } {
  try {
    const [cursorSort, value, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as string[];
    if (cursorSort === sort && typeof value === 'string' && typeof id === 'string') return { value, id };
  } catch {
    // Falls through to the refusal below.
  }
  throw fieldError(
    'invalidInput',
    '/cursor',
    'The cursor belongs to another list or order. Begin again without it.',
  );
}
