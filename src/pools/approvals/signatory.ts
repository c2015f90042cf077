import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';

/** SQL: whether this person has an approver's seat in a coalition on a day. All are SQL expressions. */
export const approverSeat = (coalition: string, person: string, day: string): string => `EXISTS (
  SELECT 1 FROM memberships seat WHERE seat.coalition_id = ${coalition} AND seat.person_id = ${person}
    AND seat.role = 'approver' AND seat.since_on <= ${day} AND (seat.until_on IS NULL OR seat.until_on >= ${day}))`;

/**
 * SQL: the delegations by which this person can sign the approval `a`: of an approver who did not ask for it and whose
 * seat has not signed it.
 */
export const steadsIn = (person: string, day: string): string => `
  SELECT d.id, d.delegator_id, p.name FROM approval_delegations d JOIN persons p ON p.id = d.delegator_id
  WHERE d.coalition_id = a.coalition_id AND d.delegate_id = ${person} AND d.ended_at IS NULL
    AND d.since_on <= ${day} AND d.until_on >= ${day} AND d.delegator_id <> a.made_by
    AND ${approverSeat('d.coalition_id', 'd.delegator_id', day)}
    AND NOT EXISTS (SELECT 1 FROM approval_signatures s
      WHERE s.approval_id = a.id AND coalesce(s.for_person_id, s.person_id) = d.delegator_id)
  ORDER BY d.since_on, d.id`;

/** In whose stead somebody signs; null where they sign for themselves. */
export interface Stead {
  delegationId: string;
  forPersonId: string;
}

/**
 * For whom the actor signs: by their own approver's seat, or else in the stead of an approver who is away.
 * @throws forbidden when by neither
 */
export async function signatoryOf(tx: Tx, approvalId: string): Promise<Stead | null> {
  const found = await tx.row<{ own: boolean; delegationId: string | null; forPersonId: string | null }>(
    `SELECT ${approverSeat('a.coalition_id', '$2::uuid', '$3::date')} AS own, stead.id AS "delegationId",
       stead.delegator_id AS "forPersonId"
     FROM approvals a LEFT JOIN LATERAL (${steadsIn('$2::uuid', '$3::date')} LIMIT 1) AS stead ON true WHERE a.id = $1`,
    [approvalId, tx.actor.personId ?? null, tx.now.toISOString().slice(0, 10)],
  );
  if (found?.own) return null;
  if (found?.delegationId && found.forPersonId) {
    return { delegationId: found.delegationId, forPersonId: found.forPersonId };
  }
  throw new DomainError(
    'forbidden',
    'This takes an approver’s seat in the coalition, or the delegation of an approver who can still sign it.',
  );
}
