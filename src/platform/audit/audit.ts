import { canonical } from '../http/once.js';
import type { Tx } from '../database/tx.js';

export interface AuditEvent {
  /** Null for what belongs to the installation: signing in, accounts. */
  coalitionId: string | null;
  /** `noun.pastTense`: `grant.awarded`. */
  action: string;
  subject: { kind: string; id: string | null };
  before?: unknown;
  after?: unknown;
  reason?: string;
}

/** Writes who did what, when, and how it changed, in the transaction that does it. */
export const audit = (tx: Tx, event: AuditEvent): Promise<void> => auditAll(tx, [event]);

/** The same of many events, in one statement. */
export async function auditAll(tx: Tx, events: readonly AuditEvent[]): Promise<void> {
  if (events.length === 0) return;
  const { actor } = tx;
  const rows = events.map(({ coalitionId, action, subject, before, after, reason }) => ({
    coalition_id: coalitionId,
    action,
    subject_kind: subject.kind,
    subject_id: subject.id,
    before,
    after,
    reason,
  }));
  await tx.run(
    `INSERT INTO audit_events
       (coalition_id, at, person_id, job, action, subject_kind, subject_id, before, after, reason, request_id)
     SELECT coalition_id, $2, $3, $4, action, subject_kind, subject_id, before, after, reason, $5
     FROM jsonb_to_recordset($1::jsonb) AS e (coalition_id uuid, action text, subject_kind text, subject_id uuid,
       before jsonb, after jsonb, reason text)`,
    [
      canonical(rows),
      tx.now,
      actor.personId ?? null,
      actor.kind === 'person' ? null : actor.job,
      actor.requestId ?? null,
    ],
  );
}
