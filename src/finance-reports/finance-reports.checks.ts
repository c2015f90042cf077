import { type Check, everyRow } from '../platform/verify/check.js';

/** What is always true of finance reports. */
export const financeReportsChecks: Check[] = [
  everyRow(
    'the file of every report is what its hash says',
    `(SELECT f.file_name, f.sha256, s.sha256 AS stored, s.size_bytes, coalesce(s.content, p.content, ''::bytea) AS content
      FROM report_files f JOIN stored_files s ON s.id = f.file_id CROSS JOIN LATERAL (
        SELECT string_agg(t.content, ''::bytea ORDER BY t.number) AS content FROM stored_file_parts t
        WHERE t.file_id = s.id) AS p) AS file`,
    `encode(sha256(content), 'hex') <> sha256 OR stored <> sha256 OR length(content) <> size_bytes`,
    `'file ' || file_name`,
  ),
  everyRow(
    'every piece of a file is of a file that is kept in pieces',
    `(SELECT p.id, p.number, f.content IS NULL AS "inPieces",
        row_number() OVER (PARTITION BY p.file_id ORDER BY p.number) AS place
      FROM stored_file_parts p LEFT JOIN stored_files f ON f.id = p.file_id AND f.coalition_id = p.coalition_id) AS piece`,
    `NOT "inPieces" OR place <> number`,
    `'piece ' || id`,
  ),
  everyRow(
    'every report that was made has a file in each format, and no other has any',
    `(SELECT r.id, r.state, cardinality(r.formats) AS formats, (SELECT count(*) FROM report_files f WHERE f.run_id = r.id)
        AS files FROM report_runs r) AS run`,
    `CASE WHEN state IN ('made', 'doesNotTie') THEN files <> formats ELSE files <> 0 END`,
    `'report run ' || id || ', ' || state || ', has ' || files || ' files'`,
  ),
  everyRow(
    'every report that says so ties to the ledger',
    `(SELECT r.id, t ->> 'name' AS total, t ->> 'report' AS report, t ->> 'ledger' AS ledger
      FROM report_runs r CROSS JOIN jsonb_array_elements(r.sections) AS s
      CROSS JOIN jsonb_array_elements(s -> 'controlTotals') AS t WHERE r.state = 'made') AS total`,
    `report <> ledger`,
    `'report run ' || id || ' says ' || report || ', the ledger ' || ledger || ': ' || total`,
  ),
  everyRow(
    'every report that was sent tied to the ledger',
    `(SELECT r.id, r.state, r.is_preview, EXISTS (SELECT 1 FROM mail_messages m WHERE m.cause_kind = 'report.run'
        AND m.cause_id = r.id AND m.template = 'financeReport') AS sent FROM report_runs r) AS run`,
    `sent AND (state <> 'made' OR is_preview)`,
    `'report run ' || id`,
  ),
  everyRow(
    'every report of several coalitions was made of pools of these',
    `(SELECT r.id, r.coalition_ids, p.coalition_id FROM report_runs r JOIN pools p ON p.id = ANY (r.pool_ids)) AS pool`,
    `NOT coalition_id = ANY (coalition_ids)`,
    `'report run ' || id`,
  ),
  everyRow(
    'the cash of every position that was reported is the cash postings recorded by then',
    `(SELECT r.id, p.pool ->> 'id' AS pool_id, replace(f ->> 'amount', '.', '')::numeric AS said, coalesce((
        SELECT sum(o.amount) FROM postings o JOIN journal_entries e ON e.id = o.entry_id JOIN accounts a ON a.id = o.account_id
        WHERE e.pool_id = (p.pool ->> 'id')::uuid AND a.kind = 'cash' AND e.recorded_at <= r.as_of
          AND CASE r.basis WHEN 'occurred' THEN e.occurred_on
            ELSE (e.recorded_at AT TIME ZONE (p.pool ->> 'timeZone'))::date END <= r.period_to), 0) AS booked
      FROM report_runs r CROSS JOIN jsonb_array_elements(r.pools) WITH ORDINALITY AS p (pool, number)
      CROSS JOIN jsonb_array_elements(r.sections -> (p.number::int - 1) -> 'keyFigures') AS f
      WHERE r.state = 'made' AND r.report_kind = 'poolPosition' AND r.currency IS NULL AND f ->> 'name' = 'cash') AS run`,
    `said <> booked`,
    `'report run ' || id || ' says ' || said || ', the ledger ' || booked`,
  ),
  everyRow(
    'every report that waits or is being made is planned',
    `(SELECT r.id, EXISTS (SELECT 1 FROM occurrences o WHERE o.kind = 'report.make' AND o.subject_id = r.id
        AND o.state = 'waiting') AS planned FROM report_runs r WHERE r.state IN ('queued', 'making')) AS run`,
    `NOT planned`,
    `'report run ' || id`,
  ),
  everyRow(
    'every active subscription waits for exactly one next run',
    `(SELECT s.id, count(o.id) AS waiting FROM subscriptions s LEFT JOIN occurrences o ON o.kind = 'subscription.run'
        AND o.subject_id = s.id AND o.state = 'waiting' WHERE s.state <> 'ended' GROUP BY s.id) AS subscription`,
    `waiting <> 1`,
    `'subscription ' || id || ' waits for ' || waiting`,
  ),
];
