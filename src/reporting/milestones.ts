import { daysReached, type ReportingDetails } from '../grants/reporting-terms.js';
import type { Day } from '../maths/day.js';
import type { Tx } from '../platform/database/tx.js';

/** What was agreed about reporting, with the milestones that have been reached by now, each on the day it was. */
export async function withMilestonesReached(tx: Tx, details: ReportingDetails): Promise<ReportingDetails> {
  const ids = details.days.flatMap(({ after }) => after?.conditionId ?? []);
  if (!details.days.some(({ after }) => after)) return details;
  const met = await tx.rows<{ id: string; metOn: Day }>(
    `SELECT id, met_on AS "metOn" FROM conditions WHERE id = ANY ($1::uuid[]) AND state = 'met'`,
    [ids],
  );
  const metOnOf = new Map(met.map(({ id, metOn }) => [id, metOn]));
  return { ...details, days: daysReached(details.days, (id) => metOnOf.get(id)) };
}
