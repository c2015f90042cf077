import { type Check, everyRow } from '../../platform/verify/check.js';

/** What is always true of outcome claims. */
export const claimsChecks: Check[] = [
  everyRow(
    'every working of an outcome is its gross less what caps trimmed, and what payers pay and cannot pay',
    `(SELECT w.id, w.gross, w.net, (SELECT coalesce(sum(replace(t ->> 'amount', '.', '')::bigint), 0)
          FROM jsonb_array_elements(w.trimmed) AS t) AS trimmed,
        (SELECT coalesce(sum(s.amount + s.unpaid), 0) FROM outcome_shares s WHERE s.working_id = w.id) AS shared
      FROM outcome_workings w) AS working`,
    `gross - trimmed <> net OR shared <> net`,
    `'working ' || id`,
  ),
  everyRow(
    'every payer was invoiced for a claim exactly what its shares of it are',
    `(SELECT c.id, c.number, s.party_id, sum(s.amount) AS due,
        (SELECT coalesce(sum(i.amount), 0) FROM outcome_invoices i
         WHERE i.source_id = c.id AND i.party_id = s.party_id) AS invoiced
      FROM outcome_claims c JOIN outcome_workings w ON w.claim_id = c.id JOIN outcome_shares s ON s.working_id = w.id
      WHERE c.state = 'verified' GROUP BY c.id, s.party_id) AS share`,
    `due <> invoiced`,
    `'claim ' || number || ' of party ' || party_id`,
  ),
  everyRow(
    'every verified claim was verified line by line, by somebody who did not make it',
    `outcome_claims c`,
    `c.state = 'verified' AND (c.decided_by IN (c.made_by, c.submitted_by)
       OR EXISTS (SELECT 1 FROM outcome_claim_lines l WHERE l.claim_id = c.id AND l.verdict IS NULL))`,
    `'claim ' || c.number || ' of bond ' || c.bond_id`,
  ),
  everyRow(
    'nothing is accepted of an outcome beyond what was claimed',
    `outcome_claim_lines l`,
    `l.accepted_quantity > l.quantity`,
    `'line ' || l.number || ' of claim ' || l.claim_id`,
  ),
  everyRow(
    'of every metric that pays once for a person, as many were paid as there are people accepted',
    `(SELECT l.bond_id, l.metric, sum(l.paid) AS paid, (SELECT count(DISTINCT p.person_key) FROM outcome_claim_people p
          JOIN outcome_claim_lines n ON n.id = p.line_id JOIN outcome_claims c ON c.id = n.claim_id
          WHERE c.bond_id = l.bond_id AND c.state = 'verified' AND n.metric = l.metric AND n.verdict <> 'rejected'
            AND p.is_accepted) AS people
      FROM (SELECT c.bond_id, w.metric, sum(w.accepted) AS paid FROM outcome_claims c
        JOIN bond_versions v ON v.bond_id = c.bond_id AND v.number = c.terms_number
        JOIN outcome_workings w ON w.claim_id = c.id AND w.line_id IS NOT NULL
        WHERE EXISTS (SELECT 1 FROM jsonb_array_elements(v.terms -> 'rateCard') AS r
          WHERE r ->> 'metric' = w.metric AND r ->> 'kind' = 'per_person_once')
        GROUP BY c.bond_id, w.metric) AS l GROUP BY l.bond_id, l.metric) AS metric`,
    `paid <> people`,
    `metric || ' of bond ' || bond_id || ': ' || paid || ' paid, ' || people || ' accepted'`,
  ),
];
