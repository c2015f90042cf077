import { type Check, everyRow } from '../../platform/verify/check.js';
import type { OccurrenceKind } from '../../platform/queue/job-kinds.js';
import type { WaitingKind } from './plan-waiting.js';

/**
 * What holds of telling people of requests that wait.
 * @param what as in "approval"
 * @param requests SQL with the columns id, is_open and asked_by
 */
export const waitingChecks = (kind: WaitingKind, what: string, requests: string): Check[] => [
  everyRow(
    `every ${what} that waits has been told of, or will be`,
    `(SELECT r.id, r.is_open, EXISTS (SELECT 1 FROM occurrences o WHERE o.kind = '${kind}' AND o.subject_id = r.id) AS planned
      FROM ${requests} AS r) AS request`,
    'is_open AND NOT planned',
    `'${what} ' || id`,
  ),
  everyRow(
    `no reminder of ${what}s waits for one that is decided`,
    `occurrences o JOIN ${requests} AS r ON r.id = o.subject_id AND o.kind = '${kind}'`,
    `o.state = 'waiting' AND NOT r.is_open`,
    `'occurrence ' || o.id`,
  ),
  ...lettersOfRunChecks(kind, what),
  everyRow(
    `nobody is asked to decide on their own ${what}`,
    `mail_messages m JOIN ${requests} AS r ON r.id = ANY (m.about) AND m.cause_kind = '${kind}'`,
    `m.person_id = r.asked_by`,
    `'mail ' || m.id`,
  ),
];

/** What holds of letters that tell of several matters in one: each is about what its run has told of. */
export function lettersOfRunChecks(kind: OccurrenceKind, what: string): Check[] {
  const told = `(SELECT DISTINCT unnest(about) AS subject_id, created_at FROM mail_messages WHERE cause_kind = '${kind}')`;
  const run = `o.kind = '${kind}' AND o.state = 'done'`;
  return [
    everyRow(
      `every reminder of ${what}s that was done was written`,
      `occurrences o LEFT JOIN ${told} AS m ON m.subject_id = o.subject_id AND m.created_at = o.ended_at`,
      `${run} AND m.subject_id IS NULL`,
      `'occurrence ' || o.id`,
    ),
    everyRow(
      `no letter about ${what}s was written but for a reminder`,
      `${told} AS m LEFT JOIN occurrences o ON ${run} AND o.subject_id = m.subject_id AND o.ended_at = m.created_at`,
      `o.id IS NULL`,
      `'${what} ' || m.subject_id`,
    ),
  ];
}
