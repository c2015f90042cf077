import type { CoalitionCalendar } from '../coalitions/coalition.js';
import { type Day, startOfDayInstant } from '../maths/day.js';
import { notFound } from '../platform/errors/domain-error.js';
import { canonical } from '../platform/http/once.js';
import type { Tx } from '../platform/database/tx.js';
import { callOff, planOccurrences } from '../platform/queue/occurrences.js';
import { type HoldReason, type InstalmentState, requireMove } from './instalment.rules.js';

/** An instalment with what those who pay it need to know. Minor units of the grant's currency. */
export interface InstalmentRow {
  id: string;
  coalitionId: string;
  poolId: string;
  grantId: string;
  grantReference: string;
  grantTitle: string;
  grantState: string;
  organisationId: string;
  payee: string;
  number: number;
  nominalOn: Day;
  dueOn: Day;
  amount: bigint;
  uplift: bigint;
  currency: string;
  state: InstalmentState;
  holdReasons: HoldReason[];
  version: number;
}

const instalments = `
  SELECT i.id, i.coalition_id AS "coalitionId", i.pool_id AS "poolId", i.grant_id AS "grantId",
    g.reference AS "grantReference", g.title AS "grantTitle", g.state AS "grantState",
    g.organisation_id AS "organisationId", o.name AS payee, i.number, i.nominal_on AS "nominalOn", i.due_on AS "dueOn",
    i.amount, i.uplift, g.currency, i.state, i.hold_reasons AS "holdReasons", i.version
  FROM instalments i JOIN grants g ON g.id = i.grant_id JOIN organisations o ON o.id = g.organisation_id`;

/** The instalments of a grant, in order. */
export const instalmentsOfGrant = (tx: Tx, grantId: string): Promise<InstalmentRow[]> =>
  tx.rows<InstalmentRow>(`${instalments} WHERE i.grant_id = $1 ORDER BY i.number`, [grantId]);

/** Instalments of a pool in any of these states, in due order; at most `most`. */
export const instalmentsOfPool = (
  tx: Tx,
  poolId: string,
  states: InstalmentState[],
  most = 500,
): Promise<InstalmentRow[]> =>
  tx.rows<InstalmentRow>(
    `${instalments} WHERE i.pool_id = $1 AND i.state = ANY ($2::text[]) ORDER BY i.due_on, i.id LIMIT $3`,
    [poolId, states, most],
  );

/**
 * Instalments, locked until the transaction ends, in due order. Lock the pool first: whoever decides over its money
 * holds it.
 */
export const lockInstalments = (tx: Tx, ids: string[]): Promise<InstalmentRow[]> =>
  tx.rows<InstalmentRow>(
    `${instalments} WHERE i.id = ANY ($1::uuid[]) ORDER BY i.due_on, i.id FOR UPDATE OF i`,
    [ids],
  );

/** @throws notFound */
export async function readInstalment(tx: Tx, instalmentId: string): Promise<InstalmentRow> {
  const instalment = await tx.row<InstalmentRow>(`${instalments} WHERE i.id = $1`, [instalmentId]);
  if (!instalment) throw notFound('instalment');
  return instalment;
}

/** A new state for an instalment; `held` comes with its reasons. */
export interface Move {
  instalment: InstalmentRow;
  to: InstalmentState;
  holdReasons?: HoldReason[];
}

/**
 * Moves locked instalments to new states, in one statement, and writes down who did so and why.
 * @throws stateForbids when a state does not lead there
 */
export async function moveInstalments(tx: Tx, moves: Move[]): Promise<void> {
  if (moves.length === 0) return;
  for (const { instalment, to } of moves) requireMove(instalment.number, instalment.state, to);
  const rows = moves.map(({ instalment, to, holdReasons = [] }) => ({
    id: instalment.id,
    coalition_id: instalment.coalitionId,
    state: to,
    reasons: holdReasons,
    before: { state: instalment.state, holdReasons: instalment.holdReasons },
    after: { state: to, holdReasons },
  }));
  await tx.run(
    `WITH moved AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb)
         AS m (id uuid, coalition_id uuid, state text, reasons jsonb, before jsonb, after jsonb)),
     done AS (
       UPDATE instalments i SET state = m.state, hold_reasons = m.reasons, version = i.version + 1
       FROM moved m WHERE i.id = m.id RETURNING i.id)
     INSERT INTO audit_events (coalition_id, at, person_id, job, action, subject_kind, subject_id, before, after, request_id)
     SELECT m.coalition_id, $2, $3, $4, 'instalment.' || m.state, 'instalment', m.id, m.before, m.after, $5
     FROM moved m JOIN done d ON d.id = m.id`,
    [
      canonical(rows),
      tx.now,
      tx.actor.personId ?? null,
      tx.actor.kind === 'person' ? null : tx.actor.job,
      tx.actor.requestId ?? null,
    ],
  );
}

/** Money went out: the instalment is paid, and an awarded grant is active from its first payment on. */
export async function markPaid(tx: Tx, instalment: InstalmentRow): Promise<void> {
  await moveInstalments(tx, [{ instalment, to: 'paid' }]);
  await tx.run(
    `UPDATE grants SET state = 'active', version = version + 1 WHERE id = $1 AND state = 'awarded'`,
    [instalment.grantId],
  );
}

/** Plans for each instalment that it comes due, at the start of its day in the coalition's time zone. */
export async function planDue(
  tx: Tx,
  coalitionId: string,
  calendar: Pick<CoalitionCalendar, 'timeZone'>,
  planned: { id: string; dueOn: Day }[],
): Promise<void> {
  await planOccurrences(
    tx,
    planned.map(({ id, dueOn }) => ({
      coalitionId,
      kind: 'instalment.due' as const,
      subjectId: id,
      periodKey: dueOn,
      channel: 'ledger' as const,
      dueAt: startOfDayInstant(dueOn, calendar.timeZone),
    })),
  );
}

/** Calls off what was planned for instalments that will not come due. */
export const callOffDue = (tx: Tx, instalmentIds: string[], note: string): Promise<number> =>
  callOff(tx, 'instalment.due', instalmentIds, note);
