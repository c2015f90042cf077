import { v5 as nameBasedId, v7 as newId } from 'uuid';
import { firstDayOfSeat } from '../../coalitions/membership.rules.js';
import { dayInZone } from '../../maths/day.js';
import { auditAll } from '../../platform/audit/audit.js';
import { planNextWatch } from '../../pools/forecast/pool-watch.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { CURRENCY } from './cell-reader.js';
import type { StandingFund, StandingGrant, StandingPledge } from './fund-comparison.js';
import type { FundPlan } from './fund-plan.js';

/** The namespace of ids that follow from a source's key. */
const NAMESPACE = '6f1b7c1e-6a1d-5a53-9d0e-2f5b8f1f3c11';

/**
 * The id of the coalition, or the pool, that a key of the source becomes. It follows from the key, so that an import
 * finds again what an earlier one made without seeing any other coalition.
 */
export const coalitionIdOf = (sourceKey: string): string => nameBasedId(sourceKey, NAMESPACE);
export const poolIdOf = (sourceKey: string): string => nameBasedId(`${sourceKey}/pool`, NAMESPACE);

/** The source names no place: dates are read by UTC, and a date that it gives is not moved. */
const CALENDAR = { timeZone: 'UTC', businessDay: 'none' };

/** The coalition of a fund and its pool, made where they are not there yet. Returns whether they were. */
export async function ensureCoalition(tx: Tx, plan: FundPlan): Promise<{ wasThere: boolean }> {
  const coalitionId = coalitionIdOf(plan.sourceKey);
  const poolId = poolIdOf(plan.sourceKey);
  // Holds the coalition against a second import at the same time: it waits here, and then finds everything there.
  const made = await tx.run(
    `INSERT INTO coalitions (id, name, kind, time_zone, business_day, source_key, created_at)
     VALUES ($1, $2, 'coordinating', $3, $4, $5, $6) ON CONFLICT (source_key) DO NOTHING`,
    [coalitionId, plan.name, CALENDAR.timeZone, CALENDAR.businessDay, plan.sourceKey, tx.now],
  );
  if (made === 0) return { wasThere: true };
  const pool = {
    name: `${plan.name} pooled fund`,
    currency: CURRENCY,
    attributionRule: 'pro_rata',
    refundPolicy: 'none',
  };
  await tx.run(
    `INSERT INTO pools (id, coalition_id, name, currency, attribution_rule, refund_policy, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [poolId, coalitionId, pool.name, pool.currency, pool.attributionRule, pool.refundPolicy, tx.now],
  );
  await planNextWatch(tx, { id: poolId, coalitionId }, tx.now);
  await auditAll(tx, [
    {
      coalitionId,
      action: 'coalition.imported',
      subject: { kind: 'coalition', id: coalitionId },
      after: { name: plan.name, sourceKey: plan.sourceKey, ...CALENDAR },
    },
    { coalitionId, action: 'pool.opened', subject: { kind: 'pool', id: poolId }, after: pool },
  ]);
  return { wasThere: false };
}

/** The organisations of these names, made where they are not there yet. Returns their ids by name. */
export async function ensureOrganisations(
  tx: Tx,
  coalitionId: string,
  names: string[],
): Promise<Map<string, string>> {
  const made = await tx.rows<{ id: string; name: string }>(
    `INSERT INTO organisations (id, coalition_id, name, created_at)
     SELECT id, $1, name, $2 FROM unnest($3::uuid[], $4::text[]) AS o (id, name)
     ON CONFLICT (coalition_id, name) DO NOTHING RETURNING id, name`,
    [coalitionId, tx.now, names.map(() => newId()), names],
  );
  await auditAll(
    tx,
    made.map(({ id, name }) => ({
      coalitionId,
      action: 'organisation.added',
      subject: { kind: 'organisation', id },
      after: { name },
    })),
  );
  const all = await tx.rows<{ id: string; name: string }>(
    `SELECT id, name FROM organisations WHERE coalition_id = $1 AND name = ANY ($2::text[])`,
    [coalitionId, names],
  );
  return new Map(all.map(({ id, name }) => [name, id]));
}

/**
 * Refuses to import money for or from the organisation that serves the coalition as its backbone by now.
 * @throws ruleBroken
 */
export async function refuseServing(tx: Tx, coalitionId: string, organisationIds: string[]): Promise<void> {
  const serving = await tx.row<{ name: string }>(
    `SELECT o.name FROM backbone_terms t JOIN organisations o ON o.id = t.organisation_id
     WHERE t.coalition_id = $1 AND o.id = ANY ($2::uuid[]) AND (t.until_on IS NULL OR t.until_on >= $3)`,
    [coalitionId, organisationIds, dayInZone(tx.now, CALENDAR.timeZone)],
  );
  if (!serving) return;
  throw new DomainError(
    'ruleBroken',
    `${serving.name} serves the coalition as its backbone, so it can be neither a funder nor a grantee. ` +
      'End its backbone term first.',
  );
}

/** Gives a person the seats of backbone and finance, unless they hold them. Returns how many were given. */
export async function ensureSeats(tx: Tx, coalitionId: string, personId: string): Promise<number> {
  const sinceOn = firstDayOfSeat(tx.now, CALENDAR.timeZone);
  const given = await tx.rows<{ id: string; role: string }>(
    `INSERT INTO memberships (id, coalition_id, person_id, role, since_on)
     SELECT seat.id, $1, $2, seat.role, $3 FROM unnest($4::uuid[], $5::text[]) AS seat (id, role)
     WHERE NOT EXISTS (SELECT 1 FROM memberships m WHERE m.coalition_id = $1 AND m.person_id = $2 AND m.role = seat.role
       AND (m.until_on IS NULL OR m.until_on >= $3))
     RETURNING id, role`,
    [coalitionId, personId, sinceOn, [newId(), newId()], ['backbone', 'finance']],
  );
  await auditAll(
    tx,
    given.map(({ id, role }) => ({
      coalitionId,
      action: 'membership.given',
      subject: { kind: 'membership', id },
      after: { personId, role, sinceOn },
    })),
  );
  return given.length;
}

/** What earlier imports, and people since, have recorded of a fund. */
export async function readStanding(tx: Tx, plan: FundPlan): Promise<StandingFund> {
  const poolId = poolIdOf(plan.sourceKey);
  const coalition = await tx.row<{ name: string }>(`SELECT name FROM coalitions WHERE id = $1`, [
    coalitionIdOf(plan.sourceKey),
  ]);
  const pledges = await tx.rows<StandingPledge>(
    `SELECT p.id, i.id AS "instalmentId", p.reference, p.funder_id AS "funderId", o.name AS funder, p.amount,
       i.due_on AS "dueOn", p.state, i.received
     FROM pledges p JOIN organisations o ON o.id = p.funder_id
     JOIN pledge_instalments i ON i.pledge_id = p.id AND i.number = 1
     WHERE p.pool_id = $1 AND p.reference LIKE 'CBPF-%' ORDER BY p.reference`,
    [poolId],
  );
  const grants = await tx.rows<StandingGrant>(
    `SELECT g.reference, g.title, o.name AS partner, g.amount, g.start_on AS "startOn", g.end_on AS "endOn",
       (g.awarded_at AT TIME ZONE c.time_zone)::date AS "awardedOn"
     FROM grants g JOIN organisations o ON o.id = g.organisation_id JOIN coalitions c ON c.id = g.coalition_id
     WHERE g.pool_id = $1 AND g.awarded_at IS NOT NULL`,
    [poolId],
  );
  return { name: coalition?.name ?? plan.name, pledges, grants };
}
