import { coalitionCalendar } from '../coalitions/coalition.js';
import type { Day } from '../maths/day.js';
import { type HistoryEvent, historyOf } from '../platform/audit/history.js';
import type { Tx } from '../platform/database/tx.js';
import { notFound } from '../platform/errors/domain-error.js';
import { type FunderFigures, readFunders, sumFunders } from './funders.read.js';
import { type PoolForecast, readPoolForecast } from './forecast/pool-forecast.js';
import { pledgedAndReceivedByYear, type YearOfMoneyIn } from './money-in-by-year.js';
import { type PoolPosition, poolPosition } from './pool-position.js';
import { poolColumns, type PoolRow } from './pools.service.js';

/** A pool as its pages name it. */
export interface PoolOfPage extends PoolRow {
  feeHost: string | null;
  pledges: number;
  contributions: number;
  /** The coalition's calendar. */
  timeZone: string;
  today: Day;
}

/** What a pool's overview shows. */
export interface PoolView {
  pool: PoolOfPage;
  position: PoolPosition;
  funders: FunderFigures[];
  totals: ReturnType<typeof sumFunders>;
  years: YearOfMoneyIn[];
  forecast: PoolForecast;
  history: HistoryEvent[];
}

/** @throws notFound */
export async function readPoolOfPage(tx: Tx, poolId: string): Promise<PoolOfPage> {
  const pool = await tx.row<Omit<PoolOfPage, 'timeZone' | 'today'>>(
    `SELECT ${poolColumns}, (SELECT o.name FROM organisations o WHERE o.id = p.fee_host_id) AS "feeHost",
       (SELECT count(*)::int FROM pledges d WHERE d.pool_id = p.id) AS pledges,
       (SELECT count(*)::int FROM contributions c WHERE c.pool_id = p.id) AS contributions
     FROM pools p WHERE p.id = $1`,
    [poolId],
  );
  if (!pool) throw notFound('pool');
  const { timeZone, today } = await coalitionCalendar(tx, pool.coalitionId);
  return { ...pool, timeZone, today };
}

/** Where a pool stands, who funds it, and by which policies. */
export async function readPoolView(tx: Tx, poolId: string): Promise<PoolView> {
  const funders = await readFunders(tx, poolId);
  return {
    pool: await readPoolOfPage(tx, poolId),
    position: await poolPosition(tx, poolId),
    funders,
    totals: sumFunders(funders),
    years: await pledgedAndReceivedByYear(tx, poolId),
    forecast: await readPoolForecast(tx, poolId),
    history: await historyOf(tx, { kind: 'pool', id: poolId }),
  };
}
