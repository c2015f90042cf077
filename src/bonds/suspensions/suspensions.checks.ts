import { type Check, everyRow } from '../../platform/verify/check.js';

/** What is always true of suspensions. */
export const suspensionsOfBondsChecks: Check[] = [
  everyRow(
    'no outcome is claimed and verified of a period that begins in a suspension which held by then',
    `outcome_claims c JOIN bond_suspensions s ON s.bond_id = c.bond_id AND s.state = 'approved' AND s.decided_at < c.decided_at`,
    `c.state = 'verified' AND c.period_from BETWEEN s.from_on AND s.to_on`,
    `'claim ' || c.number || ' of bond ' || c.bond_id`,
  ),
  everyRow(
    'every instalment of a suspension was invoiced as it says',
    `(SELECT p.id, p.invoiced, coalesce(sum(i.amount), 0) AS sent FROM substitute_payments p
      LEFT JOIN outcome_invoices i ON i.source_id = p.id GROUP BY p.id) AS instalment`,
    `coalesce(invoiced, 0) <> sent`,
    `'instalment ' || id`,
  ),
  everyRow(
    'no two suspensions of a bond hold at once',
    `bond_suspensions s`,
    `s.state = 'approved' AND EXISTS (SELECT 1 FROM bond_suspensions o WHERE o.bond_id = s.bond_id AND o.id <> s.id
       AND o.state = 'approved' AND o.from_on <= s.to_on AND o.to_on >= s.from_on)`,
    `'bond ' || s.bond_id`,
  ),
];
