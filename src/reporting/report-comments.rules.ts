import { fieldError } from '../platform/errors/domain-error.js';

/** A field of a report that a reviewer can comment on: where it is, and what it is called. */
export interface CommentableField {
  pointer: string;
  label: string;
}

export interface FieldComment {
  /** `/story`, `/learning`, or `/lines/` and the id of a goal. */
  pointer: string;
  comment: string;
}

/** The fields of a report, in the order of its form. */
export const commentableFields = (goals: readonly { id: string; name: string }[]): CommentableField[] => [
  ...goals.map(({ id, name }) => ({ pointer: `/lines/${id}`, label: name })),
  { pointer: '/story', label: 'Story' },
  { pointer: '/learning', label: 'Learning' },
];

/**
 * Refuses comments at fields that the report has not, and two at one field.
 * @throws ruleBroken naming the comment
 */
export function requireCommentable(
  comments: readonly FieldComment[],
  fields: readonly CommentableField[],
): void {
  const seen = new Set<string>();
  for (const [index, { pointer }] of comments.entries()) {
    const at = `/fields/${index}/pointer`;
    if (!fields.some((field) => field.pointer === pointer)) {
      const known = fields.map((field) => field.pointer).join(', ');
      throw fieldError('ruleBroken', at, `The report has no such field. It has ${known}.`);
    }
    if (seen.has(pointer)) throw fieldError('ruleBroken', at, 'A field has one comment: write both in one.');
    seen.add(pointer);
  }
}
