import type { Day } from '../maths/day.js';
import type { Tx } from '../platform/database/tx.js';
import {
  type CumulatedLine,
  type CumulatedReport,
  cumulate,
  type CumulativeRow,
} from './cumulative.rules.js';

/** Everything that was reported of a grant, beside what the ledger says was paid of it. Minor units. */
export interface CumulativeSpend {
  currency: string;
  periods: { reportId: string; from: Day; to: Day; state: CumulatedReport['state'] }[];
  rows: CumulativeRow[];
  /** Payments that stand in the ledger, and what of them no report has counted yet. */
  paid: bigint;
  notReported: bigint;
}

export async function readCumulativeSpend(
  tx: Tx,
  { id, currency }: { id: string; currency: string },
): Promise<CumulativeSpend> {
  const reports = await tx.rows<CumulatedReport>(
    `SELECT id, period_from AS "periodFrom", period_to AS "periodTo", state, opening, received, spent, closing
     FROM spend_reports WHERE grant_id = $1 AND stands AND state <> 'withdrawn' ORDER BY number`,
    [id],
  );
  const lines = await tx.rows<CumulatedLine>(
    `SELECT l.spend_report_id AS "reportId", l.goal_id AS "goalId", g.name AS goal, l.amount
     FROM spend_lines l JOIN goals g ON g.id = l.goal_id JOIN spend_reports r ON r.id = l.spend_report_id
     WHERE r.grant_id = $1 AND r.stands AND r.state IN ('submitted', 'accepted')`,
    [id],
  );
  const paid = await tx.row<{ paid: bigint; counted: bigint }>(
    `SELECT coalesce(sum(d.amount), 0)::bigint AS paid,
       coalesce(sum(d.amount) FILTER (WHERE x.id IS NOT NULL), 0)::bigint AS counted
     FROM disbursements d JOIN journal_entries e ON e.id = d.entry_id
     LEFT JOIN reported_disbursements x ON x.disbursement_id = d.id
     WHERE d.grant_id = $1 AND d.state = 'settled'`,
    [id],
  );
  return {
    currency,
    periods: reports.map(({ id: reportId, periodFrom, periodTo, state }) => ({
      ...{ reportId, state },
      ...{ from: periodFrom, to: periodTo },
    })),
    rows: cumulate(reports, lines),
    paid: paid!.paid,
    notReported: paid!.paid - paid!.counted,
  };
}
