import { lettersOfRunChecks } from '../../notices/waiting/waiting-checks.js';
import { type Check, everyRow } from '../../platform/verify/check.js';

/** What is always true of conditions. */
export const conditionsChecks: Check[] = [
  everyRow(
    'nothing is due, approved or paid that was to wait for an open condition',
    `conditions c JOIN instalments i ON i.grant_id = c.grant_id AND i.nominal_on >= c.applies_from`,
    `c.state = 'open' AND i.state IN ('due', 'approved', 'inPayment')`,
    `'condition ' || c.id || ', instalment ' || i.number`,
  ),
  everyRow(
    'every waived condition was waived by others than who asked',
    `conditions c LEFT JOIN approvals a ON a.id = c.waiver_approval_id`,
    `c.state = 'waived' AND (a.state IS DISTINCT FROM 'approved' OR a.subject_id <> c.id)`,
    `'condition ' || c.id`,
  ),
  everyRow(
    'every condition that waits for a day has its day ahead of it',
    `conditions c LEFT JOIN occurrences o ON o.kind = 'condition.day' AND o.subject_id = c.id AND o.state = 'waiting'`,
    `c.kind = 'date' AND (c.state = 'open') <> (o.id IS NOT NULL)`,
    `'condition ' || c.id`,
  ),
  everyRow(
    'every condition that waited for a motion is met only by its passing, and every key that was turned is used',
    `conditions c LEFT JOIN decisions d ON d.id = c.decision_id
     LEFT JOIN decision_uses u ON u.decision_id = c.waiver_decision_id AND u.subject_id = c.id`,
    `c.state = 'met' AND c.decision_id IS NOT NULL AND d.state <> 'passed'
     OR c.state = 'waived' AND c.waiver_decision_id IS NOT NULL AND u.id IS NULL`,
    `'condition ' || c.id`,
  ),
  everyRow(
    'no reminder waits for a condition that has ended',
    `occurrences o JOIN conditions c ON c.id = o.subject_id AND o.kind = 'condition.remind'`,
    `o.state = 'waiting' AND c.state <> 'open'`,
    `'occurrence ' || o.id`,
  ),
  ...lettersOfRunChecks('condition.remind', 'condition'),
];
