import { type Check, everyRow } from '../platform/verify/check.js';

/** What is always true of finance reports. */
export const financeReportsChecks: Check[] = [
  everyRow(
    'the file of every report is what its hash says',
    `report_files f JOIN stored_files s ON s.id = f.file_id`,
    `encode(sha256(s.content), 'hex') <> f.sha256 OR s.sha256 <> f.sha256`,
    `'file ' || f.file_name`,
  ),
  everyRow(
    'every report that was sent tied to the ledger',
    `(SELECT r.id, r.state, EXISTS (SELECT 1 FROM mail_messages m WHERE m.cause_kind = 'report.run' AND m.cause_id = r.id
        AND m.template = 'financeReport') AS sent FROM report_runs r) AS run`,
    `sent AND state <> 'made'`,
    `'report run ' || id`,
  ),
  everyRow(
    'the cash of every report is the cash postings recorded by then',
    `(SELECT r.id, replace(r.figures -> 'position' ->> 'cash', '.', '')::numeric AS said, coalesce((
        SELECT sum(p.amount) FROM postings p JOIN journal_entries e ON e.id = p.entry_id JOIN accounts a ON a.id = p.account_id
        WHERE e.pool_id = r.pool_id AND a.kind = 'cash' AND e.recorded_at <= r.as_of), 0) AS booked
      FROM report_runs r WHERE r.state = 'made') AS run`,
    `said <> booked`,
    `'report run ' || id || ' says ' || said || ', the ledger ' || booked`,
  ),
  everyRow(
    'every active subscription waits for exactly one next run',
    `(SELECT s.id, count(o.id) AS waiting FROM subscriptions s LEFT JOIN occurrences o ON o.kind = 'subscription.run'
        AND o.subject_id = s.id AND o.state = 'waiting' WHERE s.state <> 'ended' GROUP BY s.id) AS subscription`,
    `waiting <> 1`,
    `'subscription ' || id || ' waits for ' || waiting`,
  ),
];
