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
export async function audit(tx: Tx, event: AuditEvent): Promise<void> {
  const { actor } = tx;
  await tx.run(
    `INSERT INTO audit_events
       (coalition_id, at, person_id, job, action, subject_kind, subject_id, before, after, reason, request_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      event.coalitionId,
      tx.now,
      actor.personId ?? null,
      actor.kind === 'person' ? null : actor.job,
      event.action,
      event.subject.kind,
      event.subject.id,
      event.before === undefined ? null : canonical(event.before),
      event.after === undefined ? null : canonical(event.after),
      event.reason ?? null,
      actor.requestId ?? null,
    ],
  );
}
