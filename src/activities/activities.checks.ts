import { type Check, everyRow } from '../platform/verify/check.js';

/** What is always true of theories of change. */
export const activitiesChecks: Check[] = [
  everyRow(
    'every theory of change has all its versions, from the first on',
    `(SELECT organisation_id, count(*) <> max(version) AS gaps FROM theories_of_change GROUP BY organisation_id) AS theory`,
    `gaps`,
    `'organisation ' || organisation_id`,
  ),
];
