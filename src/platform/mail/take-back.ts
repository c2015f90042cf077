import type { Tx } from '../database/tx.js';

/** Which letters are taken back. */
export interface DoneMatters {
  /** What they were sent for: their cause's kind. */
  kind: string;
  subjectIds: string[];
  /** Only those to this person: it is done for them, and not yet for others. */
  personId?: string;
}

/**
 * Takes letters back whose matter is done: what has not left yet, because it waits for a digest or for the mail server,
 * stays in the inbox alone. One that is on its way may arrive; should the mail server refuse it for now, it is not tried
 * again. A letter that tells of several matters is taken back when the last of them is done.
 */
export async function takeBack(tx: Tx, { kind, subjectIds, personId }: DoneMatters): Promise<number> {
  const isOver = `about <@ (done || $2::uuid[])`;
  return tx.run(
    `UPDATE mail_messages SET done = ARRAY (SELECT unnest(about) INTERSECT SELECT unnest(done || $2::uuid[])),
       called_off_at = CASE WHEN ${isOver} THEN $3 ELSE called_off_at END,
       retry_at = CASE WHEN NOT ${isOver} THEN retry_at END,
       state = CASE WHEN ${isOver} AND state IN ('queued', 'waiting') THEN 'withdrawn' ELSE state END
     WHERE cause_kind = $1 AND about && $2::uuid[] AND state IN ('queued', 'waiting', 'sending', 'uncertain', 'failed')
       AND ($4::uuid IS NULL OR person_id = $4)`,
    [kind, subjectIds, tx.now, personId ?? null],
  );
}
