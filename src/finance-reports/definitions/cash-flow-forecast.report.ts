import { heldForBondsSql } from '../../ledger/chart-of-accounts.js';
import { sum } from '../../maths/money.js';
import type { Tx } from '../../platform/database/tx.js';
import { forecastFrom, type PoolForecast, usualMonths } from '../../pools/forecast/pool-forecast.js';
import { cashForecast } from '../../web/charts/cash-forecast.js';
import {
  chartOf,
  type ReportChart,
  type ReportNote,
  type ReportTable,
  rowsOf,
} from '../documents/report-document.js';
import {
  entryParameters,
  type PoolReport,
  type ReportDefinition,
  type ReportOrder,
  untilEnd,
} from '../documents/report-order.js';
import { money, summedMoney, text } from './columns.js';
import { instalmentsThen, type KeptInstalment } from './plans/instalments-then.js';
import { instalmentsTie, pledgesTie } from './plans/plan-controls.js';
import { type KeptPledgePart, pledgesThen } from './plans/pledges-then.js';

export const cashFlowForecast: ReportDefinition = {
  title: 'Cash-flow forecast',
  summary:
    'What comes in and goes out over the next 36 months, certain and expected, and the month in which the money would end.',
  timing: 'state',
  layout: 'statement',
  policies,
  compose,
};

/** What no ledger holds: plans, and what the pool counts on. */
interface ForecastPolicies extends Record<string, unknown> {
  reserve: string;
  confidenceBasisPoints: number;
  pledges: KeptPledgePart[];
  instalments: KeptInstalment[];
}

async function policies(tx: Tx, order: Omit<ReportOrder, 'policies'>): Promise<ForecastPolicies> {
  const pool = await tx.row<{ reserve: bigint; confidenceBasisPoints: number }>(
    `SELECT reserve, confidence_basis_points AS "confidenceBasisPoints" FROM pools WHERE id = $1`,
    [order.pool.id],
  );
  return {
    reserve: pool!.reserve.toString(),
    confidenceBasisPoints: pool!.confidenceBasisPoints,
    pledges: await pledgesThen(tx, order),
    instalments: await instalmentsThen(tx, order),
  };
}

async function compose(tx: Tx, order: ReportOrder): Promise<PoolReport> {
  const kept = order.policies as ForecastPolicies;
  const cash = await openingCash(tx, order);
  const openOn = order.period.to;
  const pledges = kept.pledges.map(({ dueOn, inPool }) => ({ dueOn, amount: BigInt(inPool) }));
  const instalments = kept.instalments.map(({ dueOn, nominalOn, amount }) => ({
    // What waits longer than was expected may happen any day.
    dueOn: dueOn ?? (nominalOn < openOn ? openOn : nominalOn),
    ...{ amount: BigInt(amount), isWaiting: dueOn === null },
  }));
  const { reserve, confidenceBasisPoints } = kept;
  const forecast = forecastFrom({
    ...{ openOn, months: usualMonths, openingCash: cash.report, pledges, instalments },
    ...{ reserve: BigInt(reserve), confidenceBasisPoints },
  });
  const last = forecast.months.at(-1)!;
  const total = (items: readonly { amount: bigint }[]) => sum(items.map(({ amount }) => amount));
  const later = {
    in: total(pledges) - sum(forecast.months.map((month) => month.in)),
    out: total(instalments) - sum(forecast.months.map((month) => month.out)),
  };
  return {
    keyFigures: [
      { name: 'opening', label: 'Opening cash', amount: forecast.openingCash },
      {
        name: 'cliff',
        label: 'Short of the reserve at the funding cliff',
        amount: forecast.cliff?.shortBy ?? 0n,
      },
      { name: 'closingCertain', label: `Certain by the end of ${last.month}`, amount: last.closingExpected },
      { name: 'closingExpected', label: `Expected by the end of ${last.month}`, amount: last.closing },
    ],
    parts: [start(forecast, later), chart(order, forecast), note(forecast), months(forecast)],
    controlTotals: [
      { name: 'Opening cash, and what it is held for', ...cash },
      await pledgesTie(tx, order, kept.pledges),
      ...(await instalmentsTie(tx, order, kept.instalments)),
    ],
  };
}

/** Cash less fees owed and less what is held for bonds; and the other side of the actual book. */
async function openingCash(tx: Tx, order: ReportOrder): Promise<{ report: bigint; ledger: bigint }> {
  const row = await tx.row<{ report: bigint; ledger: bigint }>(
    `SELECT coalesce(sum(p.amount) FILTER (WHERE a.kind IN ('cash', 'feesPayable', ${heldForBondsSql})), 0)::bigint AS report,
       -coalesce(sum(p.amount) FILTER (WHERE a.kind IN ('fundBalance', 'exchangeDifference')), 0)::bigint AS ledger
     FROM journal_entries e JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.account_id
     WHERE ${untilEnd(order)}`,
    entryParameters(order),
  );
  return row!;
}

const start = (
  { openingCash: cash, reserve, overdue, cliff, months: shown }: PoolForecast,
  later: { in: bigint; out: bigint },
): ReportTable => ({
  ...{ kind: 'table', name: 'start', title: 'Where it starts, and where it would end' },
  columns: [text('line', 'Line'), text('month', 'Month'), money('amount', 'Amount')],
  rows: rowsOf([
    ['Opening cash, less fees owed and what is held for bonds', null, cash],
    ['Reserve', null, reserve],
    ['Overdue from funders, in the first month', shown[0]!.month, overdue.in],
    ['Overdue to grants, in the first month', shown[0]!.month, overdue.out],
    ['Short of the reserve at the funding cliff', cliff?.month ?? 'None', cliff?.shortBy ?? 0n],
    ['Promised by funders after the last month', null, later.in],
    ['Planned for grants after the last month', null, later.out],
  ]),
});

function chart({ pool }: ReportOrder, { months: shown, reserve, cliff }: PoolForecast): ReportChart {
  const points = shown.map(({ month, closing, closingExpected }) => ({
    ...{ month, low: closingExpected, expected: closing },
  }));
  const settings = { currency: pool.currency, locale: 'en-GB' };
  const drawn = cashForecast(points, reserve, cliff?.month ?? null, settings);
  return chartOf('Closing cash, month by month', drawn);
}

const note = ({ confidenceBasisPoints }: PoolForecast): ReportNote => ({
  kind: 'note',
  title: null,
  paragraphs: [
    `Expected counts pledges in full; certain counts ${confidenceBasisPoints / 100} % of them. Pledges in another currency stand at the pool’s planning rate. The funding cliff is the first month whose certain cash does not cover the reserve.`,
  ],
});

const months = ({ months: shown, openingCash: cash }: PoolForecast): ReportTable => ({
  ...{ kind: 'table', name: 'months', title: 'Month by month' },
  columns: [
    ...[text('month', 'Month'), summedMoney('in', 'In, expected'), summedMoney('inCertain', 'In, certain')],
    ...[summedMoney('out', 'Out'), summedMoney('outWaiting', 'Of this, waiting for an event')],
    ...[money('closing', 'Cash, expected'), money('closingCertain', 'Cash, certain')],
  ],
  rows: rowsOf(
    shown.map((month, index) => {
      const before = shown[index - 1]?.closingExpected ?? cash;
      const inCertain = month.closingExpected - before + month.out;
      return [
        ...[month.month, month.in, inCertain, month.out, month.outWaiting],
        ...[month.closing, month.closingExpected],
      ];
    }),
  ),
});
