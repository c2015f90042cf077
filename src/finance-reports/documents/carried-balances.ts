import type { Tx } from '../../platform/database/tx.js';
import type { ControlTotal } from './report-document.js';
import { entryParameters, type ReportOrder, untilEnd } from './report-order.js';

/**
 * The balances that accounts carry beside their postings, kind by kind and currency by currency of the pool. Only where
 * nothing was posted outside of the report is there something to compare: so it is no part of the report, which says the
 * same whenever it is made again.
 */
export async function carriedBalances(
  tx: Tx,
  order: Pick<ReportOrder, 'pool' | 'asOf' | 'period' | 'basis'>,
): Promise<ControlTotal[]> {
  return tx.rows<ControlTotal>(
    `SELECT a.kind || ', carried by its accounts' AS name, coalesce(sum(s.posted), 0)::bigint AS report,
       sum(a.balance)::bigint AS ledger
     FROM accounts a LEFT JOIN (
       SELECT p.account_id, sum(p.amount) AS posted FROM postings p JOIN journal_entries e ON e.id = p.entry_id
       WHERE ${untilEnd(order)} GROUP BY p.account_id) AS s ON s.account_id = a.id
     WHERE a.pool_id = $1 AND NOT EXISTS (
       SELECT 1 FROM journal_entries e WHERE e.pool_id = $1 AND NOT (${untilEnd(order)}))
     GROUP BY a.kind ORDER BY a.kind`,
    entryParameters(order),
  );
}
