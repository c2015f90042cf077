import { coalitionCalendar } from '../coalitions/coalition.js';
import { goalsOfGrant } from '../grants/grants.read.js';
import type { Day } from '../maths/day.js';
import type { Tx } from '../platform/database/tx.js';
import { notFound } from '../platform/errors/domain-error.js';
import { type AttachedFile, attachedTo } from '../platform/files/attached-file.js';
import { listPage, type Page } from '../platform/http/list.js';
import { periodText } from './period-text.js';
import { readingsOf, type ReportedSeries } from './readings/report-readings.read.js';
import { commentsOf, type ReportComment } from './report-comments.js';
import type { SpendReportQuery } from './spend-report.dto.js';
import type { SpendReportState } from './spend-report.entity.js';
import { type Balance, balanceOf, type Neighbour, openingAfter } from './spend-report.rules.js';

/** A report as its row holds it. Minor units; figures are null until it is submitted. */
export interface SpendReportRow {
  id: string;
  coalitionId: string;
  requirementId: string;
  grantId: string;
  grantReference: string;
  grantTitle: string;
  organisationId: string;
  organisation: string;
  number: number;
  periodFrom: Day;
  periodTo: Day;
  dueOn: Day;
  /** The last day of grace. */
  lateAfter: Day;
  daysLate: number;
  state: SpendReportState;
  currency: string;
  opening: bigint | null;
  received: bigint | null;
  spent: bigint | null;
  closing: bigint | null;
  story: string;
  learning: string;
  reviewComment: string | null;
  submittedById: string | null;
  submittedBy: string | null;
  submittedAt: Date | null;
  reviewedBy: string | null;
  reviewedAt: Date | null;
  /** Whether it is the report of its period that counts: not a correction that waits, not what was superseded. */
  stands: boolean;
  /** The accepted report that this one corrects, and why. */
  correctsId: string | null;
  correctionReason: string | null;
  /** The report that corrects this one, or is to. */
  correctedById: string | null;
  /** Whether somebody is there to be reminded. */
  hasReaders: boolean;
  version: number;
}

export interface SpendLine {
  goalId: string;
  goal: string;
  amount: bigint;
  note: string;
}

/** A payment that a report counts as received. */
export interface ReportedPayment {
  disbursementId: string;
  instalmentId: string;
  entryId: string;
  paidOn: Day;
  bankReference: string;
  amount: bigint;
}

export interface NeighbourReport extends Neighbour {
  id: string;
  periodFrom: Day;
  periodTo: Day;
}

/** A report with everything on it; its balance is reckoned afresh until it is submitted. */
export interface SpendReport extends Omit<SpendReportRow, keyof Balance>, Balance {
  lines: SpendLine[];
  payments: ReportedPayment[];
  /** What lines may name: the goals of the grant, or else the coalition's. */
  goals: { id: string; name: string }[];
  /** What reviewers asked for at a field, ever. */
  comments: ReportComment[];
  attachments: AttachedFile[];
  /** What is read in it, and what it says of it. */
  readings: ReportedSeries[];
  previous: NeighbourReport | null;
  next: NeighbourReport | null;
  today: Day;
  timeZone: string;
}

