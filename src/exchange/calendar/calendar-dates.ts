import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';

export const dateKinds = [
  'spendReport',
  'instalment',
  'pledgeInstalment',
  'vote',
  'outcomeInvoice',
  'drawdownCall',
  'curveAction',
] as const;
export type DateKind = (typeof dateKinds)[number];

/** A day on which something is due, and what it is about. */
export interface CalendarDate {
  kind: DateKind;
  id: string;
  coalition: string;
  dueOn: Day;
  /** Of whom, to whom or about what: a partner, a funder, a motion. */
  about: string;
  /** What it belongs to: a grant, a pledge, a bond. */
  of: string;
  /** Minor units, open part; null where no money is due. */
  amount: bigint | null;
  currency: string | null;
  /** Of its page. */
  path: string;
}

const isOne = (...roles: string[]): string =>
  `s.roles && ARRAY[${roles.map((role) => `'${role}'`).join(', ')}]`;
const seesThePool = `s.roles <> ARRAY['partner']`;
const isOwn = (column: string): string => `${column} = ANY (s.organisations)`;

/**
 * What is due between two days to a person, by the seats they have: a partner its own reports and instalments, a
 * funder its own pledges, those who run the coalition all of them; and to everybody what is theirs alone, their
 * votes and actions.
 */
export async function readCalendarDates(
  tx: Tx,
  personId: string,
  from: Day,
  to: Day,
): Promise<CalendarDate[]> {
  return tx.rows<CalendarDate>(
    `WITH seats AS (
       SELECT c.id AS coalition_id, c.name, array_agg(DISTINCT m.role) AS roles,
         array_remove(array_agg(DISTINCT m.organisation_id), NULL) AS organisations
       FROM coalitions c JOIN memberships m ON m.coalition_id = c.id AND m.person_id = $1
       CROSS JOIN LATERAL (SELECT ($4::timestamptz AT TIME ZONE c.time_zone)::date AS today) t
       WHERE m.since_on <= t.today AND (m.until_on IS NULL OR m.until_on >= t.today)
       GROUP BY c.id, c.name)
     SELECT d.kind, d.id, s.name AS coalition, d.due_on AS "dueOn", d.about, d.of, d.amount, d.currency, d.path
     FROM seats s JOIN LATERAL (${dates.join(' UNION ALL ')}) d ON true
     WHERE d.due_on BETWEEN $2 AND $3 ORDER BY d.due_on, d.kind, d.id`,
    [personId, from, to, tx.now],
  );
}

/** Each kind of date with whom it is for; of `seats s`, the coalition at hand. */
const dates: readonly string[] = [
  `SELECT 'spendReport' AS kind, r.id, r.due_on, o.name AS about, g.reference AS of, NULL::bigint AS amount,
     NULL::text AS currency, '/spend-reports/' || r.id AS path
   FROM spend_reports r JOIN organisations o ON o.id = r.organisation_id JOIN grants g ON g.id = r.grant_id
   WHERE r.coalition_id = s.coalition_id AND r.state IN ('draft', 'returned')
     AND (${seesThePool} OR ${isOwn('r.organisation_id')})`,
  `SELECT 'instalment', i.id, i.due_on, o.name, g.reference, i.amount, p.currency, '/grants/' || g.id
   FROM instalments i JOIN grants g ON g.id = i.grant_id JOIN pools p ON p.id = g.pool_id
   JOIN organisations o ON o.id = g.organisation_id
   WHERE i.coalition_id = s.coalition_id AND i.state IN ('planned', 'due', 'held', 'approved')
     AND i.due_on IS NOT NULL AND g.state IN ('awarded', 'active', 'closing', 'suspended')
     AND (${seesThePool} OR ${isOwn('g.organisation_id')})`,
  `SELECT 'pledgeInstalment', i.id, i.due_on, o.name, p.reference, i.amount - i.received, p.currency, '/pledges/' || p.id
   FROM pledge_instalments i JOIN pledges p ON p.id = i.pledge_id JOIN organisations o ON o.id = p.funder_id
   WHERE i.coalition_id = s.coalition_id AND p.state = 'signed' AND i.received < i.amount
     AND (${isOne('finance', 'backbone')} OR ${isOwn('p.funder_id')})`,
  `SELECT 'vote', d.id, d.closes_on, d.title, '', NULL, NULL, '/decisions/' || d.id
   FROM decisions d JOIN decision_voters v ON v.decision_id = d.id AND v.person_id = $1
   WHERE d.coalition_id = s.coalition_id AND d.state = 'open'
     AND NOT EXISTS (SELECT 1 FROM decision_ballots b WHERE b.decision_id = d.id AND b.person_id = $1)
     AND NOT EXISTS (SELECT 1 FROM decision_recusals r WHERE r.decision_id = d.id AND r.person_id = $1)`,
  `SELECT 'outcomeInvoice', i.id, i.due_on, o.name, b.reference, i.amount - i.received - i.cancelled, b.currency, '/outcome-invoices/' || i.id
   FROM outcome_invoices i JOIN bonds b ON b.id = i.bond_id JOIN bond_parties y ON y.id = i.party_id
   JOIN organisations o ON o.id = y.organisation_id
   WHERE i.coalition_id = s.coalition_id AND i.received + i.cancelled < i.amount
     AND (${isOne('finance')} OR ${isOwn('y.organisation_id')})`,
  `SELECT 'drawdownCall', c.id, c.due_on, o.name, b.reference, c.amount - c.received, c.currency, '/bonds/' || b.id
   FROM drawdown_calls c JOIN bonds b ON b.id = c.bond_id JOIN bond_parties y ON y.id = c.party_id
   JOIN organisations o ON o.id = y.organisation_id
   WHERE c.coalition_id = s.coalition_id AND c.received < c.amount AND c.cancelled_at IS NULL
     AND (${isOne('finance')} OR ${isOwn('y.organisation_id')})`,
  `SELECT 'curveAction', a.id, a.due_on, a.title, i.name, NULL, NULL, '/curve-actions/' || a.id
   FROM curve_actions a JOIN indicators i ON i.id = a.indicator_id
   WHERE a.coalition_id = s.coalition_id AND a.state = 'open' AND a.owner_id = $1`,
];
