import type { BondTerms } from '../../../bonds/contracts/bond-terms.js';
import type { InvoicedFor } from '../../../bonds/plans/period-payments.rules.js';
import type { PlanLine } from '../../../bonds/plans/plan.rules.js';
import type { Tx } from '../../../platform/database/tx.js';
import { entryParameters, type ReportOrder } from '../../documents/report-order.js';

/** A bond of the pool by the contract and the plan that held at the instant; no plan is null. */
export interface BondThen {
  bondId: string;
  reference: string;
  title: string;
  provider: string;
  terms: BondTerms;
  plan: PlanLine[] | null;
  /** Whether it was signed by the end of the period. Money may be older than its contract is here. */
  wasSigned: boolean;
}

/** SQL: whether something that has no entry counts: it was known by the instant, and came by the end of the period. */
const happened = (at: string): string =>
  `${at} <= $2 AND (${at} AT TIME ZONE $5::text)::date <= $4::date AND $3::date IS NOT DISTINCT FROM $3`;

export const bondsThen = (tx: Tx, order: ReportOrder): Promise<BondThen[]> =>
  tx.rows<BondThen>(
    `SELECT b.id AS "bondId", b.reference, b.title, o.name AS provider, v.terms, plan.lines AS plan,
       EXISTS (SELECT 1 FROM bond_versions s WHERE s.bond_id = b.id AND ${happened('s.signed_at')}) AS "wasSigned"
     FROM bonds b JOIN organisations o ON o.id = b.provider_id
     JOIN LATERAL (SELECT v.terms FROM bond_versions v WHERE v.bond_id = b.id AND v.signed_at <= $2
       ORDER BY v.number DESC LIMIT 1) AS v ON true
     LEFT JOIN LATERAL (
       SELECT (SELECT coalesce(jsonb_agg(jsonb_build_object('period', l.period, 'metric', l.metric, 'quantity',
           l.quantity::text, 'value', l.value::text) ORDER BY l.period, l.metric), '[]')
         FROM bond_plan_lines l WHERE l.plan_id = p.id) AS lines
       FROM bond_plans p WHERE p.bond_id = b.id AND p.made_at <= $2 ORDER BY p.number DESC LIMIT 1) AS plan ON true
     WHERE b.pool_id = $1 ORDER BY b.reference, b.id`,
    entryParameters(order),
  );

/** What was claimed and found of a metric. Quantities are decimals as text; money in minor units. */
export interface MetricThen {
  bondId: string;
  metric: string;
  /** Null where a value is claimed and not a number of something. */
  claimed: string | null;
  accepted: string | null;
  /** Before and after the caps. */
  gross: bigint;
  net: bigint;
}

export const metricsThen = (tx: Tx, order: ReportOrder): Promise<MetricThen[]> =>
  tx.rows<MetricThen>(
    `WITH claims AS (
       SELECT c.id, c.bond_id, c.state = 'verified' AND ${happened('c.decided_at')} AS is_verified
       FROM outcome_claims c JOIN bonds b ON b.id = c.bond_id WHERE b.pool_id = $1 AND ${happened('c.submitted_at')}),
     said AS (
       SELECT c.bond_id, l.metric,
         sum(coalesce(l.quantity, CASE WHEN l.value IS NULL THEN n.people END)) AS claimed,
         sum(coalesce(l.accepted_quantity, CASE WHEN l.accepted_value IS NULL THEN n.accepted END)) FILTER (WHERE c.is_verified) AS accepted
       FROM claims c JOIN outcome_claim_lines l ON l.claim_id = c.id CROSS JOIN LATERAL (
         SELECT count(*) AS people, count(*) FILTER (WHERE is_accepted) AS accepted FROM outcome_claim_people p
         WHERE p.line_id = l.id) AS n
       GROUP BY c.bond_id, l.metric),
     worth AS (
       SELECT c.bond_id, w.metric, sum(w.gross) AS gross, sum(w.net) AS net
       FROM claims c JOIN outcome_workings w ON w.claim_id = c.id WHERE c.is_verified GROUP BY c.bond_id, w.metric)
     SELECT bond_id AS "bondId", metric, trim_scale(s.claimed)::text AS claimed, trim_scale(s.accepted)::text AS accepted,
       coalesce(w.gross, 0)::bigint AS gross, coalesce(w.net, 0)::bigint AS net
     FROM said s FULL JOIN worth w USING (bond_id, metric) ORDER BY bond_id, metric`,
    entryParameters(order),
  );

/** What was invoiced by the postings of then, by the period claimed for, or by the day of a substitute instalment. */
export const invoicedThen = (
  tx: Tx,
  order: ReportOrder,
  until: string,
): Promise<(InvoicedFor & { bondId: string })[]> =>
  tx.rows(
    `SELECT i.bond_id AS "bondId", c.period, s.due_on AS on, sum(p.amount)::bigint AS amount
     FROM journal_entries e JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.account_id
     JOIN outcome_invoices i ON i.id = e.document_id
     LEFT JOIN outcome_claims c ON c.id = i.source_id LEFT JOIN substitute_payments s ON s.id = i.source_id
     WHERE ${until} AND a.kind = 'outcomePaymentsReceivable' AND e.kind LIKE 'outcome.invoiced%'
     GROUP BY i.bond_id, c.period, s.due_on ORDER BY i.bond_id, c.period, s.due_on`,
    entryParameters(order),
  );
