import { waitingChecks } from '../notices/waiting/waiting-checks.js';
import { type Check, everyRow } from '../platform/verify/check.js';
import { linkable } from './link-kinds.js';

/** What is always true of what was learnt, and of what is shared of it. */
export const learningChecks: Check[] = [
  everyRow(
    'every learning entry has all its versions, and the last is what it says',
    `(SELECT e.id, (SELECT count(*) FROM learning_entry_versions v WHERE v.entry_id = e.id) <> e.version
        OR NOT EXISTS (SELECT 1 FROM learning_entry_versions v WHERE v.entry_id = e.id AND v.version = e.version
          AND (v.title, v.action, v.observation, v.reflection, v.next_step, v.happened_on, v.tags)
            = (e.title, e.action, e.observation, e.reflection, e.next_step, e.happened_on, e.tags)) AS differs
      FROM learning_entries e) AS entry`,
    `differs`,
    `'learning entry ' || id`,
  ),
  everyRow(
    'what a learning entry is linked to is there, in the same coalition',
    `(SELECT l.id, l.kind, NOT EXISTS (SELECT 1 FROM ${linkable} AS s WHERE s.kind = l.kind AND s.id = l.subject_id
        AND s.coalition_id = l.coalition_id) AS missing FROM learning_links l) AS link`,
    `missing`,
    `'link ' || id || ' to a ' || kind`,
  ),
  everyRow(
    'every public edition of a toolkit was published by somebody else than who asked for it',
    `toolkit_editions`,
    `state = 'published' AND (decided_by IS NULL OR decided_by = asked_by)`,
    `'edition ' || id`,
  ),
  ...waitingChecks(
    'toolkit.remind',
    'request to publish',
    `(SELECT id, state = 'asked' AS is_open, asked_by FROM toolkit_editions)`,
  ),
];
