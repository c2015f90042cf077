import type { Day } from '../maths/day.js';
import type { Tx } from '../platform/database/tx.js';

export const matters = [
  'approvals',
  'votesMissing',
  'paymentsDue',
  'paymentsToRecord',
  'instalmentsHeld',
  'reportsOverdue',
  'reportsReturned',
  'reportsToReview',
  'reportsDue',
  'claimsToVerify',
  'outcomeInvoicesLate',
  'pledgesLate',
  'pledgesDue',
  'lettersInDoubt',
] as const;
export type Matter = (typeof matters)[number];

/** Something that waits in one coalition, for a person with the seats they have in it. */
export interface Attention {
  matter: Matter;
  coalitionId: string;
  coalition: string;
  /** In the coalition's time zone. */
  today: Day;
  count: number;
  /** The oldest of them: when it was or will be due, or was asked for. */
  since: Day;
  /** The oldest of them: an approval, an instalment, a payment, a report, a claim, an invoice, a pledge or a letter. */
  firstId: string;
}

/** What waits for a person, in all their coalitions or in one: the order of `matters`, then the oldest first. */
export async function readAttention(tx: Tx, personId: string, coalitionId?: string): Promise<Attention[]> {
  const found = await tx.rows<Attention>(
    `WITH seats AS (${seats}), waiting AS (${waiting.join(' UNION ALL ')})
     SELECT w.matter, s.coalition_id AS "coalitionId", s.name AS coalition, s.today, count(*)::int AS count,
       min(w.day) AS since, (array_agg(w.id ORDER BY w.day, w.id))[1] AS "firstId"
     FROM waiting w JOIN seats s ON s.coalition_id = w.coalition_id
     GROUP BY w.matter, s.coalition_id, s.name, s.today ORDER BY min(w.day), s.name`,
    [personId, tx.now, coalitionId ?? null],
  );
  return matters.flatMap((matter) => found.filter((attention) => attention.matter === matter));
}

const seats = `
  SELECT c.id AS coalition_id, c.name, c.time_zone, t.today, array_agg(DISTINCT m.role) AS roles,
    array_remove(array_agg(DISTINCT m.organisation_id), NULL) AS organisations
  FROM coalitions c CROSS JOIN LATERAL (SELECT ($2::timestamptz AT TIME ZONE c.time_zone)::date AS today) t
  JOIN memberships m ON m.coalition_id = c.id AND m.person_id = $1
    AND m.since_on <= t.today AND (m.until_on IS NULL OR m.until_on >= t.today)
  WHERE $3::uuid IS NULL OR c.id = $3 GROUP BY c.id, c.name, c.time_zone, t.today`;

const openPledges = `
  (SELECT p.id, p.coalition_id, p.funder_id, i.due_on FROM pledges p JOIN pledge_instalments i ON i.pledge_id = p.id
   WHERE p.state = 'signed' AND i.received < i.amount)`;

/** Claims that were handed in, with who the contract says verifies them. */
const submittedClaims = `
  (SELECT c.id, c.coalition_id, c.submitted_at AS made_at, c.made_by, c.submitted_by,
     v.terms -> 'verifier' ->> 'organisationId' AS verifier_id, v.terms -> 'verifier' ->> 'personId' AS verifying_person_id
   FROM outcome_claims c JOIN bonds b ON b.id = c.bond_id
   JOIN bond_versions v ON v.bond_id = b.id AND v.number = b.signed_version WHERE c.state = 'submitted')`;

const isOne = (...roles: string[]): string =>
  `s.roles && ARRAY[${roles.map((role) => `'${role}'`).join(', ')}]`;
const isOwn = `x.organisation_id = ANY (s.organisations)`;
const isOwnPledge = `(${isOne('funder')} AND x.funder_id = ANY (s.organisations))`;
const withinAMonth = `x.due_on BETWEEN s.today AND s.today + 30`;
const madeOn = `(x.made_at AT TIME ZONE s.time_zone)::date`;

const waits = (matter: Matter, table: string, day: string, holds: string): string =>
  `SELECT s.coalition_id, '${matter}' AS matter, x.id, ${day} AS day
   FROM seats s JOIN ${table} x ON x.coalition_id = s.coalition_id WHERE ${holds}`;

/** Each matter with whom it waits for: nobody is told what is not theirs to do or to follow up. */
const waiting: readonly string[] = [
  waits(
    'approvals',
    'approvals',
    madeOn,
    `${isOne('approver')} AND x.state = 'open' AND x.made_by <> $1
     AND NOT EXISTS (SELECT 1 FROM approval_signatures g WHERE g.approval_id = x.id AND g.person_id = $1)`,
  ),
  waits(
    'votesMissing',
    'decisions',
    'x.closes_on',
    `x.state = 'open' AND EXISTS (SELECT 1 FROM decision_voters v WHERE v.decision_id = x.id AND v.person_id = $1)
     AND NOT EXISTS (SELECT 1 FROM decision_ballots b WHERE b.decision_id = x.id AND b.person_id = $1)
     AND NOT EXISTS (SELECT 1 FROM decision_recusals r WHERE r.decision_id = x.id AND r.person_id = $1)`,
  ),
  waits(
    'paymentsDue',
    'instalments',
    'x.due_on',
    `${isOne('finance')} AND x.state = 'due' AND NOT EXISTS (
       SELECT 1 FROM disbursements d WHERE d.instalment_id = x.id AND d.state IN ('proposed', 'approved'))`,
  ),
  waits('paymentsToRecord', 'disbursements', madeOn, `${isOne('finance')} AND x.state = 'approved'`),
  waits('instalmentsHeld', 'instalments', 'x.due_on', `${isOne('finance', 'backbone')} AND x.state = 'held'`),
  waits(
    'reportsOverdue',
    'spend_reports',
    'x.due_on',
    `x.state IN ('draft', 'returned') AND x.late_after < s.today AND (s.roles <> ARRAY['partner'] OR ${isOwn})`,
  ),
  waits(
    'reportsReturned',
    'spend_reports',
    'x.due_on',
    `${isOne('partner')} AND ${isOwn} AND x.state = 'returned' AND x.late_after >= s.today`,
  ),
  waits('reportsToReview', 'spend_reports', 'x.due_on', `${isOne('backbone')} AND x.state = 'submitted'`),
  waits(
    'reportsDue',
    'spend_reports',
    'x.due_on',
    `${isOne('partner')} AND ${isOwn} AND x.state = 'draft' AND x.late_after >= s.today AND x.due_on <= s.today + 30`,
  ),
  waits(
    'claimsToVerify',
    submittedClaims,
    madeOn,
    `${isOne('verifier')} AND $1 NOT IN (x.made_by, x.submitted_by)
     AND (x.verifying_person_id::uuid = $1 OR x.verifier_id::uuid = ANY (s.organisations))`,
  ),
  waits(
    'outcomeInvoicesLate',
    'outcome_invoices',
    'x.due_on',
    `${isOne('finance')} AND x.received + x.cancelled < x.amount AND x.due_on < s.today`,
  ),
  waits(
    'pledgesLate',
    openPledges,
    'x.due_on',
    `x.due_on < s.today AND (${isOne('finance', 'backbone')} OR ${isOwnPledge})`,
  ),
  waits('pledgesDue', openPledges, 'x.due_on', `${withinAMonth} AND ${isOwnPledge}`),
  waits(
    'lettersInDoubt',
    'mail_messages',
    `(x.created_at AT TIME ZONE s.time_zone)::date`,
    `${isOne('backbone')} AND x.state IN ('uncertain', 'failed') AND x.called_off_at IS NULL`,
  ),
];
