import { plainToInstance } from 'class-transformer';
import type { FastifyReply } from 'fastify';
import { invalidInput, refusals } from '../platform/http/validation.js';

/**
 * The query of a page, as the class of the API's list reads it. A filter form sends its empty fields too: they ask
 * for nothing.
 * @throws invalidInput
 */
export async function readQuery<Query extends object>(
  reply: FastifyReply,
  type: new () => Query,
): Promise<Query> {
  const sent = Object.entries(reply.request.query as Record<string, unknown>);
  const query = plainToInstance(type, Object.fromEntries(sent.filter(([, value]) => value !== '')));
  const wrong = await refusals(query);
  if (wrong.length > 0) throw invalidInput(wrong);
  return query;
}

/** An address with a query; parameters that are absent are left out. */
export function withQuery(
  path: string,
  parameters: Readonly<Record<string, string | number | null | undefined>>,
): string {
  const said = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null);
  const query = new URLSearchParams(said.map(([name, value]): [string, string] => [name, String(value)]));
  return said.length === 0 ? path : `${path}?${query.toString()}`;
}
