import { audit } from '../audit/audit.js';
import type { Tx } from '../database/tx.js';
import { DomainError } from '../errors/domain-error.js';

/**
 * Queues a mail once more because a person decided so, knowing that it may arrive twice. Nothing sends one again by
 * itself.
 * @throws stateForbids where its fate is known, or what it asks for was done meanwhile
 */
export async function sendAgain(
  tx: Tx,
  { id, coalitionId }: { id: string; coalitionId: string | null },
): Promise<void> {
  const before = await tx.row<{ state: string; lastError: string | null; isDone: boolean }>(
    `SELECT state, last_error AS "lastError", called_off_at IS NOT NULL AS "isDone" FROM mail_messages WHERE id = $1 FOR UPDATE`,
    [id],
  );
  if (!before || !['failed', 'uncertain', 'kept'].includes(before.state)) {
    const sentence = 'Only a mail that failed, is uncertain, or was kept can be sent again.';
    throw new DomainError('stateForbids', sentence);
  }
  if (before.isDone)
    throw new DomainError(
      'stateForbids',
      'What it asks for was done meanwhile, so there is nothing to send.',
    );
  await tx.run(`UPDATE mail_messages SET state = 'queued', retry_at = NULL, attempts = 0 WHERE id = $1`, [
    id,
  ]);
  await audit(tx, {
    coalitionId,
    action: 'mail.sentAgain',
    subject: { kind: 'mail', id },
    before: { state: before.state, lastError: before.lastError },
  });
}
