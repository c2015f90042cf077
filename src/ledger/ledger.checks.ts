import { type Check, everyRow } from '../platform/verify/check.js';

/** What is always true of the ledger. */
export const ledgerChecks: Check[] = [
  everyRow(
    'every entry has at least two postings',
    `(SELECT e.id, count(p.id) AS lines FROM journal_entries e LEFT JOIN postings p ON p.entry_id = e.id GROUP BY e.id) AS entry`,
    `lines < 2`,
    `'entry ' || id`,
  ),
  everyRow(
    'postings of every entry sum to zero in each book and currency',
    `(SELECT p.entry_id, a.book, a.currency, sum(p.amount) AS total FROM postings p JOIN accounts a ON a.id = p.account_id
      GROUP BY p.entry_id, a.book, a.currency) AS side`,
    `total <> 0`,
    `'entry ' || entry_id || ' off by ' || total`,
  ),
  everyRow(
    'the balance of every account is the sum of its postings',
    `(SELECT a.id, a.balance, coalesce(sum(p.amount), 0) AS total FROM accounts a LEFT JOIN postings p ON p.account_id = a.id
      GROUP BY a.id) AS account`,
    `balance <> total`,
    `'account ' || id || ' carries ' || balance || ', postings say ' || total`,
  ),
  everyRow(
    'the days of every account are the sums of its postings',
    `(SELECT d.account_id, d.day, d.debit, d.credit, s.debits, s.credits FROM account_days d FULL JOIN (
        SELECT p.account_id, e.occurred_on AS day, coalesce(sum(p.amount) FILTER (WHERE p.amount > 0), 0) AS debits,
          coalesce(-sum(p.amount) FILTER (WHERE p.amount < 0), 0) AS credits
        FROM postings p JOIN journal_entries e ON e.id = p.entry_id GROUP BY p.account_id, e.occurred_on) s
        ON s.account_id = d.account_id AND s.day = d.day) AS day`,
    `debit IS DISTINCT FROM debits OR credit IS DISTINCT FROM credits`,
    `'account ' || coalesce(account_id::text, '?') || ' on ' || coalesce(day::text, '?') || ': ' || coalesce(debit, 0) || '/' || coalesce(credit, 0)
      || ', postings say ' || coalesce(debits, 0) || '/' || coalesce(credits, 0)`,
  ),
  everyRow(
    'no account is overdrawn',
    `accounts`,
    `CASE WHEN kind IN ('cash', 'pledgesReceivable', 'committedToGrants', 'investorReturn', 'programmeCost',
         'outcomePaymentsReceivable') THEN balance < 0
       WHEN kind = 'exchangeDifference' THEN false ELSE balance > 0 END`,
    `kind || ' ' || id || ': ' || balance`,
  ),
  everyRow(
    'cash of every pool is what its funders, hosts and bonds are owed',
    `(SELECT pool_id, sum(balance) AS total FROM accounts WHERE book = 'actual' GROUP BY pool_id) AS pool`,
    `total <> 0`,
    `'pool ' || pool_id || ' off by ' || total`,
  ),
  everyRow(
    'every reversal mirrors what it reverses',
    `(SELECT id, bool_and(total = 0) AS mirrors FROM (
        SELECT r.id, p.account_id, sum(p.amount) AS total FROM journal_entries r
        CROSS JOIN LATERAL (VALUES (r.id), (r.reverses_id)) AS side (entry_id)
        JOIN postings p ON p.entry_id = side.entry_id
        WHERE r.reverses_id IS NOT NULL GROUP BY r.id, p.account_id) AS account GROUP BY id) AS reversal`,
    `NOT mirrors`,
    `'entry ' || id`,
  ),
  everyRow(
    'every posting stays in the pool of its entry',
    `postings p JOIN journal_entries e ON e.id = p.entry_id JOIN accounts a ON a.id = p.account_id`,
    `a.pool_id <> e.pool_id OR a.coalition_id <> e.coalition_id`,
    `'posting ' || p.id`,
  ),
  everyRow(
    'row-level security is forced on every tenant table',
    `(SELECT c.oid, c.relname, c.relrowsecurity AND c.relforcerowsecurity AS forced FROM pg_class c
      WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND (c.relname = 'coalitions' OR EXISTS (
        SELECT 1 FROM pg_attribute t WHERE t.attrelid = c.oid AND t.attname = 'coalition_id'))) AS tenant`,
    `NOT forced`,
    `relname`,
  ),
];
