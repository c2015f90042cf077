import { fieldError } from '../platform/errors/domain-error.js';
import { ListQuery, type Page } from '../platform/http/list.js';
import type { VoteAnswer } from './decision.dto.js';
import { type DecisionRecord, toVoteAnswer } from './decision-record.js';

/** The roll is as long as the coalition has people, and is read by name: it has no other order. */
export class VotesQuery extends ListQuery {}

/** A page of the roll, by name. The cursor is the line after which it goes on. */
export function votesPage(
  { roll, decision }: DecisionRecord,
  { limit = 50, cursor, sort }: VotesQuery,
): Page<VoteAnswer> {
  if (sort !== undefined && sort !== 'person')
    throw fieldError('invalidInput', '/sort', 'Sort by one of person.');
  const after = cursor === undefined ? -1 : roll.findIndex(({ id }) => id === cursor);
  if (cursor !== undefined && after < 0)
    throw fieldError(
      'invalidInput',
      '/cursor',
      'The cursor belongs to another list. Begin again without it.',
    );
  const shown = roll.slice(after + 1, after + 1 + limit);
  return {
    items: shown.map((line) => toVoteAnswer(line, decision)),
    total: roll.length,
    nextCursor: after + 1 + limit < roll.length ? (shown.at(-1)?.id ?? null) : null,
  };
}
