import { type Check, everyRow } from '../platform/verify/check.js';

/** What holds of letters that wait, and of the digests that tell of them. */
export const noticesChecks: Check[] = [
  everyRow(
    'every letter that waits has a digest ahead of it',
    `(SELECT m.id, EXISTS (SELECT 1 FROM occurrences o WHERE o.kind = 'mail.digest' AND o.state = 'waiting'
        AND o.subject_id = m.coalition_id AND o.period_key LIKE m.digest || '-%') AS planned
      FROM mail_messages m WHERE m.state = 'waiting') AS letter`,
    'NOT planned',
    'id',
  ),
  everyRow(
    'every digest tells its reader of their own letters, of one coalition',
    `(SELECT m.id, d.template = 'mail.digest' AND d.person_id = m.person_id AND d.coalition_id = m.coalition_id AS fits
      FROM mail_messages m JOIN mail_messages d ON d.id = m.digest_id) AS letter`,
    'NOT fits',
    'id',
  ),
  everyRow(
    'every digest tells of something',
    `(SELECT d.id, EXISTS (SELECT 1 FROM mail_messages m WHERE m.digest_id = d.id) AS tells
      FROM mail_messages d WHERE d.template = 'mail.digest') AS digest`,
    'NOT tells',
    'id',
  ),
];
