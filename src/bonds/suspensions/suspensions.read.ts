import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import type { SubstitutePayer, SuspensionState, Window } from './suspension.rules.js';

/** A window in which a bond pays by a schedule. */
export interface Suspension extends Window {
  id: string;
  coalitionId: string;
  bondId: string;
  poolId: string;
  currency: string;
  reason: string;
  payers: SubstitutePayer[];
  state: SuspensionState;
  approvalId: string;
  askedBy: string;
  askedAt: Date;
}

const suspensions = `
  SELECT s.id, s.coalition_id AS "coalitionId", s.bond_id AS "bondId", s.pool_id AS "poolId", b.currency,
    s.from_on AS "fromOn", s.to_on AS "toOn", s.reason, s.payers, s.state, s.approval_id AS "approvalId",
    p.name AS "askedBy", s.asked_at AS "askedAt"
  FROM bond_suspensions s JOIN bonds b ON b.id = s.bond_id JOIN persons p ON p.id = s.asked_by`;

/** @throws notFound */
export async function readSuspension(tx: Tx, suspensionId: string): Promise<Suspension> {
  const suspension = await tx.row<Suspension>(`${suspensions} WHERE s.id = $1`, [suspensionId]);
  if (!suspension) throw notFound('suspension');
  return suspension;
}

export const suspensionsOf = (tx: Tx, bondId: string): Promise<Suspension[]> =>
  tx.rows<Suspension>(`${suspensions} WHERE s.bond_id = $1 ORDER BY s.from_on, s.id`, [bondId]);

/** The windows that are agreed. */
export const suspendedWindows = (tx: Tx, bondId: string): Promise<Window[]> =>
  tx.rows<Window>(
    `SELECT from_on AS "fromOn", to_on AS "toOn" FROM bond_suspensions WHERE bond_id = $1 AND state = 'approved'`,
    [bondId],
  );

/** An instalment of a schedule. Minor units. */
export interface SubstitutePayment {
  id: string;
  suspensionId: string;
  number: number;
  dueOn: Day;
  amount: bigint;
  state: 'planned' | 'invoiced';
  invoiced: bigint | null;
  note: string;
}

export const substitutesOf = (tx: Tx, suspensionId: string): Promise<SubstitutePayment[]> =>
  tx.rows<SubstitutePayment>(
    `SELECT id, suspension_id AS "suspensionId", number, due_on AS "dueOn", amount, state, invoiced, note
     FROM substitute_payments WHERE suspension_id = $1 ORDER BY number`,
    [suspensionId],
  );
