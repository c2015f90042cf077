import type { Day } from '../../../maths/day.js';
import { parseAmount } from '../../../maths/money.js';
import type { Tx } from '../../../platform/database/tx.js';
import type { PlanInWords } from '../../../pools/pledges/changes/pledge-change.rules.js';
import { entryParameters, type ReportOrder, untilEnd } from '../../documents/report-order.js';
import { openParts } from './open-plan.rules.js';

/** What was still to come of a part of a pledge. Minor units as text: exact in JSON. */
export interface KeptPledgePart {
  pledgeId: string;
  /** The planning rate between major units; null in the pool's own currency. */
  rate: string | null;
  /** The same between minor units. */
  factor: string;
  dueOn: Day;
  open: string;
  inPool: string;
}

interface PledgeThen {
  pledgeId: string;
  currency: string;
  rate: string | null;
  factor: string;
  open: bigint;
  /** As the first change found it that does not count yet; or as it is now, major units in words. */
  plan: PlanInWords;
}

/**
 * Pledges of which something was still to come at the end of an order's period, by what was known at its instant: what is
 * open by the ledger, when it is due by the plan of then. The planning rates are those of now: their history is not kept.
 */
export async function pledgesThen(tx: Tx, order: Omit<ReportOrder, 'policies'>): Promise<KeptPledgePart[]> {
  const until = untilEnd(order);
  const pledges = await tx.rows<PledgeThen>(
    `SELECT s."pledgeId", s.open, p.currency, trim_scale(p.planning_rate)::text AS rate,
       trim_scale(p.planning_factor)::text AS factor, coalesce(later.plan_before, now.plan, '[]') AS plan
     FROM (
       SELECT a.subject_id AS "pledgeId", sum(l.amount)::bigint AS open
       FROM journal_entries e JOIN postings l ON l.entry_id = e.id JOIN accounts a ON a.id = l.account_id
       WHERE ${until} AND a.kind = 'pledgesReceivable' GROUP BY a.subject_id HAVING sum(l.amount) <> 0) AS s
     JOIN pledges p ON p.id = s."pledgeId"
     LEFT JOIN LATERAL (
       SELECT c.plan_before FROM pledge_changes c WHERE c.pledge_id = p.id AND NOT ${changeCounts('c.made_at', until)}
       ORDER BY c.number LIMIT 1) AS later ON true
     LEFT JOIN LATERAL (
       SELECT jsonb_agg(jsonb_build_object('dueOn', i.due_on, 'minor', i.amount::text, 'come', i.received::text)
         ORDER BY i.due_on, i.number) AS plan FROM pledge_instalments i WHERE i.pledge_id = p.id) AS now ON true
     ORDER BY p.reference, p.id`,
    entryParameters(order),
  );
  return pledges.flatMap(({ pledgeId, currency, rate, factor, open, plan }) =>
    openParts(
      plan.map((line) => partOf(line, currency)),
      open,
      factor,
    ).map((part) => ({
      ...{ pledgeId, rate, factor, dueOn: part.dueOn },
      ...{ open: part.open.toString(), inPool: part.inPool.toString() },
    })),
  );
}

/**
 * SQL: whether a change `c` counts, by its entry, or, where it moved days alone, by when it was made.
 * The conditions are those on an entry `e`.
 */
export const changeCounts = (madeAt: string, until: string): string =>
  `CASE WHEN c.entry_id IS NULL THEN ${madeAt} <= $2 AND (${madeAt} AT TIME ZONE $5::text)::date <= $4::date
     ELSE EXISTS (SELECT 1 FROM journal_entries e WHERE e.id = c.entry_id AND ${until}) END`;

/** A line of a plan as a change kept it, or as it was read now. */
type PlanLine = PlanInWords[number] | { dueOn: Day; minor: string; come: string };

const partOf = (line: PlanLine, currency: string) =>
  'minor' in line
    ? { dueOn: line.dueOn, amount: BigInt(line.minor), received: BigInt(line.come) }
    : {
        dueOn: line.dueOn,
        amount: parseAmount(line.amount, currency),
        received: parseAmount(line.received, currency),
      };
