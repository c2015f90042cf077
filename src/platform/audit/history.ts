import type { Tx } from '../database/tx.js';

/** Something that happened to a subject, as its page tells it. */
export interface HistoryEvent {
  at: Date;
  /** The person, or the job that worked for nobody. */
  who: string;
  action: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  reason: string | null;
}

/** What happened to a subject that the actor may see, newest first, `most` at most. */
export function historyOf(tx: Tx, subject: { kind: string; id: string }, most = 50): Promise<HistoryEvent[]> {
  return tx.rows<HistoryEvent>(
    `SELECT e.at, coalesce(p.name, e.job, 'Somebody') AS who, e.action, e.before, e.after, e.reason
     FROM audit_events e LEFT JOIN persons p ON p.id = e.person_id
     WHERE e.subject_kind = $1 AND e.subject_id = $2 ORDER BY e.at DESC, e.id DESC LIMIT ${most}`,
    [subject.kind, subject.id],
  );
}
