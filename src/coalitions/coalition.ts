import type { BusinessDayRule } from '../maths/business-day.js';
import { type Day, dayInZone } from '../maths/day.js';
import type { Tx } from '../platform/database/tx.js';
import { fieldError, notFound } from '../platform/errors/domain-error.js';

/** How a coalition reads dates: its clock, its business days, and what day it is there. */
export interface CoalitionCalendar {
  /** An IANA time zone, such as Europe/London. */
  timeZone: string;
  businessDay: BusinessDayRule;
  /** A holiday calendar such as GB-ENG; null knows weekends only. */
  holidays: string | null;
  /** The calendar date in the time zone at `tx.now`. */
  today: Day;
}

/**
 * The calendar of a coalition: what every due date of it is reckoned by.
 * @throws notFound where the actor has no seat
 */
export async function coalitionCalendar(tx: Tx, coalitionId: string): Promise<CoalitionCalendar> {
  const row = await tx.row<Omit<CoalitionCalendar, 'today'>>(
    `SELECT time_zone AS "timeZone", business_day AS "businessDay", holidays FROM coalitions WHERE id = $1`,
    [coalitionId],
  );
  if (!row) throw notFound('coalition');
  return { ...row, today: dayInZone(tx.now, row.timeZone) };
}

/**
 * Refuses money for or from the organisation that serves the coalition as its backbone, today or by a term
 * already named: it may be neither a funder nor a grantee while it serves. Holds the organisation until the
 * transaction ends, so that no term can be named for it meanwhile.
 *
 * @param pointer the field of the input that names the organisation, such as `/funderId`
 * @throws notFound, ruleBroken
 */
export async function refuseServingBackbone(
  tx: Tx,
  coalitionId: string,
  organisationId: string,
  pointer: string,
): Promise<void> {
  const { today } = await coalitionCalendar(tx, coalitionId);
  const organisation = await tx.row<{ name: string }>(
    `SELECT name FROM organisations WHERE coalition_id = $1 AND id = $2 FOR SHARE`,
    [coalitionId, organisationId],
  );
  if (!organisation) throw fieldError('ruleBroken', pointer, 'Choose an organisation of this coalition.');
  const serving = await tx.row(
    `SELECT 1 FROM backbone_terms WHERE coalition_id = $1 AND organisation_id = $2
       AND (until_on IS NULL OR until_on >= $3)`,
    [coalitionId, organisationId, today],
  );
  if (!serving) return;
  throw fieldError(
    'ruleBroken',
    pointer,
    `${organisation.name} serves the coalition as its backbone, so it can be neither a funder nor a grantee. ` +
      'Choose another organisation, or end its backbone term first.',
  );
}

/**
 * Holds the seats and terms of a coalition until the transaction ends: whether somebody is left to run it, and
 * who serves it, must not change between the question and the answer.
 */
export async function lockSeats(tx: Tx, coalitionId: string): Promise<void> {
  await tx.rows(`SELECT 1 FROM coalitions WHERE id = $1 FOR NO KEY UPDATE`, [coalitionId]);
}
