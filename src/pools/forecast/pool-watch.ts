import { addMonths, dayInZone, monthOf, startOfDayInstant } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { planOccurrences } from '../../platform/queue/occurrences.js';

/** Plans the next look ahead for a pool: the first of the month after `after`, in the morning of its coalition. */
export async function planNextWatch(
  tx: Tx,
  pool: { id: string; coalitionId: string },
  after: Date,
): Promise<void> {
  const coalition = await tx.row<{ timeZone: string }>(
    `SELECT time_zone AS "timeZone" FROM coalitions WHERE id = $1`,
    [pool.coalitionId],
  );
  if (!coalition) throw new Error(`The coalition of pool ${pool.id} is out of sight.`);
  const { timeZone } = coalition;
  const first = addMonths(`${monthOf(dayInZone(after, timeZone))}-01`, 1);
  await planOccurrences(tx, [
    {
      coalitionId: pool.coalitionId,
      kind: 'pool.watch',
      subjectId: pool.id,
      periodKey: monthOf(first),
      channel: 'mail',
      dueAt: startOfDayInstant(first, timeZone, '07:00'),
    },
  ]);
}
