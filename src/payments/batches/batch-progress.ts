import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';

/**
 * Ends the batch that a payment lives in, once the bank has made all of its payments or sent them back. Called by
 * whoever records one of them, under the pool's lock.
 */
export async function endBatchWhenPaid(tx: Tx, disbursementId: string): Promise<void> {
  const ended = await tx.row<{ id: string; coalitionId: string }>(
    `UPDATE payment_batches b SET state = 'done', ended_at = $2, version = version + 1
     FROM payment_batch_lines mine
     WHERE mine.disbursement_id = $1 AND mine.living AND b.id = mine.batch_id AND b.state IN ('released', 'sent')
       AND NOT EXISTS (
         SELECT 1 FROM payment_batch_lines l JOIN disbursements d ON d.id = l.disbursement_id
         WHERE l.batch_id = b.id AND d.state NOT IN ('settled', 'returned'))
     RETURNING b.id, b.coalition_id AS "coalitionId"`,
    [disbursementId, tx.now],
  );
  if (!ended) return;
  await audit(tx, {
    coalitionId: ended.coalitionId,
    action: 'paymentBatch.done',
    subject: { kind: 'paymentBatch', id: ended.id },
  });
}
