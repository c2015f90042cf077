import type { Tx } from '../platform/database/tx.js';

/** A reminder of a report, and what became of it. */
export interface ReminderRow {
  step: string;
  dueAt: Date;
  state: string;
  note: string | null;
}

/** The reminders of a report, in their order; `uncertain` where nobody knows whether a letter of it arrived. */
export const remindersOfReport = (tx: Tx, reportId: string): Promise<ReminderRow[]> =>
  tx.rows<ReminderRow>(
    `SELECT o.period_key AS step, o.due_at AS "dueAt",
       CASE WHEN o.state = 'done' AND doubt.letters > 0 THEN 'uncertain' ELSE o.state END AS state,
       CASE WHEN doubt.letters > 0 THEN 'nobody knows whether it arrived' ELSE o.note END AS note
     FROM occurrences o CROSS JOIN LATERAL (
       SELECT count(*) AS letters FROM mail_messages m WHERE m.cause_kind = o.kind AND m.cause_id = o.subject_id
         AND m.cause_key = o.period_key AND m.state = 'uncertain') AS doubt
     WHERE o.kind = 'report.remind' AND o.subject_id = $1 ORDER BY o.due_at, o.id`,
    [reportId],
  );
