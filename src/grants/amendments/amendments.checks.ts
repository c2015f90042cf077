import { type Check, everyRow } from '../../platform/verify/check.js';

/** What is always true of the amendments of grants. */
export const amendmentsChecks: Check[] = [
  everyRow(
    'the versions of every grant are numbered without gap, each begins where the one before ended, and the last stands until it is closed',
    `(SELECT v.id, v.number, v.award_before, v.award_after, coalesce(c.award_before, g.amount) AS amount,
        v.end_on_before, v.end_on_after, coalesce(c.end_on_before, g.end_on) AS end_on,
        row_number() OVER series + 1 AS place, lag(v.award_after) OVER series AS award_earlier,
        lag(v.end_on_after) OVER series AS end_on_earlier, lead(v.id) OVER series AS later
      FROM grant_versions v JOIN grants g ON g.id = v.grant_id
      LEFT JOIN grant_closures c ON c.grant_id = g.id AND c.step = 'operational' AND c.state = 'done' WHERE v.state = 'approved'
      WINDOW series AS (PARTITION BY v.grant_id ORDER BY v.number)) AS version`,
    `number <> place OR award_before <> coalesce(award_earlier, award_before)
      OR end_on_before <> coalesce(end_on_earlier, end_on_before)
      OR (later IS NULL AND (award_after <> amount OR end_on_after <> end_on))`,
    `'version ' || id`,
  ),
  everyRow(
    'the plan of every version sums to its award, before and after, and keeps every paid slice',
    `(SELECT v.*, (SELECT sum((l ->> 'amount')::bigint) FROM jsonb_array_elements(v.plan_before) l) AS sum_before,
        (SELECT sum((l ->> 'amount')::bigint) FROM jsonb_array_elements(v.plan_after) l) AS sum_after,
        (SELECT count(*) FROM jsonb_array_elements(v.plan_before) l
          WHERE l ->> 'state' = 'paid' AND NOT v.plan_after @> jsonb_build_array(l)) AS lost
      FROM grant_versions v) AS version`,
    `sum_before IS DISTINCT FROM award_before OR sum_after IS DISTINCT FROM award_after OR lost > 0`,
    `'version ' || id`,
  ),
  everyRow(
    'no cancelled instalment is being paid or was paid',
    `disbursements d JOIN instalments i ON i.id = d.instalment_id`,
    `i.state = 'cancelled' AND d.state NOT IN ('rejected', 'returned')`,
    `'instalment ' || i.id || ' has a payment that is ' || d.state`,
  ),
  everyRow(
    'every approved amendment was approved by others than who asked, and booked its difference',
    `grant_versions v JOIN approvals a ON a.id = v.approval_id`,
    `v.state = 'approved' AND (a.state <> 'approved' OR a.subject_id <> v.id OR v.decided_by = v.asked_by
      OR (v.award_before = v.award_after) <> (v.entry_id IS NULL))`,
    `'version ' || v.id`,
  ),
];
