import type { Day } from '../maths/day.js';
import { fieldError } from '../platform/errors/domain-error.js';
import type { Tx } from '../platform/database/tx.js';
import type { GrantRow } from './grants.read.js';
import type { MilestoneTrigger, ReportingDay, ReportingDetails } from './reporting-terms.js';
import { conditionFor } from './triggers/link-conditions.js';
import { readTrigger } from './triggers/trigger-input.js';

/** A day on which a period of reporting ends, as it is typed. */
export interface TypedReportingDay {
  on?: Day;
  name?: string | null;
  after?: { event: string; subject?: string; matchAmount?: string };
}

/**
 * Reads where a period of reporting ends: on a day, or on the day when something happens.
 * @param pointer of the day, such as `/reportingDays/1`
 * @throws ruleBroken naming the field
 */
export function readReportingDay(
  { on, name, after }: TypedReportingDay,
  { currency, pointer }: { currency: string; pointer: string },
): ReportingDay {
  if (!after) {
    if (on === undefined) throw fieldError('ruleBroken', `${pointer}/on`, 'Say on which day, or after what.');
    return { on, name: name ?? null };
  }
  if (on !== undefined) {
    const sentence = 'It has a day, or waits for something: leave one of both empty.';
    throw fieldError('ruleBroken', `${pointer}/on`, sentence);
  }
  const typed = { ...after, count: 0, unit: 'days', expectedOn: unexpected };
  const { event, subject, matchAmount } = readTrigger(typed, currency, `${pointer}/after`);
  return {
    on: null,
    name: name ?? null,
    after: { event: event as MilestoneTrigger['event'], conditionId: null, subject, matchAmount },
  };
}

/** A milestone is expected on no day: no money is forecast by it. */
const unexpected: Day = '9999-12-31';

/**
 * Ties the milestones of a grant that is being awarded to its conditions: to one that asks for the same already, or else
 * to a new one that holds nothing by itself. Whoever holds the grant calls it.
 */
export async function linkMilestones(tx: Tx, grant: GrantRow): Promise<void> {
  const { reportingTerms } = grant;
  if (!reportingTerms.days.some(({ after }) => after)) return;
  const days: ReportingDay[] = [];
  for (const day of reportingTerms.days) {
    const conditionId = day.after && (await conditionFor(tx, grant, { ...day.after, onDay: null }));
    days.push(day.after ? { ...day, after: { ...day.after, conditionId: conditionId ?? null } } : day);
  }
  await tx.run(`UPDATE grants SET reporting_terms = $2 WHERE id = $1`, [
    grant.id,
    JSON.stringify({ ...reportingTerms, days } satisfies ReportingDetails),
  ]);
}
