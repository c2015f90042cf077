import { coalitionCalendar } from '../../../coalitions/coalition.js';
import type { Day } from '../../../maths/day.js';
import type { Tx } from '../../../platform/database/tx.js';
import { planOccurrences } from '../../../platform/queue/occurrences.js';
import { conditionRemindersOf } from './condition-reminder.rules.js';

/**
 * SQL: what first waits for each open condition: an instalment that it holds, or one that falls due after it. The day of
 * the latter is the one on which it is expected. What waits for a day alone needs nobody: the day comes by itself.
 */
export const firstToWait = `
  SELECT DISTINCT ON (c.id) c.id, i.amount, coalesce(i.due_on, i.nominal_on) AS "bitesOn"
  FROM conditions c JOIN instalments i ON i.grant_id = c.grant_id AND i.state IN ('planned', 'due', 'held')
    AND (i.nominal_on >= c.applies_from OR (i.after_condition_id = c.id AND i.due_on IS NULL))
  WHERE c.state = 'open' AND c.kind <> 'date'
  ORDER BY c.id, coalesce(i.due_on, i.nominal_on), i.number`;

/**
 * Plans the reminders of every open condition of a grant that is under way, by the plan of its payments as it is now.
 * What is planned already stays so; a reminder that counts from a day that has moved is skipped when it comes.
 */
export async function planConditionReminders(
  tx: Tx,
  { id, coalitionId }: { id: string; coalitionId: string },
): Promise<void> {
  const { timeZone } = await coalitionCalendar(tx, coalitionId);
  const waiting = await tx.rows<{ id: string; bitesOn: Day }>(
    `SELECT first.id, first."bitesOn" FROM (${firstToWait}) AS first
     JOIN conditions c ON c.id = first.id JOIN grants g ON g.id = c.grant_id
     WHERE g.id = $1 AND g.state IN ('awarded', 'active', 'suspended')`,
    [id],
  );
  await planOccurrences(
    tx,
    waiting.flatMap((condition) =>
      conditionRemindersOf(condition.bitesOn, timeZone, tx.now).map(({ step, dueAt }) => ({
        ...{ coalitionId, kind: 'condition.remind' as const, subjectId: condition.id, periodKey: step },
        ...{ channel: 'mail' as const, dueAt },
      })),
    ),
  );
}
