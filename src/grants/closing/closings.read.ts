import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { listPage, type ListQuery, type Page } from '../../platform/http/list.js';
import type { ClosingReport, ClosingStep } from './closing.rules.js';
import type { ClosureState } from './grant-closure.entity.js';

/** What the work's closing comes to: the award becomes what was paid, and the term ends. Minor units. */
export interface OperationalClosing {
  step: 'operational';
  reportId: string | null;
  awardBefore: bigint;
  awardAfter: bigint;
  endOnBefore: Day;
  endOnAfter: Day;
}

/** What the money's closing comes to: what was unspent came back, or stays with the partner. Minor units. */
export interface FinancialClosing {
  step: 'financial';
  reportId: string | null;
  paid: bigint;
  returned: bigint;
  carriedOver: bigint;
}

export type Closing = OperationalClosing | FinancialClosing;

/** A step of a grant's closing with the names of those who asked and decided. */
export interface GrantClosure {
  id: string;
  coalitionId: string;
  grantId: string;
  step: ClosingStep;
  state: ClosureState;
  reason: string;
  closedOn: Day;
  currency: string;
  reportId: string | null;
  awardBefore: bigint | null;
  awardAfter: bigint | null;
  endOnBefore: Day | null;
  endOnAfter: Day | null;
  entryId: string | null;
  paid: bigint | null;
  returned: bigint | null;
  carriedOver: bigint | null;
  approvalId: string | null;
  askedBy: string;
  askedAt: Date;
  decidedBy: string | null;
  decidedAt: Date | null;
  decidedReason: string | null;
}

const closures = `
  SELECT c.id, c.coalition_id AS "coalitionId", c.grant_id AS "grantId", c.step, c.state, c.reason,
    c.closed_on AS "closedOn", c.currency, c.report_id AS "reportId", c.award_before AS "awardBefore",
    c.award_after AS "awardAfter", c.end_on_before AS "endOnBefore", c.end_on_after AS "endOnAfter",
    c.entry_id AS "entryId", c.paid, c.returned, c.carried_over AS "carriedOver", c.approval_id AS "approvalId",
    asker.name AS "askedBy", c.asked_at AS "askedAt", decider.name AS "decidedBy", c.decided_at AS "decidedAt",
    c.decided_reason AS "decidedReason"
  FROM grant_closures c JOIN persons asker ON asker.id = c.asked_by
  LEFT JOIN persons decider ON decider.id = c.decided_by`;

/** @throws notFound */
export async function readClosure(tx: Tx, closureId: string): Promise<GrantClosure> {
  const closure = await tx.row<GrantClosure>(`${closures} WHERE c.id = $1`, [closureId]);
  if (!closure) throw notFound('closing');
  return closure;
}

/** The steps of a grant that are done or asked for, the work first. */
export const closuresOfGrant = (tx: Tx, grantId: string): Promise<GrantClosure[]> =>
  tx.rows<GrantClosure>(
    `${closures} WHERE c.grant_id = $1 AND c.state <> 'rejected' ORDER BY c.step = 'financial'`,
    [grantId],
  );

export const listClosures = (tx: Tx, grantId: string, query: ListQuery): Promise<Page<GrantClosure>> =>
  listPage<GrantClosure>(
    tx,
    {
      sql: `${closures} WHERE c.grant_id = $1`,
      parameters: [grantId],
      sorts: { askedAt: { column: '"askedAt"', type: 'timestamptz' } },
      defaultSort: '-askedAt',
    },
    query,
  );

/** The last report that is asked for of a grant; null where none is. */
export async function lastReport(tx: Tx, grantId: string): Promise<ClosingReport | null> {
  const report = await tx.row<ClosingReport>(
    `SELECT id, period_to AS "periodTo", state, closing FROM spend_reports
     WHERE grant_id = $1 AND stands AND state <> 'withdrawn' ORDER BY number DESC LIMIT 1`,
    [grantId],
  );
  return report ?? null;
}

/** The day of the last payment of a grant that stands; null before the first. */
export async function lastPaidOn(tx: Tx, grantId: string): Promise<Day | null> {
  const row = await tx.row<{ day: Day | null }>(
    `SELECT max(paid_on) AS day FROM disbursements WHERE grant_id = $1 AND state = 'settled'`,
    [grantId],
  );
  return row?.day ?? null;
}
