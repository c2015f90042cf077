import type { CoalitionCalendar } from '../coalitions/coalition.js';
import { type Day, startOfDayInstant } from '../maths/day.js';
import { notFound } from '../platform/errors/domain-error.js';
import { canonical } from '../platform/http/once.js';
import type { Tx } from '../platform/database/tx.js';
import { callOff, planOccurrences } from '../platform/queue/occurrences.js';
import type { Trigger } from './triggers/trigger.rules.js';
import { triggerOf } from './triggers/triggers.read.js';
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
  /** While it has no due date, the latest day on which it is expected. */
  nominalOn: Day;
  /** Null while it waits for what it falls due after. */
  dueOn: Day | null;
  after: Trigger | null;
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
    ${triggerOf('i', 'c')} AS after, i.amount, i.uplift, g.currency, i.state, i.hold_reasons AS "holdReasons", i.version
  FROM instalments i JOIN grants g ON g.id = i.grant_id JOIN organisations o ON o.id = g.organisation_id
  LEFT JOIN conditions c ON c.id = i.after_condition_id`;

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

/** An instalment to be made. Minor units. */
export interface NewInstalment {
  id: string;
  number: number;
  nominalOn: Day;
  dueOn: Day | null;
  amount: bigint;
  uplift: bigint;
  after: Trigger | null;
}

/** Makes instalments of a grant, and plans that those with a due date come due. */
export async function insertInstalments(
  tx: Tx,
  grant: { id: string; coalitionId: string; poolId: string },
  made: readonly NewInstalment[],
  calendar: Pick<CoalitionCalendar, 'timeZone'>,
): Promise<void> {
  await tx.run(
    `INSERT INTO instalments (id, coalition_id, grant_id, pool_id, number, nominal_on, due_on, amount, uplift,
       after_condition_id, after_count, after_unit, expected_on)
     SELECT id, $1, $2, $3, number, nominal_on, due_on, amount, uplift, after_condition_id, after_count, after_unit,
       expected_on
     FROM unnest($4::uuid[], $5::int[], $6::date[], $7::date[], $8::bigint[], $9::bigint[], $10::uuid[], $11::int[],
       $12::text[], $13::date[]) AS i (id, number, nominal_on, due_on, amount, uplift, after_condition_id, after_count,
       after_unit, expected_on)`,
    [
      ...[grant.coalitionId, grant.id, grant.poolId],
      ...[made.map(({ id }) => id), made.map(({ number }) => number)],
      ...[made.map(({ nominalOn }) => nominalOn), made.map(({ dueOn }) => dueOn)],
      ...[made.map(({ amount }) => amount), made.map(({ uplift }) => uplift)],
      made.map(({ after }) => after?.conditionId ?? null),
      made.map(({ after }) => after?.count ?? null),
      made.map(({ after }) => after?.unit ?? null),
      made.map(({ after }) => after?.expectedOn ?? null),
    ],
  );
  await planDue(tx, grant.coalitionId, calendar, [...made]);
}

/** Plans for each instalment that has a due date that it comes due, at the start of that day in the coalition's zone. */
export async function planDue(
  tx: Tx,
  coalitionId: string,
  calendar: Pick<CoalitionCalendar, 'timeZone'>,
  planned: { id: string; dueOn: Day | null }[],
): Promise<void> {
  await planOccurrences(
    tx,
    planned.flatMap(({ id, dueOn }) =>
      dueOn === null
        ? []
        : {
            ...{ coalitionId, kind: 'instalment.due' as const, subjectId: id, channel: 'ledger' as const },
            ...{ periodKey: dueOn, dueAt: startOfDayInstant(dueOn, calendar.timeZone) },
          },
    ),
  );
}

/** Calls off what was planned for instalments that will not come due. */
export const callOffDue = (tx: Tx, instalmentIds: string[], note: string): Promise<number> =>
  callOff(tx, 'instalment.due', instalmentIds, note);
