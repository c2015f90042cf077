import { heldForBondsSql } from '../../ledger/chart-of-accounts.js';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { type Day, monthOf } from '../../maths/day.js';
import {
  type ExpectedPledge,
  type Forecast,
  type ForecastMonth,
  forecastCash,
  type PlannedPayment,
} from '../../maths/forecast.js';
import { sum } from '../../maths/money.js';
import { instalmentAtPlanningRate } from '../pledges/planning.js';
import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';

/** How far a pool looks ahead unless asked otherwise. */
export const usualMonths = 36;

/** A month of a pool: what goes out that has no due date yet is counted where it is expected at the latest. */
export interface PoolForecastMonth extends ForecastMonth {
  /** Of `out`, what waits for something to happen. */
  outWaiting: bigint;
}

/** A pool's cash, month by month. Minor units of its currency. */
export interface PoolForecast extends Omit<Forecast, 'months'> {
  months: PoolForecastMonth[];
  openOn: Day;
  /** Cash less what is owed in fees. */
  openingCash: bigint;
  reserve: bigint;
  /** How much of the pledges the pool counts on: “certain” in what people read. */
  confidenceBasisPoints: number;
  /** What is overdue: it counts in the first month, because it may come or go any day. */
  overdue: { in: bigint; out: bigint };
}

/** 9,000 basis points are "0.9000". */
const asRate = (basisPoints: number): string =>
  basisPoints === 10_000 ? '1' : `0.${String(basisPoints).padStart(4, '0')}`;

interface Opening {
  coalitionId: string;
  reserve: bigint;
  confidenceBasisPoints: number;
  openingCash: bigint;
}

/**
 * The cash of a pool from today: in come the open parts of signed pledges, out go the instalments that are not paid.
 * The certain line counts pledges at the pool's confidence, the expected line in full; the funding cliff is the first
 * month in which the certain line does not cover the reserve.
 * @throws notFound
 */
export async function readPoolForecast(
  tx: Tx,
  poolId: string,
  months: number = usualMonths,
): Promise<PoolForecast> {
  const { coalitionId, ...opening } = await readOpening(tx, poolId);
  const { today } = await coalitionCalendar(tx, coalitionId);
  return forecastFrom({
    ...{ ...opening, openOn: today, months },
    pledges: await openPledges(tx, poolId),
    instalments: await unpaidInstalments(tx, poolId, today),
  });
}

/** What a forecast starts from. Minor units of the pool's currency. */
export interface ForecastStart {
  openOn: Day;
  openingCash: bigint;
  reserve: bigint;
  confidenceBasisPoints: number;
  months: number;
  pledges: Omit<ExpectedPledge, 'confidence'>[];
  /** What has no due date yet is planned where it is expected at the latest. */
  instalments: (PlannedPayment & { isWaiting: boolean })[];
}

/** The forecast of a pool, wherever its plan is read from. */
export function forecastFrom({ pledges, instalments, months, ...start }: ForecastStart): PoolForecast {
  const { openOn, openingCash, reserve, confidenceBasisPoints } = start;
  const confidence = asRate(confidenceBasisPoints);
  const before = (items: readonly PlannedPayment[]) =>
    sum(items.filter(({ dueOn }) => dueOn < openOn).map(({ amount }) => amount));
  const waiting = instalments.filter(({ isWaiting }) => isWaiting);
  const forecast = forecastCash({
    ...{ openOn, openingCash, reserve, months, instalments },
    pledges: pledges.map((pledge) => ({ ...pledge, confidence })),
  });
  return {
    ...forecast,
    months: forecast.months.map((month) => ({
      ...month,
      outWaiting: sum(
        waiting.filter(({ dueOn }) => monthOf(dueOn) === month.month).map(({ amount }) => amount),
      ),
    })),
    ...{ openOn, openingCash, reserve, confidenceBasisPoints },
    overdue: { in: before(pledges), out: before(instalments) },
  };
}

async function readOpening(tx: Tx, poolId: string): Promise<Opening> {
  const row = await tx.row<Opening>(
    `SELECT p.coalition_id AS "coalitionId", p.reserve, p.confidence_basis_points AS "confidenceBasisPoints",
       (SELECT coalesce(sum(a.balance), 0)::bigint FROM accounts a
        WHERE a.pool_id = p.id AND a.kind IN ('cash', 'feesPayable', ${heldForBondsSql})) AS "openingCash"
     FROM pools p WHERE p.id = $1`,
    [poolId],
  );
  if (!row) throw notFound('pool');
  return row;
}

const openPledges = (tx: Tx, poolId: string): Promise<ForecastStart['pledges']> =>
  tx.rows(
    `SELECT i.due_on AS "dueOn", ${instalmentAtPlanningRate('i.amount - i.received')} AS amount
     FROM pledge_instalments i JOIN pledges p ON p.id = i.pledge_id
     WHERE p.pool_id = $1 AND p.state = 'signed' AND i.received < i.amount`,
    [poolId],
  );

/** What waits longer than was expected may happen any day: it counts today, and is not overdue. */
const unpaidInstalments = (
  tx: Tx,
  poolId: string,
  today: Day,
): Promise<(PlannedPayment & { isWaiting: boolean })[]> =>
  tx.rows(
    `SELECT coalesce(due_on, greatest(nominal_on, $2)) AS "dueOn", due_on IS NULL AS "isWaiting",
       sum(amount)::bigint AS amount FROM instalments
     WHERE pool_id = $1 AND state NOT IN ('paid', 'cancelled') GROUP BY 1, 2`,
    [poolId, today],
  );
