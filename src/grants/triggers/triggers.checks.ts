import { type Check, everyRow } from '../../platform/verify/check.js';

/** What is always true of instalments that fall due after something. */
export const triggersChecks: Check[] = [
  everyRow(
    'every instalment that falls due after a condition has its date once that has ended, and none before',
    `instalments i JOIN conditions c ON c.id = i.after_condition_id`,
    `i.state <> 'cancelled' AND (i.due_on IS NULL) <> (c.state = 'open')`,
    `'instalment ' || i.id || ', condition ' || c.id || ' is ' || c.state`,
  ),
  everyRow(
    'every instalment falls due after a condition of its own grant',
    `instalments i JOIN conditions c ON c.id = i.after_condition_id`,
    `c.grant_id <> i.grant_id OR c.kind = 'date'`,
    `'instalment ' || i.id`,
  ),
];
