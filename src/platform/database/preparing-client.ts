import pg from 'pg';

/** How many statements a process prepares at most; what is asked beyond them is planned each time, as ever. */
const MOST_STATEMENTS = 600;

const names = new Map<string, string>();

/** The name of a statement, the same for the same text; none once there are enough. */
export function statementName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_STATEMENTS) return known;
  const name = `s${names.size + 1}`;
  names.set(text, name);
  return name;
}

type AnyQuery = (this: pg.Client, ...asked: unknown[]) => unknown;
const plainQuery = Reflect.get(pg.Client.prototype, 'query') as AnyQuery;

/**
 * A connection that prepares each statement with parameters once, by name. Behind row-level security PostgreSQL spends
 * more time on reading and planning our statements than on running them; prepared, most of that is done once for each
 * connection. PostgreSQL itself chooses between the general plan and one for the parameters.
 */
export class PreparingClient extends pg.Client {}
PreparingClient.prototype.query = function query(this: pg.Client, ...asked: unknown[]): unknown {
  const [text, values, ...rest] = asked;
  if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0)
    return plainQuery.apply(this, asked);
  const name = statementName(text);
  if (name === undefined) return plainQuery.apply(this, asked);
  return plainQuery.call(this, { name, text, values }, ...rest);
} as AnyQuery as pg.Client['query'];
