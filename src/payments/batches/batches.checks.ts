import { type Check, everyRow } from '../../platform/verify/check.js';

/** What is always true of payment batches. */
export const batchesChecks: Check[] = [
  everyRow(
    'the control sum of every batch is what its lines come to',
    `(SELECT b.id, b.total, coalesce(sum(l.amount), 0) AS lines FROM payment_batches b
      LEFT JOIN payment_batch_lines l ON l.batch_id = b.id GROUP BY b.id) AS batch`,
    `total <> lines`,
    `'batch ' || id || ' says ' || total || ', its lines ' || lines`,
  ),
  everyRow(
    'every line of a batch is its payment: pool, amount, currency, payee and account',
    `payment_batch_lines l JOIN payment_batches b ON b.id = l.batch_id JOIN disbursements d ON d.id = l.disbursement_id
      JOIN grants g ON g.id = d.grant_id JOIN bank_accounts a ON a.id = l.account_id`,
    `l.amount <> d.amount OR b.currency <> d.currency OR b.pool_id <> d.pool_id OR a.organisation_id <> g.organisation_id
     OR (l.creditor_name, l.creditor_iban, l.creditor_bic) IS DISTINCT FROM (a.name, a.iban, a.bic)
     OR l.end_to_end_id <> upper(replace(d.id::text, '-', ''))`,
    `'line ' || l.id`,
  ),
  everyRow(
    'every account in a batch might be used on the day of the batch',
    `payment_batch_lines l JOIN payment_batches b ON b.id = l.batch_id JOIN bank_accounts a ON a.id = l.account_id`,
    `a.usable_from IS NULL OR a.usable_from > b.execution_on`,
    `'line ' || l.id`,
  ),
  everyRow(
    'no payment is in two living batches',
    `(SELECT l.disbursement_id, count(*) AS batches FROM payment_batch_lines l JOIN payment_batches b ON b.id = l.batch_id
      WHERE b.state <> 'withdrawn' GROUP BY l.disbursement_id) AS payment`,
    `batches > 1`,
    `'disbursement ' || disbursement_id || ' is in ' || batches`,
  ),
  everyRow(
    'the lines of a batch live until it is withdrawn',
    `payment_batch_lines l JOIN payment_batches b ON b.id = l.batch_id`,
    `l.living = (b.state = 'withdrawn')`,
    `'line ' || l.id || ' of a batch that is ' || b.state`,
  ),
  everyRow(
    'every released batch was approved by somebody other than its maker, and has its files as they were written',
    `(SELECT b.id, a.state AS approval, a.subject_id, b.made_by, (SELECT count(*) FROM payment_batch_files f
        JOIN stored_files s ON s.id = f.file_id WHERE f.batch_id = b.id AND encode(sha256(s.content), 'hex') = f.sha256) AS files,
        EXISTS (SELECT 1 FROM approval_signatures g WHERE g.approval_id = a.id AND g.verdict = 'approve'
          AND g.person_id <> b.made_by) AS signed
      FROM payment_batches b LEFT JOIN approvals a ON a.id = b.approval_id WHERE b.released_at IS NOT NULL) AS batch`,
    `approval IS DISTINCT FROM 'approved' OR subject_id <> id OR NOT signed OR files <> 2`,
    `'batch ' || id`,
  ),
  everyRow(
    'an instalment is in payment exactly while its batch is at the bank',
    `(SELECT i.id, i.state, EXISTS (
        SELECT 1 FROM disbursements d JOIN payment_batch_lines l ON l.disbursement_id = d.id AND l.living
        JOIN payment_batches b ON b.id = l.batch_id
        WHERE d.instalment_id = i.id AND d.state = 'approved' AND b.state IN ('released', 'sent')) AS batched
      FROM instalments i WHERE i.state IN ('approved', 'inPayment')) AS instalment`,
    `(state = 'inPayment') <> batched`,
    `'instalment ' || id || ' is ' || state`,
  ),
];
