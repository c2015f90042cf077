import { type Check, everyRow } from '../../platform/verify/check.js';

/** What is always true of the versions of goals. */
export const goalVersionsChecks: Check[] = [
  everyRow(
    'every goal says what its newest version says',
    `goals g LEFT JOIN goal_versions v ON v.goal_id = g.id AND v.number = g.version`,
    `(v.name, v.description, v.horizon_on) IS DISTINCT FROM (g.name, g.description, g.horizon_on)`,
    `'goal ' || g.name`,
  ),
];
