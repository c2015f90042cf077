import type { Tx } from '../platform/database/tx.js';
import { type Commentable, commentableFields, type FieldComment } from './report-comments.rules.js';

/** A comment at a field, as one reads it: who asked for what, and whether the report came back since. */
export interface ReportComment extends FieldComment {
  id: string;
  /** What the field is called. */
  field: string;
  madeBy: string;
  madeAt: Date;
  doneAt: Date | null;
}

/** Every comment at a field of a report, the newest return last, in the order of the form. */
export async function commentsOf(tx: Tx, reportId: string, report: Commentable): Promise<ReportComment[]> {
  const rows = await tx.rows<Omit<ReportComment, 'field'> & { named: string | null }>(
    `SELECT c.id, c.pointer, c.comment, p.name AS "madeBy", c.made_at AS "madeAt", c.done_at AS "doneAt",
       coalesce(g.name, i.name, m.name) AS named
     FROM report_comments c JOIN persons p ON p.id = c.made_by
     LEFT JOIN goals g ON g.coalition_id = c.coalition_id AND c.pointer = '/lines/' || g.id
     LEFT JOIN indicators i ON i.coalition_id = c.coalition_id AND c.pointer = '/readings/' || i.id
     LEFT JOIN performance_measures m ON m.coalition_id = c.coalition_id AND c.pointer = '/readings/' || m.id
     WHERE c.spend_report_id = $1 ORDER BY c.made_at, c.id`,
    [reportId],
  );
  const fields = commentableFields(report);
  const place = ({ pointer }: FieldComment) => fields.findIndex((field) => field.pointer === pointer);
  return rows
    .map(({ named, ...row }) => ({
      ...row,
      field: named ?? fields[place(row)]?.label ?? row.pointer,
    }))
    .sort((a, b) => a.madeAt.getTime() - b.madeAt.getTime() || place(a) - place(b));
}

/** Those that the partner has not answered yet. */
export const openComments = (comments: readonly ReportComment[]): ReportComment[] =>
  comments.filter(({ doneAt }) => doneAt === null);

export async function addComments(
  tx: Tx,
  report: { id: string; coalitionId: string },
  comments: readonly FieldComment[],
): Promise<void> {
  await tx.run(
    `INSERT INTO report_comments (coalition_id, spend_report_id, pointer, comment, made_by, made_at)
     SELECT $1, $2, pointer, comment, $5, $6 FROM unnest($3::text[], $4::text[]) AS c (pointer, comment)`,
    [
      report.coalitionId,
      report.id,
      comments.map(({ pointer }) => pointer),
      comments.map(({ comment }) => comment),
      tx.actor.personId ?? null,
      tx.now,
    ],
  );
}

/** The report is handed in again: what was asked for is taken as done, until somebody asks anew. */
export const settleComments = (tx: Tx, reportId: string): Promise<unknown> =>
  tx.run(
    `UPDATE report_comments SET done_by = $2, done_at = $3 WHERE spend_report_id = $1 AND done_at IS NULL`,
    [reportId, tx.actor.personId ?? null, tx.now],
  );
