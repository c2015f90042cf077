import type { Tx } from '../platform/database/tx.js';
import type { SpendReport } from './spend-reports.read.js';

/** Keeps which payments a report counts as received, so that no other report counts them too. */
export async function countPayments(tx: Tx, { coalitionId, id, payments }: SpendReport): Promise<void> {
  await tx.run(
    `INSERT INTO reported_disbursements (coalition_id, spend_report_id, disbursement_id)
     SELECT $1, $2, id FROM unnest($3::uuid[]) AS id`,
    [coalitionId, id, payments.map(({ disbursementId }) => disbursementId)],
  );
}
