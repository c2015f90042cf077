import { type Check, everyRow } from '../../platform/verify/check.js';

/** What is always true of bank statements and what they were matched to. */
export const statementsChecks: Check[] = [
  everyRow(
    'every matched line of the bank is of the amount of what it was matched to',
    `(SELECT l.id, l.amount, coalesce(d.amount * CASE WHEN l.amount < 0 THEN -1 ELSE 1 END, c.amount, -b.amount) AS matched
      FROM bank_statement_lines l LEFT JOIN disbursements d ON d.id = l.disbursement_id
      LEFT JOIN contributions c ON c.id = l.contribution_id LEFT JOIN bank_charges b ON b.id = l.bank_charge_id WHERE l.state = 'matched') AS line`,
    `amount IS DISTINCT FROM matched`,
    `'line ' || id`,
  ),
  everyRow(
    'every payment that a line of the bank made is settled, and every one that a line brought back has come back',
    `bank_statement_lines l JOIN disbursements d ON d.id = l.disbursement_id`,
    `CASE WHEN l.amount < 0 THEN d.state NOT IN ('settled', 'returned') ELSE d.state <> 'returned' END`,
    `'line ' || l.id || ', payment ' || d.id || ' is ' || d.state`,
  ),
  everyRow(
    'the entry of every payment that came back is reversed, and of no other',
    `(SELECT d.id, d.state, EXISTS (SELECT 1 FROM journal_entries r WHERE r.reverses_id = d.entry_id) AS reversed
      FROM disbursements d WHERE d.entry_id IS NOT NULL) AS payment`,
    `(state = 'returned') <> reversed`,
    `'payment ' || id || ' is ' || state`,
  ),
];
