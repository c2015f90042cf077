import type { Day } from '../maths/day.js';
import type { Tx } from '../platform/database/tx.js';
import { notFound } from '../platform/errors/domain-error.js';
import type { Access } from '../platform/http/request.js';
import { type PoolPosition, poolPosition } from '../pools/pool-position.js';
import { pledgedAndReceivedByYear, type YearOfMoneyIn } from '../pools/money-in-by-year.js';
import { dayInZone } from '../maths/day.js';

export interface CoalitionOverview {
  id: string;
  name: string;
  commonAgenda: string;
  kind: 'coordinating' | 'transforming';
  timeZone: string;
  today: Day;
  backbone: string | null;
  /** Empty for those who see their own grants only. */
  pools: PoolOverview[];
  goals: { id: string; name: string; horizonOn: Day }[];
  nextInstalments: NextInstalment[];
  overdueReports: OverdueReport[];
}

export interface PoolOverview {
  id: string;
  name: string;
  currency: string;
  position: PoolPosition;
  years: YearOfMoneyIn[];
}

export interface NextInstalment {
  id: string;
  grantId: string;
  grant: string;
  partner: string;
  dueOn: Day;
  amount: bigint;
  currency: string;
  state: string;
  holdReason: string | null;
}

export interface OverdueReport {
  id: string;
  grantId: string;
  grant: string;
  partner: string;
  periodFrom: Day;
  periodTo: Day;
  dueOn: Day;
  state: string;
}

const MOST_SHOWN = 8;

/** What a coalition's people look at first: money in, money out next, who is late, where it goes. */
export async function readCoalitionOverview(tx: Tx, access: Access): Promise<CoalitionOverview> {
  const { coalitionId } = access;
  const coalition = await tx.row<
    Omit<CoalitionOverview, 'pools' | 'goals' | 'nextInstalments' | 'overdueReports' | 'today'>
  >(
    `SELECT c.id, c.name, c.common_agenda AS "commonAgenda", c.kind, c.time_zone AS "timeZone",
       (SELECT o.name FROM backbone_terms b JOIN organisations o ON o.id = b.organisation_id
        WHERE b.coalition_id = c.id AND b.until_on IS NULL) AS backbone
     FROM coalitions c WHERE c.id = $1`,
    [coalitionId],
  );
  if (!coalition) throw notFound('coalition');
  const today = dayInZone(tx.now, coalition.timeZone);
  const own = isPartnerOnly(access) ? access.organisationIds : null;
  return {
    ...coalition,
    today,
    pools: own ? [] : await readPools(tx, coalitionId),
    goals: await tx.rows(
      `SELECT id, name, horizon_on AS "horizonOn" FROM goals WHERE coalition_id = $1 ORDER BY horizon_on, name`,
      [coalitionId],
    ),
    nextInstalments: await readNextInstalments(tx, coalitionId, own),
    overdueReports: await readOverdueReports(tx, coalitionId, today, own),
  };
}

/** Someone who sits here for a delivery partner only sees its own grants and reports. */
export const isPartnerOnly = ({ roles }: Access): boolean => roles.every((role) => role === 'partner');

async function readPools(tx: Tx, coalitionId: string): Promise<PoolOverview[]> {
  const pools = await tx.rows<{ id: string; name: string; currency: string }>(
    `SELECT id, name, currency FROM pools WHERE coalition_id = $1 ORDER BY created_at, id`,
    [coalitionId],
  );
  const overviews: PoolOverview[] = [];
  for (const pool of pools) {
    overviews.push({
      ...pool,
      position: await poolPosition(tx, pool.id),
      years: await pledgedAndReceivedByYear(tx, pool.id),
    });
  }
  return overviews;
}

async function readNextInstalments(
  tx: Tx,
  coalitionId: string,
  own: string[] | null,
): Promise<NextInstalment[]> {
  return tx.rows<NextInstalment>(
    `SELECT i.id, g.id AS "grantId", g.title AS grant, o.name AS partner, i.due_on AS "dueOn", i.amount, g.currency,
       i.state, i.hold_reasons -> 0 ->> 'text' AS "holdReason"
     FROM instalments i JOIN grants g ON g.id = i.grant_id JOIN organisations o ON o.id = g.organisation_id
     WHERE i.coalition_id = $1 AND i.due_on IS NOT NULL AND i.state IN ('planned', 'due', 'held', 'approved', 'inPayment', 'returned')
       AND ($2::uuid[] IS NULL OR g.organisation_id = ANY ($2))
     ORDER BY i.due_on, i.id LIMIT ${MOST_SHOWN}`,
    [coalitionId, own],
  );
}

async function readOverdueReports(
  tx: Tx,
  coalitionId: string,
  today: Day,
  own: string[] | null,
): Promise<OverdueReport[]> {
  return tx.rows<OverdueReport>(
    `SELECT r.id, g.id AS "grantId", g.title AS grant, o.name AS partner, r.period_from AS "periodFrom",
       r.period_to AS "periodTo", r.due_on AS "dueOn", r.state
     FROM spend_reports r JOIN grants g ON g.id = r.grant_id JOIN organisations o ON o.id = r.organisation_id
     WHERE r.coalition_id = $1 AND r.late_after < $2 AND r.state IN ('draft', 'returned')
       AND ($3::uuid[] IS NULL OR r.organisation_id = ANY ($3))
     ORDER BY r.due_on, r.id LIMIT ${MOST_SHOWN}`,
    [coalitionId, today, own],
  );
}
