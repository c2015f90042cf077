import { type Check, everyRow } from '../../platform/verify/check.js';

/** What is always true of how grants end. */
export const closingChecks: Check[] = [
  everyRow(
    'every grant whose work is closed is worth what was paid of it, or is paid again',
    `(SELECT g.id, g.reference, g.amount, c.award_after, coalesce((SELECT sum(i.amount) FROM instalments i
        WHERE i.grant_id = g.id AND i.state <> 'cancelled'), 0) AS kept
      FROM grants g JOIN grant_closures c ON c.grant_id = g.id AND c.step = 'operational' AND c.state = 'done') AS closed`,
    `amount <> award_after OR amount <> kept`,
    `'grant ' || reference || ' is worth ' || amount || ', of which was kept ' || kept`,
  ),
  everyRow(
    'every closing was approved by others than who asked, or relies on an accepted report and leaves nothing behind',
    `grant_closures c LEFT JOIN approvals a ON a.id = c.approval_id LEFT JOIN spend_reports r ON r.id = c.report_id`,
    `c.state = 'done' AND CASE
       WHEN c.approval_id IS NOT NULL THEN a.state <> 'approved' OR a.subject_id <> c.id OR c.decided_by = c.asked_by
       ELSE r.state IS DISTINCT FROM 'accepted' OR coalesce(c.carried_over, 0) > 0 END`,
    `'closing ' || c.id`,
  ),
  everyRow(
    'what was freed when a grant was closed is what its entry says',
    `(SELECT c.id, c.award_before - c.award_after AS freed, coalesce(sum(p.amount) FILTER (WHERE a.kind = 'grantsOutstanding'), 0) AS booked
      FROM grant_closures c LEFT JOIN postings p ON p.entry_id = c.entry_id LEFT JOIN accounts a ON a.id = p.account_id
      WHERE c.step = 'operational' AND c.state = 'done' GROUP BY c.id) AS closed`,
    `freed <> booked`,
    `'closing ' || id || ' freed ' || freed || ', booked ' || booked`,
  ),
  everyRow(
    'the money of no grant was closed before its work',
    `grant_closures c LEFT JOIN grant_closures w ON w.grant_id = c.grant_id AND w.step = 'operational' AND w.state = 'done'`,
    `c.step = 'financial' AND c.state = 'done' AND (w.id IS NULL OR w.decided_at > c.decided_at)`,
    `'closing ' || c.id`,
  ),
];
