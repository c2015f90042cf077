import { sum } from '../../../maths/money.js';
import type { Tx } from '../../../platform/database/tx.js';
import type { ControlTotal } from '../../documents/report-document.js';
import { entryParameters, type ReportOrder, untilEnd } from '../../documents/report-order.js';
import type { KeptInstalment } from './instalments-then.js';
import type { KeptPledgePart } from './pledges-then.js';

/** What is planned to come, held to pledges receivable: pledge by pledge, at the planning rates that are kept. */
export async function pledgesTie(
  tx: Tx,
  order: ReportOrder,
  parts: readonly KeptPledgePart[],
): Promise<ControlTotal> {
  const factors = Object.fromEntries(parts.map(({ pledgeId, factor }) => [pledgeId, factor]));
  const row = await tx.row<{ receivable: bigint }>(
    `SELECT coalesce(sum(floor(open * coalesce(($6::jsonb ->> pledge_id::text)::numeric, 1))), 0)::bigint AS receivable
     FROM (SELECT a.subject_id AS pledge_id, sum(p.amount) AS open
       FROM journal_entries e JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.account_id
       WHERE ${untilEnd(order)} AND a.kind = 'pledgesReceivable' GROUP BY a.subject_id) AS pledge`,
    [...entryParameters(order), JSON.stringify(factors)],
  );
  return {
    name: 'Still to come of pledges, and pledges receivable',
    report: sum(parts.map(({ inPool }) => BigInt(inPool))),
    ledger: row!.receivable,
  };
}

/** What is planned to go out, held to both sides of the commitment to grants. */
export async function instalmentsTie(
  tx: Tx,
  order: ReportOrder,
  instalments: readonly KeptInstalment[],
): Promise<ControlTotal[]> {
  const row = await tx.row<{ outstanding: bigint; committed: bigint }>(
    `SELECT -coalesce(sum(p.amount) FILTER (WHERE a.kind = 'grantsOutstanding'), 0)::bigint AS outstanding,
       coalesce(sum(p.amount) FILTER (WHERE a.kind = 'committedToGrants'), 0)::bigint AS committed
     FROM journal_entries e JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.account_id
     WHERE ${untilEnd(order)}`,
    entryParameters(order),
  );
  const report = sum(instalments.map(({ amount }) => BigInt(amount)));
  return [
    { name: 'Unpaid instalments, and grants outstanding', report, ledger: row!.outstanding },
    { name: 'Unpaid instalments, and what is committed to grants', report, ledger: row!.committed },
  ];
}
