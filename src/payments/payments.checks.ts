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
    `(SELECT d.id, d.amount, coalesce(d.charged_amount, d.amount) AS charged, sum(p.amount) FILTER (WHERE a.kind = 'cash') AS cash,
        sum(p.amount) FILTER (WHERE a.kind = 'fundBalance') AS funders
      FROM disbursements d LEFT JOIN postings p ON p.entry_id = d.entry_id LEFT JOIN accounts a ON a.id = p.account_id
      WHERE d.state = 'settled' GROUP BY d.id) AS payment`,
    `cash IS DISTINCT FROM -charged OR funders IS DISTINCT FROM amount`,
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
    'every approved request has its signatures, of different people, none of them who asked',
    `(SELECT a.id, a.required, count(s.id) AS signed, least(count(DISTINCT s.person_id), count(DISTINCT coalesce(s.for_person_id, s.person_id))) AS people,
        coalesce(bool_or(a.made_by IN (s.person_id, s.for_person_id)), false) AS own
      FROM approvals a LEFT JOIN approval_signatures s ON s.approval_id = a.id AND s.verdict = 'approve'
      WHERE a.state = 'approved' GROUP BY a.id) AS approval`,
    `signed < required OR people < signed OR own`,
    `'approval ' || id || ' has ' || people || ' of ' || required`,
  ),
  everyRow(
    'every payment is of what was approved: instalment, grant, payee and amount',
    `disbursements d JOIN approvals a ON a.id = d.approval_id JOIN grants g ON g.id = d.grant_id`,
    `a.subject_id <> d.id OR (a.content - 'dueOn') <> jsonb_build_object('instalmentId', d.instalment_id, 'grantId', d.grant_id,
       'poolId', d.pool_id, 'payeeId', g.organisation_id, 'currency', d.currency, 'amount', a.content -> 'amount')
     OR replace(a.content ->> 'amount', '.', '')::bigint <> d.amount`,
    `'disbursement ' || d.id`,
  ),
  everyRow(
    'the hash of every approval is that of its content',
    `(SELECT a.id, a.content_hash, encode(sha256(convert_to(canonical_json(a.content), 'UTF8')), 'hex') AS worked_out
      FROM approvals a) AS approval`,
    `content_hash <> worked_out`,
    `'approval ' || id`,
  ),
  everyRow(
    'every held instalment says why',
    `instalments`,
    `(state = 'held') <> (jsonb_array_length(hold_reasons) > 0)`,
    `'instalment ' || id`,
  ),
  everyRow(
    'every period was unlocked by an approved request',
    `period_unlocks u JOIN approvals a ON a.id = u.approval_id`,
    `u.used_at IS NOT NULL AND (a.state <> 'approved' OR a.subject_id <> u.id)`,
    `'unlock ' || u.id`,
  ),
  everyRow(
    'every open approval has something to decide on',
    `(SELECT a.id, CASE a.subject_kind
        WHEN 'disbursement' THEN EXISTS (SELECT 1 FROM disbursements d WHERE d.id = a.subject_id AND d.state = 'proposed')
        WHEN 'periodUnlock' THEN EXISTS (SELECT 1 FROM period_unlocks u WHERE u.id = a.subject_id AND u.used_at IS NULL)
        WHEN 'bankAccount' THEN EXISTS (SELECT 1 FROM bank_accounts b WHERE b.id = a.subject_id AND b.state = 'proposed')
        WHEN 'poolAccount' THEN EXISTS (SELECT 1 FROM pool_bank_accounts b WHERE b.id = a.subject_id AND b.state = 'proposed')
        WHEN 'amendment' THEN EXISTS (SELECT 1 FROM grant_versions v WHERE v.id = a.subject_id AND v.state = 'asked')
        WHEN 'conditionWaiver' THEN EXISTS (SELECT 1 FROM conditions c WHERE c.id = a.subject_id AND c.state = 'open')
        WHEN 'grantClosure' THEN EXISTS (SELECT 1 FROM grant_closures c WHERE c.id = a.subject_id AND c.state = 'asked')
        WHEN 'refund' THEN EXISTS (SELECT 1 FROM refunds r WHERE r.id = a.subject_id AND r.state = 'proposed')
        WHEN 'feePayment' THEN EXISTS (SELECT 1 FROM fee_payments f WHERE f.id = a.subject_id AND f.state = 'proposed')
        WHEN 'paymentBatch' THEN EXISTS (SELECT 1 FROM payment_batches b WHERE b.id = a.subject_id AND b.state = 'open')
        WHEN 'bondContract' THEN EXISTS (SELECT 1 FROM bond_versions v WHERE v.id = a.subject_id AND v.state = 'proposed')
        WHEN 'providerAdvance' THEN EXISTS (SELECT 1 FROM provider_advances v WHERE v.id = a.subject_id AND v.state = 'proposed')
        WHEN 'distribution' THEN EXISTS (SELECT 1 FROM distributions d WHERE d.id = a.subject_id AND d.state = 'proposed')
        WHEN 'bondClosing' THEN EXISTS (SELECT 1 FROM bond_closings c WHERE c.id = a.subject_id AND c.state = 'proposed')
        WHEN 'outcomeCancellation' THEN EXISTS (SELECT 1 FROM outcome_cancellations c WHERE c.id = a.subject_id AND c.state = 'proposed')
        ELSE true END AS living
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