/** $1 is the coalition's today. */
export const spendReports = `
  SELECT r.id, r.coalition_id AS "coalitionId", r.requirement_id AS "requirementId", r.grant_id AS "grantId",
    g.reference AS "grantReference", g.title AS "grantTitle", r.organisation_id AS "organisationId",
    o.name AS organisation, r.number, r.period_from AS "periodFrom", r.period_to AS "periodTo", r.due_on AS "dueOn",
    r.late_after AS "lateAfter",
    CASE WHEN r.state IN ('draft', 'returned') AND r.late_after < $1 THEN $1::date - r.due_on ELSE 0 END AS "daysLate",
    r.state, r.currency, r.opening, r.received, r.spent, r.closing, r.story, r.learning,
    r.review_comment AS "reviewComment", r.submitted_by AS "submittedById", author.name AS "submittedBy",
    r.submitted_at AS "submittedAt", reviewer.name AS "reviewedBy", r.reviewed_at AS "reviewedAt", r.version,
    r.stands, r.corrects_id AS "correctsId", r.correction_reason AS "correctionReason", correction.id AS "correctedById",
    EXISTS (SELECT 1 FROM memberships m WHERE m.coalition_id = r.coalition_id AND m.role = 'partner'
      AND m.organisation_id = r.organisation_id AND m.since_on <= $1 AND (m.until_on IS NULL OR m.until_on >= $1))
      AS "hasReaders"
  FROM spend_reports r JOIN grants g ON g.id = r.grant_id JOIN organisations o ON o.id = r.organisation_id
  LEFT JOIN persons author ON author.id = r.submitted_by LEFT JOIN persons reviewer ON reviewer.id = r.reviewed_by
  LEFT JOIN spend_reports correction ON correction.corrects_id = r.id AND correction.state <> 'withdrawn'`;

/** Reports of a grant or a whole coalition; `organisationIds` narrows them to a partner's own. */
export interface SpendReportScope {
  coalitionId: string;
  grantId?: string;
  organisationIds: string[] | null;
}

export async function listSpendReports(
  tx: Tx,
  scope: SpendReportScope,
  query: SpendReportQuery,
): Promise<Page<SpendReportRow>> {
  const { today } = await coalitionCalendar(tx, scope.coalitionId);
  return listPage<SpendReportRow>(
    tx,
    {
      sql: `${spendReports} WHERE r.coalition_id = $2 AND ($3::uuid IS NULL OR r.grant_id = $3)
        AND ($4::uuid[] IS NULL OR r.organisation_id = ANY ($4)) AND ($5::text IS NULL OR r.state = $5)
        AND ($6::boolean IS NULL OR (r.state IN ('draft', 'returned') AND r.late_after < $1) = $6)
        AND ($7::uuid IS NULL OR r.organisation_id = $7) AND ($8::date IS NULL OR r.due_on >= $8)
        AND ($9::date IS NULL OR r.due_on <= $9)`,
      parameters: [
        today,
        scope.coalitionId,
        scope.grantId ?? query.grantId ?? null,
        scope.organisationIds,
        query.state ?? null,
        query.overdue === undefined ? null : query.overdue === 'true',
        query.organisationId ?? null,
        query['dueOn.gte'] ?? null,
        query['dueOn.lte'] ?? null,
      ],
      sorts: {
        dueOn: { column: '"dueOn"', type: 'date' },
        periodFrom: { column: '"periodFrom"', type: 'date' },
        organisation: { column: 'organisation', type: 'text' },
        daysLate: { column: '"daysLate"', type: 'integer' },
      },
      defaultSort: 'dueOn',
    },
    query,
  );
}

/** Every report of a grant, in the order of its periods. */
export const reportsOfGrant = (tx: Tx, grantId: string, today: Day): Promise<SpendReportRow[]> =>
  tx.rows<SpendReportRow>(`${spendReports} WHERE r.grant_id = $2 ORDER BY r.number, r.id`, [today, grantId]);

/** @throws notFound */
export async function readSpendReport(tx: Tx, reportId: string): Promise<SpendReport> {
  const home = await tx.row<{ coalitionId: string }>(
    `SELECT coalition_id AS "coalitionId" FROM spend_reports WHERE id = $1`,
    [reportId],
  );
  if (!home) throw notFound('spend report');
  const { today, timeZone } = await coalitionCalendar(tx, home.coalitionId);
  const row = await tx.row<SpendReportRow>(`${spendReports} WHERE r.id = $2`, [today, reportId]);
  if (!row) throw notFound('spend report');
  const { previous, next } = await neighboursOf(tx, row);
  const lines = await linesOf(tx, reportId);
  const payments = await paymentsOf(tx, row, previous);
  const goals = await goalsToReportOn(tx, row);
  const readings = await readingsOf(tx, { ...row, today, goals });
  const { opening, received, spent, closing } = row;
  const isFrozen = received !== null && spent !== null;
  return {
    ...row,
    ...(isFrozen
      ? { opening, received, spent, closing }
      : balanceOf(openingAfter(previous), payments, lines)),
    lines,
    payments,
    goals,
    comments: await commentsOf(tx, reportId, { goals, readings }),
    attachments: await attachedTo(tx, 'spendReport', reportId),
    readings,
    previous,
    next,
    today,
    timeZone,
  };
}

