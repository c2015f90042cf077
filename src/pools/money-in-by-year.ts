import type { Tx } from '../platform/database/tx.js';
import { instalmentAtPlanningRate } from './pledges/planning.js';
import { countsAsPledged } from './pledges/pledged.js';

/** What was promised for a calendar year, and what came in it. Minor units of the pool's currency. */
export interface YearOfMoneyIn {
  year: number;
  pledged: bigint;
  received: bigint;
}

/**
 * Pledged beside received, by year: pledge instalments by the year they are due in, contributions by the year they
 * were received in. Every year from the first to the last has a row, also one in which nothing happened.
 */
export async function pledgedAndReceivedByYear(tx: Tx, poolId: string): Promise<YearOfMoneyIn[]> {
  return tx.rows<YearOfMoneyIn>(
    `WITH money AS (
       SELECT extract(year FROM i.due_on)::int AS year, ${instalmentAtPlanningRate('i.amount')} AS pledged, 0::bigint AS received
       FROM pledge_instalments i JOIN pledges p ON p.id = i.pledge_id
       WHERE p.pool_id = $1 AND ${countsAsPledged}
       UNION ALL
       SELECT extract(year FROM c.received_on)::int, 0, c.amount FROM contributions c
       WHERE c.pool_id = $1 AND c.reversed_at IS NULL)
     SELECT year, coalesce(sum(pledged), 0)::bigint AS pledged, coalesce(sum(received), 0)::bigint AS received
     FROM (SELECT generate_series(min(year), max(year)) AS year FROM money) AS years LEFT JOIN money USING (year)
     WHERE year IS NOT NULL GROUP BY year ORDER BY year`,
    [poolId],
  );
}
