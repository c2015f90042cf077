import type { Tx } from '../../platform/database/tx.js';
import { planOccurrences } from '../../platform/queue/occurrences.js';
import type { ReportRun } from '../runs/runs.read.js';

/** A mail server is asked for five days before a mail is given up: the last look is after that. */
const HOURS_BETWEEN_LOOKS = [0.25, 2, 12, 24, 24, 24, 24, 24];

/** Plans to look whether a report has reached its recipients, for the nth time; after the last nothing is planned. */
export async function planArrivalCheck(
  tx: Tx,
  run: Pick<ReportRun, 'id' | 'coalitionId'>,
  look: number,
): Promise<void> {
  const hours = HOURS_BETWEEN_LOOKS[look - 1];
  if (hours === undefined) return;
  await planOccurrences(tx, [
    {
      ...{ coalitionId: run.coalitionId, kind: 'report.arrival', subjectId: run.id, channel: 'mail' },
      periodKey: String(look),
      dueAt: new Date(tx.now.getTime() + hours * 60 * 60 * 1000),
    },
  ]);
}