async function neighboursOf(
  tx: Tx,
  { requirementId, number }: SpendReportRow,
): Promise<{ previous: NeighbourReport | null; next: NeighbourReport | null }> {
  const rows = await tx.rows<Omit<NeighbourReport, 'period'> & { number: number }>(
    `SELECT id, number, state, period_from AS "periodFrom", period_to AS "periodTo", closing
     FROM spend_reports WHERE requirement_id = $1 AND number IN ($2::int - 1, $2::int + 1)
       AND state <> 'withdrawn' AND stands`,
    [requirementId, number],
  );
  const beside = (wanted: number): NeighbourReport | null =>
    rows.map((row) => ({ ...row, period: periodText(row, 'en-GB') })).find((row) => row.number === wanted) ??
    null;
  return { previous: beside(number - 1), next: beside(number + 1) };
}

const linesOf = (tx: Tx, reportId: string): Promise<SpendLine[]> =>
  tx.rows<SpendLine>(
    `SELECT l.goal_id AS "goalId", g.name AS goal, l.amount, l.note
     FROM spend_lines l JOIN goals g ON g.id = l.goal_id WHERE l.spend_report_id = $1 ORDER BY g.name, g.id`,
    [reportId],
  );

/**
 * The settled payments that a report counts as received. Of a submitted report: those it was submitted with. Of an
 * open one: those that were paid by the end of its period and are in no report yet, whenever they were recorded, so
 * that none falls between two reports; the last report also takes what was paid after the grant's end. While the
 * report before is open too, what was paid in that one's period is left to it. A correction counts what the report
 * counts that it corrects: what was recorded since is in the next.
 */
function paymentsOf(
  tx: Tx,
  report: SpendReportRow,
  previous: NeighbourReport | null,
): Promise<ReportedPayment[]> {
  const isFirstOpen = openingAfter(previous) !== null;
  return tx.rows<ReportedPayment>(
    `SELECT d.id AS "disbursementId", d.instalment_id AS "instalmentId", d.entry_id AS "entryId",
       d.paid_on AS "paidOn", d.bank_reference AS "bankReference", d.amount
     FROM disbursements d LEFT JOIN reported_disbursements x ON x.disbursement_id = d.id
     WHERE d.grant_id = $1 AND CASE
       WHEN $3 THEN x.spend_report_id IN (SELECT id FROM spend_reports WHERE requirement_id = $6 AND number = $7)
       ELSE x.id IS NULL AND d.state = 'settled' AND ($5 OR d.paid_on >= $2)
         AND (d.paid_on <= $4 OR NOT EXISTS (
           SELECT 1 FROM spend_reports later WHERE later.requirement_id = $6 AND later.number > $7 AND later.stands
             AND later.state <> 'withdrawn')) END
     ORDER BY d.paid_on, d.id`,
    [
      report.grantId,
      report.periodFrom,
      report.received !== null || report.correctsId !== null,
      report.periodTo,
      isFirstOpen,
      report.requirementId,
      report.number,
    ],
  );
}

/** What spend is reported by: the goals of the grant if it has some, else all goals of the coalition. */
async function goalsToReportOn(tx: Tx, report: SpendReportRow): Promise<{ id: string; name: string }[]> {
  const own = await goalsOfGrant(tx, report.grantId);
  if (own.length > 0) return own;
  return tx.rows(`SELECT id, name FROM goals WHERE coalition_id = $1 ORDER BY name`, [report.coalitionId]);
}
