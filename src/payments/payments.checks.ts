import { type Check, everyRow } from '../platform/verify/check.js';

/** What is always true of money out. */
export const paymentsChecks: Check[] = [
  everyRow(
    'every instalment is paid once at most',
    `(SELECT instalment_id, count(*) AS payments FROM disbursements WHERE state = 'settled' GROUP BY instalment_id) AS paid`,
    `payments > 1`,
    `'instalment ' || instalment_id || ' was paid ' || payments || ' times'`,
  ),
  everyRow(
    'every paid instalment has its settled payment, and no other has one',
    `(SELECT i.id, i.state, i.amount, sum(d.amount) AS settled FROM instalments i
      LEFT JOIN disbursements d ON d.instalment_id = i.id AND d.state = 'settled' GROUP BY i.id) AS instalment`,
    `CASE WHEN state = 'paid' THEN settled IS DISTINCT FROM amount ELSE settled IS NOT NULL END`,
    `'instalment ' || id || ' is ' || state || ', settled ' || coalesce(settled, 0)`,
  ),
  everyRow(
    'every settled payment is what left the cash account, and its funder parts sum to it',
    `(SELECT d.id, d.amount, sum(p.amount) FILTER (WHERE a.kind = 'cash') AS cash,
        sum(p.amount) FILTER (WHERE a.kind = 'fundBalance') AS funders
      FROM disbursements d JOIN journal_entries e ON e.id = d.entry_id JOIN postings p ON p.entry_id = e.id
      JOIN accounts a ON a.id = p.account_id WHERE d.state = 'settled' GROUP BY d.id) AS payment`,
    `cash <> -amount OR funders <> amount`,
    `'disbursement ' || id`,
  ),
  everyRow(
    'every approved payment was signed by enough people other than its maker',
    `(SELECT d.id, a.required, a.state, count(s.id) FILTER (WHERE s.verdict = 'approve' AND s.person_id <> a.made_by
        AND s.content_hash = a.content_hash) AS signed
      FROM disbursements d JOIN approvals a ON a.id = d.approval_id LEFT JOIN approval_signatures s ON s.approval_id = a.id
      WHERE d.state IN ('approved', 'settled', 'returned') GROUP BY d.id, a.id) AS payment`,
    `state <> 'approved' OR signed < required`,
    `'disbursement ' || id || ' has ' || signed || ' of ' || required`,
  ),
  everyRow(
    'every open approval has something to decide on',
    `(SELECT a.id, EXISTS (SELECT 1 FROM disbursements d WHERE d.id = a.subject_id AND d.state = 'proposed')
        OR EXISTS (SELECT 1 FROM period_unlocks u WHERE u.id = a.subject_id AND u.used_at IS NULL) AS living
      FROM approvals a WHERE a.state = 'open') AS approval`,
    `NOT living`,
    `'approval ' || id`,
  ),
  everyRow(
    'every approved payment waits for an approved instalment',
    `disbursements d JOIN instalments i ON i.id = d.instalment_id`,
    `d.state = 'approved' AND i.state NOT IN ('approved', 'inPayment')`,
    `'disbursement ' || d.id || ': instalment is ' || i.state`,
  ),
];
