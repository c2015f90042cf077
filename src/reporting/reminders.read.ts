import type { Tx } from '../platform/database/tx.js';

/** A reminder of a report, and what became of it. */
export interface ReminderRow {
  step: string;
  dueAt: Date;
  state: string;
  note: string | null;
}

/** The reminders of a report, in their order. */
export const remindersOfReport = (tx: Tx, reportId: string): Promise<ReminderRow[]> =>
  tx.rows<ReminderRow>(
    `SELECT period_key AS step, due_at AS "dueAt", state, note FROM occurrences
     WHERE kind = 'report.remind' AND subject_id = $1 ORDER BY due_at, id`,
    [reportId],
  );
