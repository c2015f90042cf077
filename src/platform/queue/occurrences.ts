import type { Tx } from '../database/tx.js';
import { takeBack } from '../mail/take-back.js';
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

/** Calls off what is still waiting for these subjects, saying why, and takes back the letters about it. */
export async function callOff(
  tx: Tx,
  kind: OccurrenceKind,
  subjectIds: string[],
  note: string,
): Promise<number> {
  // Whoever is writing a letter holds its occurrence: waited for first, their letter is taken back too.
  const skipped = await tx.run(
    `UPDATE occurrences SET state = 'skipped', ended_at = $3, note = $4
     WHERE kind = $1 AND subject_id = ANY ($2::uuid[]) AND state = 'waiting'`,
    [kind, subjectIds, tx.now, note],
  );
  await takeBack(tx, { kind, subjectIds });
  return skipped;
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

/** Puts off what is not ended yet. */
export async function putOff(
  tx: Tx,
  { id }: { id: string },
  { retryAt, reason }: { retryAt: Date; reason: string | null },
): Promise<void> {
  await tx.run(
    `UPDATE occurrences SET retry_at = $2, last_error = coalesce($3, last_error) WHERE id = $1 AND state = 'waiting'`,
    [id, retryAt, reason],
  );
}
