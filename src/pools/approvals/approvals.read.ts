import type { Tx } from '../../platform/database/tx.js';
import { listPage, type Page } from '../../platform/http/list.js';
import type { ApprovalQuery } from './approval.dto.js';
import { type Approval, approvalColumns, type Verdict } from './approvals.service.js';
import { steadsIn } from './signatory.js';

export interface ApprovalScope {
  coalitionId?: string;
  /** Only in coalitions where this person has a seat other than a partner's. */
  overseenBy?: string;
}

/** Approvals of a coalition, or of all that a person oversees, oldest first. */
export function listApprovals(
  tx: Tx,
  { coalitionId, overseenBy }: ApprovalScope,
  query: ApprovalQuery,
): Promise<Page<Approval>> {
  return listPage<Approval>(
    tx,
    {
      sql: `${approvalColumns} WHERE ($1::uuid IS NULL OR a.coalition_id = $1) AND ($2::text IS NULL OR a.state = $2)
        AND ($3::uuid IS NULL OR ${overseenOn('$3', '$4')}) AND ($5::text IS NULL OR a.subject_kind = $5)`,
      parameters: [
        coalitionId ?? null,
        query.state ?? null,
        overseenBy ?? null,
        today(tx),
        query.subjectKind ?? null,
      ],
      sorts: {
        madeAt: { column: '"madeAt"', type: 'timestamptz' },
        summary: { column: 'summary', type: 'text' },
      },
      defaultSort: 'madeAt',
    },
    query,
  );
}

const today = (tx: Tx): string => tx.now.toISOString().slice(0, 10);

const seat = (person: string, day: string, role: string): string =>
  `EXISTS (SELECT 1 FROM memberships m WHERE m.coalition_id = a.coalition_id AND m.person_id = ${person}
     AND m.role ${role} AND m.since_on <= ${day} AND (m.until_on IS NULL OR m.until_on >= ${day}))`;

const overseenOn = (person: string, day: string): string => seat(person, day, `<> 'partner'`);

/** Open, asked for by somebody else, and this person may sign it and has not. */
const waitsFor = (person: string, day: string): string => `a.state = 'open' AND a.made_by <> ${person}
  AND NOT EXISTS (SELECT 1 FROM approval_signatures s WHERE s.approval_id = a.id AND s.person_id = ${person})
  AND (${seat(person, day, `= 'approver'`)} OR EXISTS (${steadsIn(person, day)}))`;

/** How many approvals this person may give, and has not given yet, in all their coalitions. */
export async function countWaiting(tx: Tx, personId: string): Promise<number> {
  const row = await tx.row<{ waiting: number }>(
    `SELECT count(*)::int AS waiting FROM approvals a WHERE ${waitsFor('$1', '$2')}`,
    [personId, today(tx)],
  );
  return row?.waiting ?? 0;
}

/** An approval in somebody's inbox: for them to decide, for others to, or decided. */
export interface InboxApproval extends Approval {
  coalitionName: string;
  poolName: string | null;
  timeZone: string;
  place: 'mine' | 'others' | 'ended';
  /** In whose stead it would be signed, where not by one's own seat. */
  inSteadOf: string | null;
  endedAt: Date | null;
}

/** The most that an inbox shows of what is open in each place, and of what was decided. */
const mostOpen = 100;
const mostEnded = 20;

/** What was asked for in all coalitions that a person oversees: open ones oldest first, ended ones newest first. */
export async function readInbox(tx: Tx, personId: string): Promise<InboxApproval[]> {
  return tx.rows<InboxApproval>(
    `WITH seen AS (
       SELECT a.id, a.ended_at AS "endedAt", c.name AS "coalitionName", c.time_zone AS "timeZone", p.name AS "poolName",
         CASE WHEN ${seat('$1', '$2', `= 'approver'`)} THEN NULL
           ELSE (SELECT stead.name FROM (${steadsIn('$1', '$2')}) AS stead LIMIT 1) END AS "inSteadOf",
         CASE WHEN ${waitsFor('$1', '$2')} THEN 'mine' WHEN a.state = 'open' THEN 'others' ELSE 'ended' END AS place
       FROM approvals a JOIN coalitions c ON c.id = a.coalition_id LEFT JOIN pools p ON p.id = a.pool_id
       WHERE ${overseenOn('$1', '$2')}),
     asked AS (${approvalColumns}),
     ranked AS (
       SELECT *, row_number() OVER (PARTITION BY place ORDER BY "endedAt" DESC NULLS LAST, "madeAt", id) AS rank
       FROM seen JOIN asked USING (id))
     SELECT * FROM ranked WHERE rank <= CASE place WHEN 'ended' THEN ${mostEnded} ELSE ${mostOpen} END ORDER BY place, rank`,
    [personId, today(tx)],
  );
}

/** What one person said to an approval. */
export interface Signature {
  personId: string;
  name: string;
  /** The approver in whose stead it was given. */
  inSteadOf: string | null;
  verdict: Verdict;
  reason: string | null;
  at: Date;
}

export const signaturesOf = (tx: Tx, approvalId: string): Promise<Signature[]> =>
  tx.rows<Signature>(
    `SELECT s.person_id AS "personId", p.name, f.name AS "inSteadOf", s.verdict, s.reason, s.at
     FROM approval_signatures s JOIN persons p ON p.id = s.person_id LEFT JOIN persons f ON f.id = s.for_person_id WHERE s.approval_id = $1 ORDER BY s.at, s.id`,
    [approvalId],
  );

/** The approver in whose stead somebody could sign an approval today; null where there is none. */
export async function steadOf(tx: Tx, approvalId: string, personId: string): Promise<string | null> {
  const stead = await tx.row<{ name: string }>(
    `SELECT stead.name FROM approvals a CROSS JOIN LATERAL (${steadsIn('$2::uuid', '$3::date')}) AS stead WHERE a.id = $1 LIMIT 1`,
    [approvalId, personId, today(tx)],
  );
  return stead?.name ?? null;
}

/** Somebody who can sign an approval and has not yet. */
export interface Signatory {
  personId: string;
  name: string;
  email: string;
  locale: string;
  /** In whose stead they would sign; null where by their own seat. */
  inSteadOf: string | null;
}

/** Who can sign each of these approvals of a coalition today and has not: approvers, and who signs in their stead. */
export async function signatoriesOf(
  tx: Tx,
  coalitionId: string,
  approvalIds: string[],
): Promise<Map<string, Signatory[]>> {
  const rows = await tx.rows<Signatory & { approvalId: string }>(
    `SELECT a.id AS "approvalId", reader.id AS "personId", reader.name, reader.email, reader.locale,
       CASE WHEN ${seat('reader.id', '$3', `= 'approver'`)} THEN NULL
         ELSE (SELECT stead.name FROM (${steadsIn('reader.id', '$3')}) AS stead LIMIT 1) END AS "inSteadOf"
     FROM approvals a
     JOIN persons reader ON reader.id IN (SELECT m.person_id FROM memberships m WHERE m.coalition_id = $1)
     WHERE a.coalition_id = $1 AND a.id = ANY ($2::uuid[]) AND ${waitsFor('reader.id', '$3')} ORDER BY a.id, reader.name, reader.id`,
    [coalitionId, approvalIds, today(tx)],
  );
  const byApproval = new Map<string, Signatory[]>();
  for (const { approvalId, ...signatory } of rows)
    byApproval.set(approvalId, [...(byApproval.get(approvalId) ?? []), signatory]);
  return byApproval;
}
