import { type Check, everyRow } from '../platform/verify/check.js';

const promised = `('awarded', 'active', 'suspended', 'closing', 'closed')`;

/** What is always true of grants. */
export const grantsChecks: Check[] = [
  everyRow(
    'the instalments of every awarded grant sum to its award',
    `(SELECT g.id, g.reference, g.amount, coalesce(sum(i.amount) FILTER (WHERE i.state <> 'cancelled'), 0) AS planned
      FROM grants g LEFT JOIN instalments i ON i.grant_id = g.id WHERE g.state IN ${promised} GROUP BY g.id) AS award`,
    `planned <> amount`,
    `'grant ' || reference || ' off by ' || (planned - amount)`,
  ),
  everyRow(
    'what is outstanding of every grant is its award less what was paid',
    `(SELECT g.id, g.reference, g.amount - coalesce(paid.total, 0) AS open, coalesce(account.balance, 0) AS booked
      FROM grants g
      LEFT JOIN (SELECT grant_id, sum(amount) AS total FROM disbursements WHERE state = 'settled' GROUP BY grant_id) AS paid
        ON paid.grant_id = g.id
      LEFT JOIN (SELECT subject_id, -sum(balance) AS balance FROM accounts WHERE kind = 'grantsOutstanding'
        GROUP BY subject_id) AS account ON account.subject_id = g.id
      WHERE g.state IN ${promised}) AS outstanding`,
    `open <> booked`,
    `'grant ' || reference || ': the ledger says ' || booked || ', instalments say ' || open`,
  ),
  everyRow(
    'every planned instalment of a living grant that has a due date waits to come due',
    `(SELECT i.id, EXISTS (SELECT 1 FROM occurrences o WHERE o.kind = 'instalment.due' AND o.subject_id = i.id
        AND o.state = 'waiting') AS waits
      FROM instalments i JOIN grants g ON g.id = i.grant_id WHERE i.state = 'planned' AND i.due_on IS NOT NULL
        AND g.state IN ('awarded', 'active', 'suspended')) AS planned`,
    `NOT waits`,
    `'instalment ' || id`,
  ),
  everyRow(
    'no grant was awarded by who proposed it',
    `grants`,
    `awarded_by = proposed_by`,
    `'grant ' || reference`,
  ),
  everyRow(
    'every award and amendment by a decision of the coalition has used it, and nothing else has',
    `(SELECT 'grant ' || id AS what, decision_id, id AS subject_id, 'grantAward' AS kind FROM grants WHERE decision_id IS NOT NULL
      UNION ALL SELECT 'amendment ' || id, decision_id, grant_id, 'grantAmendment' FROM grant_versions
      WHERE decision_id IS NOT NULL AND state = 'approved') AS keyed
     LEFT JOIN decision_uses u ON u.decision_id = keyed.decision_id AND u.subject_id = keyed.subject_id AND u.subject_kind = keyed.kind`,
    `u.id IS NULL`,
    `what`,
  ),
];
