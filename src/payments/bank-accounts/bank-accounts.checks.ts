import { type Check, everyRow } from '../../platform/verify/check.js';

/** SQL: whether the check digits of an IBAN fit (ISO 13616: the rearranged number leaves 1 over 97). */
const ibanHolds = (iban: string): string => `(
  SELECT string_agg(CASE WHEN c ~ '[0-9]' THEN c ELSE (ascii(c) - 55)::text END, '' ORDER BY place)::numeric % 97 = 1
  FROM regexp_split_to_table(substr(${iban}, 5) || left(${iban}, 4), '') WITH ORDINALITY AS character (c, place))`;

/** What is always true of the accounts that money goes to. */
export const bankAccountsChecks: Check[] = [
  everyRow(
    'every bank account that is paid to was approved by somebody other than its maker',
    `bank_accounts b LEFT JOIN approvals a ON a.id = b.approval_id AND a.subject_id = b.id`,
    `b.usable_from IS NOT NULL AND (a.state IS DISTINCT FROM 'approved' OR NOT EXISTS (
       SELECT 1 FROM approval_signatures s WHERE s.approval_id = a.id AND s.verdict = 'approve' AND s.person_id <> b.made_by))`,
    `'bank account ' || b.id`,
  ),
  everyRow(
    'every bank account is the one that was approved, name, IBAN and BIC',
    `bank_accounts b JOIN approvals a ON a.id = b.approval_id`,
    `a.content ->> 'organisationId' <> b.organisation_id::text OR a.content ->> 'accountName' <> b.name
     OR a.content ->> 'iban' <> b.iban OR a.content ->> 'bic' IS DISTINCT FROM b.bic`,
    `'bank account ' || b.id`,
  ),
  everyRow(
    'the check digits of every IBAN fit',
    `(SELECT id, iban FROM bank_accounts UNION ALL SELECT id, iban FROM pool_bank_accounts) AS account`,
    `NOT ${ibanHolds('iban')}`,
    `'bank account ' || id`,
  ),
  everyRow(
    'no payee has two bank accounts that begin on one day',
    `(SELECT organisation_id, usable_from, count(*) AS accounts FROM bank_accounts WHERE state = 'approved'
      GROUP BY organisation_id, usable_from) AS begun`,
    `accounts > 1`,
    `'organisation ' || organisation_id || ' on ' || usable_from`,
  ),
];
