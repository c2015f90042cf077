import type { Tx } from '../database/tx.js';
import type { OccurrenceKind } from './job-kinds.js';

/** Work that is due once: for this subject, this period, by this channel. */
export interface PlannedOccurrence {
  coalitionId: string;
  kind: OccurrenceKind;
  subjectId: string;
  periodKey: string;
  channel: 'ledger' | 'mail' | 'report';
  dueAt: Date;
}

export interface DueOccurrence extends PlannedOccurrence {
  id: string;
  attempts: number;
}

/** How an occurrence ended. `skipped` says in its note why nothing had to be done. */
export interface Outcome {
  state: 'done' | 'skipped';
  note?: string;
}

/** Plans work. What is planned already is left as it is: planning twice plans once. */
export async function planOccurrences(tx: Tx, planned: PlannedOccurrence[]): Promise<void> {
  if (planned.length === 0) return;
  await tx.run(
    `INSERT INTO occurrences (coalition_id, kind, subject_id, period_key, channel, due_at)
     SELECT coalition_id, kind, subject_id, period_key, channel, due_at
     FROM jsonb_to_recordset($1::jsonb) AS o (coalition_id uuid, kind text, subject_id uuid, period_key text, channel text, due_at timestamptz)
     ON CONFLICT (kind, subject_id, period_key, channel) DO NOTHING`,
    [
      JSON.stringify(
        planned.map((one) => ({
          coalition_id: one.coalitionId,
          kind: one.kind,
          subject_id: one.subjectId,
          period_key: one.periodKey,
          channel: one.channel,
          due_at: one.dueAt.toISOString(),
        })),
      ),
    ],
  );
}

/**
 * Calls off what is still waiting for these subjects, saying why; a letter about it that has not left yet, because
 * it waits for a digest or for the mail server, stays in the inbox alone. One that is on its way may arrive; should
 * the mail server refuse it for now, it is not tried again.
 */
export async function callOff(
  tx: Tx,
  kind: OccurrenceKind,
  subjectIds: string[],
  note: string,
): Promise<number> {
  await tx.run(
    `UPDATE mail_messages SET called_off_at = $3, retry_at = NULL,
       state = CASE WHEN state IN ('queued', 'waiting') THEN 'withdrawn' ELSE state END
     WHERE cause_kind = $1 AND cause_id = ANY ($2::uuid[]) AND state IN ('queued', 'waiting', 'sending', 'uncertain')`,
    [kind, subjectIds, tx.now],
  );
  return tx.run(
    `UPDATE occurrences SET state = 'skipped', ended_at = $3, note = $4
     WHERE kind = $1 AND subject_id = ANY ($2::uuid[]) AND state = 'waiting'`,
    [kind, subjectIds, tx.now, note],
  );
}

/** Claims what is due, oldest first, for the transaction that does the work: a lost worker loses nothing. */
export async function claimDue(
  tx: Tx,
  kind: OccurrenceKind,
  coalitionId: string,
  most: number,
): Promise<DueOccurrence[]> {
  return tx.rows<DueOccurrence>(
    `SELECT id, coalition_id AS "coalitionId", kind, subject_id AS "subjectId", period_key AS "periodKey", channel,
            due_at AS "dueAt", attempts
     FROM occurrences
     WHERE kind = $1 AND coalition_id = $2 AND state = 'waiting' AND due_at <= $3 AND (retry_at IS NULL OR retry_at <= $3)
     ORDER BY due_at, id LIMIT $4 FOR UPDATE SKIP LOCKED`,
    [kind, coalitionId, tx.now, most],
  );
}

/** Writes how claimed work ended. */
export async function endOccurrences(tx: Tx, ended: { id: string; outcome: Outcome }[]): Promise<void> {
  await tx.run(
    `UPDATE occurrences o SET state = e.state, note = e.note, ended_at = $2
     FROM jsonb_to_recordset($1::jsonb) AS e (id uuid, state text, note text) WHERE o.id = e.id AND o.state = 'waiting'`,
    [
      JSON.stringify(
        ended.map(({ id, outcome }) => ({ id, state: outcome.state, note: outcome.note ?? null })),
      ),
      tx.now,
    ],
  );
}
