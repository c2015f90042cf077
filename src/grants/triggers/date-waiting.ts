import { type CoalitionCalendar, coalitionCalendar } from '../../coalitions/coalition.js';
import { adjust, holidayCalendar } from '../../maths/business-day.js';
import { type Day, dayInZone } from '../../maths/day.js';
import { auditAll } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { planDue } from '../instalments.js';
import { dayAfter, type TriggerUnit } from './trigger.rules.js';

interface Waiting {
  id: string;
  count: number;
  unit: TriggerUnit;
  expectedOn: Day;
  metOn: Day | null;
  endedAt: Date | null;
}

/** The dates of what waited until something happened on this day: the day agreed, and the business day it is paid on. */
export function datesAfter(
  happenedOn: Day,
  wait: { count: number; unit: TriggerUnit },
  { businessDay, holidays }: Pick<CoalitionCalendar, 'businessDay' | 'holidays'>,
): { nominalOn: Day; dueOn: Day } {
  const calendar = holidayCalendar(holidays);
  const nominalOn = dayAfter(happenedOn, wait, calendar);
  return { nominalOn, dueOn: adjust(nominalOn, businessDay, calendar) };
}

/**
 * Gives the instalments of a grant whose condition has ended their due dates: counted from the day on which it was met,
 * or else waived. From now on they are planned as any other, and come due by themselves; a day that has passed is due at
 * once. The caller holds the pool's lock. Doing it twice changes nothing.
 */
export async function dateWaiting(tx: Tx, coalitionId: string, grantId: string): Promise<void> {
  const waiting = await tx.rows<Waiting>(
    `SELECT i.id, i.after_count AS count, i.after_unit AS unit, i.expected_on AS "expectedOn", c.met_on AS "metOn",
       c.ended_at AS "endedAt"
     FROM instalments i JOIN conditions c ON c.id = i.after_condition_id
     WHERE i.grant_id = $1 AND i.state = 'planned' AND i.due_on IS NULL AND c.state <> 'open'
     ORDER BY i.number FOR UPDATE OF i`,
    [grantId],
  );
  if (waiting.length === 0) return;
  const calendar = await coalitionCalendar(tx, coalitionId);
  const dated = waiting.map(({ id, metOn, endedAt, ...wait }) => {
    const happenedOn = metOn ?? dayInZone(endedAt ?? tx.now, calendar.timeZone);
    return { id, happenedOn, ...wait, ...datesAfter(happenedOn, wait, calendar) };
  });
  await tx.run(
    `UPDATE instalments i SET nominal_on = d.nominal_on, due_on = d.due_on, version = i.version + 1
     FROM unnest($1::uuid[], $2::date[], $3::date[]) AS d (id, nominal_on, due_on) WHERE i.id = d.id`,
    [dated.map(({ id }) => id), dated.map(({ nominalOn }) => nominalOn), dated.map(({ dueOn }) => dueOn)],
  );
  await planDue(tx, coalitionId, calendar, dated);
  await auditAll(
    tx,
    dated.map(({ id, happenedOn, expectedOn, nominalOn, dueOn }) => ({
      coalitionId,
      action: 'instalment.dated',
      subject: { kind: 'instalment', id },
      before: { expectedOn },
      after: { happenedOn, nominalOn, dueOn },
    })),
  );
}
