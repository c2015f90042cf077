import { heldForBondsSql } from '../ledger/chart-of-accounts.js';
import { type Check, everyRow } from '../platform/verify/check.js';

/** What is always true of bonds, whatever room of them it concerns. */
export const bondsChecks: Check[] = [
  everyRow(
    'no bond has paid more than investors and payers have brought it',
    `(SELECT b.reference, -coalesce(sum(a.balance), 0) AS held FROM bonds b LEFT JOIN accounts a
        ON a.kind IN (${heldForBondsSql})
        AND (a.subject_id = b.id OR a.subject_id IN (SELECT p.id FROM bond_parties p WHERE p.bond_id = b.id))
      GROUP BY b.id) AS bond`,
    `held < 0`,
    `'bond ' || reference || ' holds ' || held`,
  ),
  everyRow(
    'the signed version of every bond is one that was approved',
    `bonds b LEFT JOIN bond_versions v ON v.bond_id = b.id AND v.number = b.signed_version`,
    `b.signed_version IS NOT NULL AND v.state IS DISTINCT FROM 'signed'`,
    `'bond ' || b.reference`,
  ),
  everyRow(
    'the verifier of every bond is neither its provider nor an investor of it',
    `bond_parties v JOIN bond_parties o ON o.bond_id = v.bond_id AND o.role IN ('provider', 'investor')`,
    `v.role = 'verifier' AND v.organisation_id = o.organisation_id`,
    `'bond ' || v.bond_id`,
  ),
];
