import type { Day } from '../../../maths/day.js';
import type { Tx } from '../../../platform/database/tx.js';
import { notFound } from '../../../platform/errors/domain-error.js';
import type { CancellationState } from '../invoice.rules.js';

/** A cancellation of what is open of an invoice. Minor units. */
export interface OutcomeCancellation {
  id: string;
  coalitionId: string;
  invoiceId: string;
  amount: bigint;
  currency: string;
  occurredOn: Day;
  reason: string;
  state: CancellationState;
  approvalId: string;
  madeBy: string;
  madeAt: Date;
  entryId: string | null;
}

const cancellations = `
  SELECT c.id, c.coalition_id AS "coalitionId", c.invoice_id AS "invoiceId", c.amount, c.currency,
    c.occurred_on AS "occurredOn", c.reason, c.state, c.approval_id AS "approvalId", p.name AS "madeBy",
    c.made_at AS "madeAt", c.entry_id AS "entryId"
  FROM outcome_cancellations c JOIN persons p ON p.id = c.made_by`;

/** @throws notFound */
export async function readCancellation(tx: Tx, cancellationId: string): Promise<OutcomeCancellation> {
  const cancellation = await tx.row<OutcomeCancellation>(`${cancellations} WHERE c.id = $1`, [
    cancellationId,
  ]);
  if (!cancellation) throw notFound('cancellation of an invoice');
  return cancellation;
}

/** Those of an invoice, whatever became of them, the newest first. */
export const cancellationsOf = (tx: Tx, invoiceId: string): Promise<OutcomeCancellation[]> =>
  tx.rows<OutcomeCancellation>(
    `${cancellations} WHERE c.invoice_id = $1 ORDER BY c.made_at DESC, c.id DESC`,
    [invoiceId],
  );

/** The last day on which something happened to an invoice: its issue, or the last receipt that stands. */
export async function lastMoveOfInvoice(tx: Tx, invoiceId: string): Promise<Day> {
  const row = await tx.row<{ on: Day }>(
    `SELECT greatest(i.issued_on, max(r.received_on)) AS "on" FROM outcome_invoices i
     LEFT JOIN outcome_receipts r ON r.invoice_id = i.id AND r.reversed_at IS NULL WHERE i.id = $1 GROUP BY i.id`,
    [invoiceId],
  );
  return row!.on;
}
