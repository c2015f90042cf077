import { type Check, everyRow } from '../../platform/verify/check.js';

/** What is always true of contracts. */
export const contractsChecks: Check[] = [
  everyRow(
    'every payer and investor of the terms that hold is a party to its bond',
    `(SELECT b.id, b.reference, n.role, n.organisation_id FROM bonds b
        JOIN bond_versions v ON v.bond_id = b.id AND v.number = b.signed_version
        CROSS JOIN LATERAL (
          SELECT 'payer' AS role, (p ->> 'organisationId')::uuid AS organisation_id FROM jsonb_array_elements(v.terms -> 'payers') AS p
          UNION ALL
          SELECT 'investor', (i ->> 'organisationId')::uuid FROM jsonb_array_elements(v.terms -> 'investors') AS i
          UNION ALL SELECT 'provider', b.provider_id) AS n) AS named`,
    `NOT EXISTS (SELECT 1 FROM bond_parties y WHERE y.bond_id = named.id AND y.role = named.role
       AND y.organisation_id = named.organisation_id)`,
    `'bond ' || reference || ': ' || role || ' ' || organisation_id`,
  ),
  everyRow(
    'every version that was proposed is what its approval was asked for',
    `bond_versions v JOIN approvals a ON a.id = v.approval_id`,
    `a.subject_id <> v.id OR a.content ->> 'termsSha256' IS DISTINCT FROM v.terms_hash`,
    `'version ' || v.number || ' of bond ' || v.bond_id`,
  ),
  everyRow(
    'whoever wrote a signed contract has not signed it',
    `bond_versions v JOIN approval_signatures s ON s.approval_id = v.approval_id AND s.verdict = 'approve'`,
    `v.state = 'signed' AND v.made_by IN (s.person_id, s.for_person_id)`,
    `'version ' || v.number || ' of bond ' || v.bond_id`,
  ),
];
