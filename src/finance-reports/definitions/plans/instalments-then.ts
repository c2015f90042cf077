import type { Day } from '../../../maths/day.js';
import type { Tx } from '../../../platform/database/tx.js';
import { entryParameters, type ReportOrder, untilEnd } from '../../documents/report-order.js';
import { changeCounts } from './pledges-then.js';

/** An instalment of a grant that was not paid. Minor units as text: exact in JSON. */
export interface KeptInstalment {
  instalmentId: string;
  grantId: string;
  number: number;
  /** Null while it waits for something to happen; then it is expected on the nominal day at the latest. */
  dueOn: Day | null;
  nominalOn: Day;
  amount: string;
  state: string;
  /** Why it was held. */
  holdReasons: string[];
}

/**
 * The instalments that were planned and not paid at the end of an order's period, by what was known at its instant: the
 * plan as the first amendment found it that does not count yet, less what the ledger says was paid of it.
 */
export function instalmentsThen(tx: Tx, order: Omit<ReportOrder, 'policies'>): Promise<KeptInstalment[]> {
  const until = untilEnd(order);
  return tx.rows<KeptInstalment>(
    `WITH awarded AS (
       SELECT DISTINCT e.document_id AS grant_id FROM journal_entries e WHERE ${until} AND e.kind = 'grant.awarded'),
     later AS (
       SELECT DISTINCT ON (c.grant_id) c.grant_id, c.plan_before FROM grant_versions c
       WHERE c.pool_id = $1 AND c.state = 'approved' AND NOT ${changeCounts('c.decided_at', until)}
       ORDER BY c.grant_id, c.number),
     replaced AS (
       SELECT (line ->> 'id')::uuid AS id FROM grant_versions v CROSS JOIN jsonb_array_elements(v.plan_before) AS line
       WHERE v.pool_id = $1 AND v.state = 'approved' AND NOT EXISTS (
         SELECT 1 FROM jsonb_array_elements(v.plan_after) AS after WHERE after ->> 'id' = line ->> 'id')),
     closed AS (
       SELECT e.document_id AS grant_id FROM journal_entries e WHERE ${until} AND e.kind = 'grant.closed'),
     plan AS (
       SELECT later.grant_id, (line ->> 'id')::uuid AS id, (line ->> 'number')::int AS number,
         (line ->> 'dueOn')::date AS due_on, (line ->> 'nominalOn')::date AS nominal_on, (line ->> 'amount')::bigint AS amount
       FROM later CROSS JOIN jsonb_array_elements(later.plan_before) AS line
       UNION ALL
       SELECT i.grant_id, i.id, i.number, i.due_on, i.nominal_on, i.amount FROM instalments i
       WHERE i.pool_id = $1 AND i.grant_id NOT IN (SELECT grant_id FROM later)
         -- What a closing cancels that does not count yet is still planned; what an amendment replaced is not.
         AND (i.state <> 'cancelled' OR (i.id NOT IN (SELECT id FROM replaced) AND i.grant_id NOT IN (SELECT grant_id FROM closed)))),
     paid AS (
       SELECT d.instalment_id FROM journal_entries e JOIN disbursements d ON d.id = e.document_id
       WHERE ${until} AND e.kind LIKE 'disbursement.%' GROUP BY d.instalment_id
       HAVING count(*) FILTER (WHERE e.reverses_id IS NULL) > count(e.reverses_id))
     SELECT plan.id AS "instalmentId", plan.grant_id AS "grantId", plan.number, plan.due_on AS "dueOn",
       plan.nominal_on AS "nominalOn", plan.amount::text AS amount, coalesce(was.state, 'planned') AS state,
       ARRAY(SELECT reason ->> 'text' FROM jsonb_array_elements(was.reasons) AS reason) AS "holdReasons"
     FROM plan JOIN awarded USING (grant_id)
     LEFT JOIN LATERAL (
       SELECT v.after ->> 'state' AS state, coalesce(v.after -> 'holdReasons', '[]') AS reasons FROM audit_events v
       WHERE v.subject_kind = 'instalment' AND v.subject_id = plan.id AND v.after ? 'holdReasons' AND v.at <= $2
         AND (v.at AT TIME ZONE $5::text)::date <= $4::date ORDER BY v.at DESC, v.id DESC LIMIT 1) AS was ON true
     WHERE plan.id NOT IN (SELECT instalment_id FROM paid) ORDER BY coalesce(plan.due_on, plan.nominal_on), plan.id`,
    entryParameters(order),
  );
}
