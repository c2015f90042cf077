import { fieldError } from '../platform/errors/domain-error.js';

/** A field of a report that a reviewer can comment on: where it is, and what it is called. */
export interface CommentableField {
  pointer: string;
  label: string;
}

export interface FieldComment {
  /** `/story`, `/learning`, `/lines/` and the id of a goal, or `/readings/` and the id of an indicator or a measure. */
  pointer: string;
  comment: string;
}

/** What of a report can be commented on, beside its texts. */
export interface Commentable {
  goals: readonly { id: string; name: string }[];
  readings: readonly { series: { id: string; name: string; formula: string | null } }[];
}

/** The fields of a report, in the order of its form. What is calculated is no field. */
export const commentableFields = ({ goals, readings }: Commentable): CommentableField[] => [
  ...goals.map(({ id, name }) => ({ pointer: `/lines/${id}`, label: name })),
  ...readings
    .filter(({ series }) => series.formula === null)
    .map(({ series: { id, name } }) => ({ pointer: `/readings/${id}`, label: name })),
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
