import { type Check, everyRow } from '../../platform/verify/check.js';

/** What is always true of the accounts that pools pay from. */
export const poolAccountsChecks: Check[] = [
  everyRow(
    'every account that a pool pays from was approved by somebody other than who proposed it',
    `pool_bank_accounts b JOIN approvals a ON a.id = b.approval_id`,
    `b.state IN ('inUse', 'replaced') AND (a.state <> 'approved' OR a.subject_id <> b.id OR NOT EXISTS (
       SELECT 1 FROM approval_signatures s WHERE s.approval_id = a.id AND s.verdict = 'approve' AND s.person_id <> b.made_by))`,
    `'account ' || b.id`,
  ),
  everyRow(
    'every account of a pool is the one that was approved, name, IBAN and BIC',
    `pool_bank_accounts b JOIN approvals a ON a.id = b.approval_id`,
    `a.content ->> 'accountName' <> b.name OR a.content ->> 'iban' <> b.iban OR a.content ->> 'bic' IS DISTINCT FROM b.bic`,
    `'account ' || b.id`,
  ),
];
