import { coalitionCalendar } from '../../coalitions/coalition.js';
import type { Tx } from '../../platform/database/tx.js';
import { planOccurrences } from '../../platform/queue/occurrences.js';
import { stepsOfWaiting } from './waiting.rules.js';

/** Requests that wait for somebody's decision. */
export type WaitingKind = 'approval.remind' | 'toolkit.remind';

/** Plans that those who can decide on a request of now are told of it, and reminded. Whoever ends it calls it off. */
export async function planWaiting(
  tx: Tx,
  kind: WaitingKind,
  { coalitionId, id }: { coalitionId: string; id: string },
): Promise<void> {
  const calendar = await coalitionCalendar(tx, coalitionId);
  await planOccurrences(
    tx,
    stepsOfWaiting(tx.now, calendar).map(({ step, dueAt }) => ({
      ...{ coalitionId, kind, subjectId: id, periodKey: step, channel: 'mail' as const, dueAt },
    })),
  );
}
