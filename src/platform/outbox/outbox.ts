import type { Tx } from '../database/tx.js';
import type { Topic } from '../queue/job-kinds.js';

export interface OutboxMessage {
  id: string;
  coalitionId: string;
  topic: Topic;
  /** Ids only: the handler reads what they name. */
  payload: Record<string, string>;
}

/**
 * Tells a later room that something happened, in the transaction in which it happens: it is told if and only
 * if this commits. The relay wakes the handler; the row stays open until the handler has done its work.
 */
export async function tell(
  tx: Tx,
  coalitionId: string,
  topic: Topic,
  payload: Record<string, string>,
): Promise<void> {
  await tx.run(
    `INSERT INTO outbox_messages (coalition_id, topic, payload, created_at) VALUES ($1, $2, $3, $4)`,
    [coalitionId, topic, JSON.stringify(payload), tx.now],
  );
}
