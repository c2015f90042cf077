import { type Check, everyRow } from '../../platform/verify/check.js';

/** What is always true of outcome invoices. */
export const invoicesChecks: Check[] = [
  everyRow(
    'what every outcome invoice has received is the sum of its receipts',
    `(SELECT i.id, i.received, coalesce(sum(r.amount) FILTER (WHERE r.reversed_at IS NULL), 0) AS came
      FROM outcome_invoices i LEFT JOIN outcome_receipts r ON r.invoice_id = i.id GROUP BY i.id) AS invoice`,
    `received <> came`,
    `'invoice ' || id || ' says ' || received || ', receipts ' || came`,
  ),
  everyRow(
    'what every outcome invoice has cancelled is the sum of what others approved, each with its entry',
    `(SELECT i.id, i.cancelled, coalesce(sum(c.amount) FILTER (WHERE c.state = 'approved'), 0) AS agreed,
        bool_or(c.state = 'approved' AND (a.state <> 'approved' OR a.subject_id <> c.id OR c.amount <> coalesce((
          SELECT -sum(p.amount) FROM postings p JOIN accounts k ON k.id = p.account_id
          WHERE p.entry_id = c.entry_id AND k.kind = 'outcomePaymentsReceivable' AND k.subject_id = i.party_id), 0))) AS astray
      FROM outcome_invoices i LEFT JOIN outcome_cancellations c ON c.invoice_id = i.id
      LEFT JOIN approvals a ON a.id = c.approval_id GROUP BY i.id) AS invoice`,
    `cancelled <> agreed OR astray`,
    `'invoice ' || id || ' says ' || cancelled || ', approvals ' || agreed`,
  ),
  everyRow(
    'every line of the bank that is an outcome payment is of its amount, and in its pool',
    `bank_line_parts p JOIN outcome_receipts r ON r.id = p.outcome_receipt_id
      JOIN bank_statement_lines l ON l.id = p.line_id`,
    `p.amount <> r.amount OR l.pool_id <> r.pool_id`,
    `'part ' || p.id || ' of line ' || p.line_id`,
  ),
  everyRow(
    'what every payer of a bond owes is what was invoiced, has not come and is not cancelled',
    `(SELECT y.id, coalesce((SELECT sum(i.amount - i.received - i.cancelled) FROM outcome_invoices i WHERE i.party_id = y.id), 0) AS open,
        coalesce((SELECT sum(a.balance) FROM accounts a WHERE a.kind = 'outcomePaymentsReceivable' AND a.subject_id = y.id), 0) AS booked
      FROM bond_parties y WHERE y.role = 'payer') AS payer`,
    `open <> booked`,
    `'payer ' || id || ' owes ' || open || ', the ledger says ' || booked`,
  ),
  everyRow(
    'the proceeds of every bond are what its payers have paid',
    `(SELECT b.id, b.reference, coalesce((SELECT sum(i.received) FROM outcome_invoices i WHERE i.bond_id = b.id), 0) AS received,
        coalesce((SELECT -sum(p.amount) FROM postings p JOIN accounts a ON a.id = p.account_id
          JOIN journal_entries e ON e.id = p.entry_id
          WHERE a.kind = 'bondProceeds' AND a.subject_id = b.id AND e.kind LIKE 'outcome.received%'), 0) AS booked
      FROM bonds b) AS bond`,
    `received <> booked`,
    `'bond ' || reference || ' received ' || received || ', the ledger says ' || booked`,
  ),
  everyRow(
    'no payer of a bond was invoiced beyond the highest cap that it ever signed',
    `(SELECT y.id, y.bond_id, max(replace(t.cap, '.', '')::bigint) AS cap, bool_or(t.cap IS NULL) AS is_open,
        (SELECT coalesce(sum(i.amount), 0) FROM outcome_invoices i WHERE i.party_id = y.id) AS invoiced
      FROM bond_parties y JOIN bond_versions v ON v.bond_id = y.bond_id AND v.state = 'signed'
      CROSS JOIN LATERAL jsonb_to_recordset(v.terms -> 'payers') AS t ("organisationId" uuid, cap text)
      WHERE y.role = 'payer' AND t."organisationId" = y.organisation_id GROUP BY y.id) AS payer`,
    `NOT is_open AND invoiced > cap`,
    `'payer ' || id || ' of bond ' || bond_id`,
  ),
];
