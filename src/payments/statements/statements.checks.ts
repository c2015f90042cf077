import { type Check, everyRow } from '../../platform/verify/check.js';

/** What is always true of bank statements and what they were matched to. */
export const statementsChecks: Check[] = [
  everyRow(
    'the parts of every matched line of the bank make up the line, and no other line has any',
    `(SELECT l.id, l.state, l.amount, (SELECT sum(p.amount) FROM bank_line_parts p WHERE p.line_id = l.id) AS parts
      FROM bank_statement_lines l) AS line`,
    `parts IS DISTINCT FROM CASE state WHEN 'matched' THEN amount END`,
    `'line ' || id || ' is ' || state || ', of ' || amount || ', its parts ' || coalesce(parts::text, 'none')`,
  ),
  everyRow(
    'every part of a line of the bank is of the amount of what it was found to be, and is in the pool of the line',
    `(SELECT p.id, p.kind, l.pool_id, p.amount, d.pool_id AS document_pool, d.amount AS document_amount
      FROM bank_line_parts p JOIN bank_statement_lines l ON l.id = p.line_id LEFT JOIN (
        SELECT 'disbursement' AS kind, id, pool_id, coalesce(charged_amount, amount) AS amount FROM disbursements
        UNION ALL SELECT 'contribution', id, pool_id, amount FROM contributions
        UNION ALL SELECT 'bankCharge', id, pool_id, amount FROM bank_charges
        UNION ALL SELECT 'refund', id, pool_id, amount FROM refunds
        UNION ALL SELECT 'feePayment', id, pool_id, amount FROM fee_payments
        UNION ALL SELECT 'grantReturn', id, pool_id, amount FROM grant_returns) AS d ON d.kind = p.kind AND d.id = p.subject_id
      WHERE p.kind IN ('disbursement', 'contribution', 'bankCharge', 'refund', 'feePayment', 'grantReturn')) AS part`,
    `document_amount IS DISTINCT FROM abs(amount) OR document_pool IS DISTINCT FROM pool_id`,
    `'part ' || id || ', ' || kind`,
  ),
  everyRow(
    'every payment that a line of the bank made is settled, and every one that a line brought back has come back',
    `bank_line_parts p JOIN disbursements d ON d.id = p.disbursement_id`,
    `CASE WHEN p.amount < 0 THEN d.state NOT IN ('settled', 'returned') ELSE d.state <> 'returned' END`,
    `'line ' || p.line_id || ', payment ' || d.id || ' is ' || d.state`,
  ),
  everyRow(
    'every refund and every fee that a line of the bank is, is paid',
    `bank_line_parts p LEFT JOIN refunds r ON r.id = p.refund_id LEFT JOIN fee_payments f ON f.id = p.fee_payment_id`,
    `coalesce(r.state, f.state, 'paid') <> 'paid'`,
    `'line ' || p.line_id || ', ' || p.kind || ' is ' || coalesce(r.state, f.state)`,
  ),
  everyRow(
    'the entry of every payment that came back is reversed, and of no other',
    `(SELECT d.id, d.state, EXISTS (SELECT 1 FROM journal_entries r WHERE r.reverses_id = d.entry_id) AS reversed
      FROM disbursements d WHERE d.entry_id IS NOT NULL) AS payment`,
    `(state = 'returned') <> reversed`,
    `'payment ' || id || ' is ' || state`,
  ),
];
