import { coalitionCalendar } from '../coalitions/coalition.js';
import { addDays, type Day } from '../maths/day.js';
import type { Tx } from '../platform/database/tx.js';
import { type GoalSpend, spendByGoal } from './spend-by-goal.js';
import { type Standing, standingOf } from './spend-report.rules.js';
import { type SpendReportRow, spendReports } from './spend-reports.read.js';

/** Where a report stands on the board: what waits longest for somebody comes first. */
export const boardColumns = ['late', 'submitted', 'returned', 'due', 'upcoming', 'accepted'] as const;
export type BoardColumn = (typeof boardColumns)[number];

export interface ReportsBoard {
  coalitionId: string;
  today: Day;
  timeZone: string;
  reports: Record<BoardColumn, SpendReportRow[]>;
  /** True where a coalition has more of them than one board holds: the list has them all. */
  isCut: boolean;
  /** By accepted reports; empty for a partner, who sees its own reports only. */
  spent: GoalSpend[];
}

const horizonDays = 90;
const mostReports = 1000;

/**
 * What is going on with the reports of a coalition: everything that is late, under way or due within 90 days, and what
 * was accepted in the last 90. `organisationIds` narrows it to a partner's own.
 */
export async function readReportsBoard(
  tx: Tx,
  coalitionId: string,
  organisationIds: string[] | null,
): Promise<ReportsBoard> {
  const { today, timeZone } = await coalitionCalendar(tx, coalitionId);
  const rows = await tx.rows<SpendReportRow>(
    `${spendReports} WHERE r.coalition_id = $2 AND ($3::uuid[] IS NULL OR r.organisation_id = ANY ($3))
       AND r.state NOT IN ('superseded', 'withdrawn')
       AND CASE r.state WHEN 'draft' THEN r.due_on <= $4 WHEN 'accepted' THEN r.reviewed_at >= $5::date ELSE true END
     ORDER BY r.due_on, o.name, r.id LIMIT ${mostReports + 1}`,
    [today, coalitionId, organisationIds, addDays(today, horizonDays), addDays(today, -horizonDays)],
  );
  const reports: ReportsBoard['reports'] = {
    ...{ late: [], submitted: [], returned: [], due: [], upcoming: [], accepted: [] },
  };
  for (const row of rows.slice(0, mostReports)) reports[columnOf(row, today)].push(row);
  reports.accepted.sort((a, b) => b.reviewedAt!.getTime() - a.reviewedAt!.getTime());
  const spent = organisationIds === null ? await spendByGoal(tx, coalitionId) : [];
  return { coalitionId, today, timeZone, reports, isCut: rows.length > mostReports, spent };
}

function columnOf(report: SpendReportRow, today: Day): BoardColumn {
  const standing = standingOf(report, today) as Exclude<Standing, 'superseded' | 'withdrawn'>;
  return report.daysLate > 0 || standing === 'overdue' ? 'late' : standing;
}
