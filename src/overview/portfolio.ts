import type { Day } from '../maths/day.js';
import { countsAsPledged } from '../pools/pledges/pledged.js';
import { atPlanningRate } from '../pools/pledges/planning.js';
import type { Tx } from '../platform/database/tx.js';
import type { Role } from '../platform/http/request.js';

/** A coalition as one of its people sees it in the list of all their coalitions. */
export interface PortfolioCoalition {
  id: string;
  name: string;
  kind: 'coordinating' | 'transforming';
  backbone: string | null;
  roles: Role[];
  /** Pools whose money the person may see; a partner sees none. */
  pools: PortfolioPool[];
  reportsOverdue: number;
  reportsDueNext: Day | null;
  approvalsWaiting: number;
  /** The newest learning entry that stands; null while nothing is written. */
  lastLearning: LastLearning | null;
}

export interface LastLearning {
  id: string;
  title: string;
  happenedOn: Day;
}

/** A pool's figures in minor units of its currency. `mine` is what the person's own organisations did. */
export interface PortfolioPool {
  id: string;
  name: string;
  currency: string;
  pledged: bigint;
  received: bigint;
  paidOut: bigint;
  balance: bigint;
  mine: { pledged: bigint; received: bigint; paidOut: bigint } | null;
}

/** Every coalition that the person has a seat in, by name, with the money of those pools they may see. */
export async function readPortfolio(tx: Tx, personId: string): Promise<PortfolioCoalition[]> {
  const today = tx.now.toISOString().slice(0, 10);
  const coalitions = await tx.rows<Omit<PortfolioCoalition, 'pools'>>(
    `SELECT c.id, c.name, c.kind, m.roles,
       (SELECT o.name FROM backbone_terms b JOIN organisations o ON o.id = b.organisation_id
        WHERE b.coalition_id = c.id AND b.until_on IS NULL) AS backbone,
       (SELECT count(*)::int FROM spend_reports r WHERE r.coalition_id = c.id AND r.late_after < $2
          AND r.state IN ('draft', 'returned') AND ${mayRead}) AS "reportsOverdue",
       (SELECT min(r.due_on) FROM spend_reports r WHERE r.coalition_id = c.id AND r.late_after >= $2
          AND r.state IN ('draft', 'returned') AND ${mayRead}) AS "reportsDueNext",
       (SELECT count(*)::int FROM approvals a WHERE a.coalition_id = c.id AND a.state = 'open' AND a.made_by <> $1
          AND 'approver' = ANY (m.roles)
          AND NOT EXISTS (SELECT 1 FROM approval_signatures s WHERE s.approval_id = a.id AND s.person_id = $1)
       ) AS "approvalsWaiting",
       (SELECT jsonb_build_object('id', e.id, 'title', e.title, 'happenedOn', e.happened_on) FROM learning_entries e
        WHERE e.coalition_id = c.id AND e.withdrawn_at IS NULL
        ORDER BY e.happened_on DESC, e.written_at DESC, e.id LIMIT 1) AS "lastLearning"
     FROM coalitions c JOIN (${seats}) m ON m.coalition_id = c.id ORDER BY c.name, c.id`,
    [personId, today],
  );
  const pools = await readPools(tx, personId, today);
  return coalitions.map((coalition) => ({
    ...coalition,
    pools: pools.filter(({ coalitionId }) => coalitionId === coalition.id),
  }));
}

/** The person's seats today: roles and organisations by coalition. */
const seats = `
  SELECT coalition_id, array_agg(DISTINCT role ORDER BY role) AS roles,
    array_remove(array_agg(DISTINCT organisation_id), NULL) AS organisations
  FROM memberships WHERE person_id = $1 AND since_on <= $2 AND (until_on IS NULL OR until_on >= $2)
  GROUP BY coalition_id`;

/** A partner reads its own reports; everybody else reads all of the coalition's. */
const mayRead = `(m.roles <> ARRAY['partner'] OR r.organisation_id = ANY (m.organisations))`;

/**
 * One reading for all pools: pledged, received and paid out, in all and by the person's own organisations.
 * What is pledged in another currency counts at its planning rate. Reversals carry the opposite sign, so they take themselves off.
 */
async function readPools(tx: Tx, personId: string, today: Day) {
  const rows = await tx.rows<
    Omit<PortfolioPool, 'mine'> & {
      coalitionId: string;
      isFunder: boolean;
      myPledged: bigint;
      myReceived: bigint;
      myPaidOut: bigint;
    }
  >(
    `WITH seats AS (${seats}), figures AS (
       SELECT a.pool_id, a.subject_id, NULL::numeric AS pledged,
         -sum(p.amount) FILTER (WHERE a.kind = 'fundBalance' AND e.kind LIKE 'contribution.%') AS received,
         sum(p.amount) FILTER (WHERE a.kind = 'fundBalance' AND (e.kind LIKE 'disbursement.%' OR e.kind LIKE 'grantReturn.%')) AS "paidOut",
         -sum(p.amount) FILTER (WHERE a.kind = 'fundBalance') AS balance
       FROM postings p JOIN accounts a ON a.id = p.account_id JOIN journal_entries e ON e.id = p.entry_id
       WHERE a.kind = 'fundBalance' GROUP BY a.pool_id, a.subject_id
       UNION ALL
       SELECT p.pool_id, p.funder_id, ${atPlanningRate('p.amount')}, NULL, NULL, NULL FROM pledges p
       WHERE ${countsAsPledged})
     SELECT p.id, p.coalition_id AS "coalitionId", p.name, p.currency, 'funder' = ANY (s.roles) AS "isFunder",
       ${total('pledged')} AS pledged, ${total('received')} AS received, ${total('"paidOut"')} AS "paidOut",
       ${total('balance')} AS balance,
       ${total('pledged', true)} AS "myPledged", ${total('received', true)} AS "myReceived",
       ${total('"paidOut"', true)} AS "myPaidOut"
     FROM pools p JOIN seats s ON s.coalition_id = p.coalition_id LEFT JOIN figures f ON f.pool_id = p.id
     WHERE s.roles <> ARRAY['partner'] GROUP BY p.id, s.roles, s.organisations ORDER BY p.name, p.id`,
    [personId, today],
  );
  return rows.map(({ isFunder, myPledged, myReceived, myPaidOut, ...pool }) => ({
    ...pool,
    mine: isFunder ? { pledged: myPledged, received: myReceived, paidOut: myPaidOut } : null,
  }));
}

const total = (figure: string, mine = false): string =>
  `coalesce(sum(f.${figure})${mine ? ' FILTER (WHERE f.subject_id = ANY (s.organisations))' : ''}, 0)::bigint`;
