import { type Check, everyRow } from '../../platform/verify/check.js';

/** What is always true of suspended grants. */
export const suspensionChecks: Check[] = [
  everyRow(
    'every suspended grant is in one suspension, and no other grant is in any',
    `(SELECT g.id, g.reference, g.state, count(s.id) AS open FROM grants g
      LEFT JOIN grant_suspensions s ON s.grant_id = g.id AND s.outcome IS NULL GROUP BY g.id) AS suspended`,
    `open <> CASE WHEN state = 'suspended' THEN 1 ELSE 0 END`,
    `'grant ' || reference || ' is ' || state || ', in ' || open || ' suspensions'`,
  ),
  everyRow(
    'nothing of a suspended grant is due or on its way to be paid',
    `instalments i JOIN grants g ON g.id = i.grant_id`,
    `g.state = 'suspended' AND i.state IN ('due', 'approved', 'inPayment', 'returned')`,
    `'instalment ' || i.id || ' is ' || i.state`,
  ),
];
