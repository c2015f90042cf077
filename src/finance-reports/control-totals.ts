import { formatAmount, parseAmount } from '../maths/money.js';
import { heldForBondsKinds } from '../ledger/chart-of-accounts.js';
import type { Tx } from '../platform/database/tx.js';
import { factorOf, type PoolPositionFigures, type ReportParameters } from './pool-position.report.js';

/** A figure of the report beside the same figure of the ledger. Decimal strings. */
export interface ControlTotal {
  name: string;
  report: string;
  ledger: string;
}

export const tie = (totals: readonly ControlTotal[]): boolean =>
  totals.every(({ report, ledger }) => report === ledger);

/**
 * Holds a report to the ledger: what it says is recomputed from the postings by another way, account kind by account
 * kind, and the ledger is held to its own laws.
 */
export async function controlTotals(
  tx: Tx,
  { poolId, planningFactors = {} }: ReportParameters,
  figures: PoolPositionFigures,
  asOf: Date,
): Promise<ControlTotal[]> {
  const { currency, position, funders, years } = figures;
  const show = (minor: bigint) => formatAmount(minor, currency);
  const total = (amounts: string[]) =>
    show(amounts.reduce((sum, text) => sum + parseAmount(text, currency), 0n));
  const ledger = await postingsByKind(tx, poolId, asOf, planningFactors);
  const of = (kind: string) => ledger.get(kind)?.posted ?? 0n;
  return [
    { name: 'Cash', report: position.cash, ledger: show(of('cash')) },
    { name: 'Fund balances', report: position.fundBalances, ledger: show(-of('fundBalance')) },
    {
      name: 'Fund balances, funder by funder',
      report: total(funders.map(({ balance }) => balance)),
      ledger: show(-of('fundBalance')),
    },
    {
      name: 'Cash and exchange differences less fees payable and what is held for bonds',
      report: show(
        of('cash') +
          of('exchangeDifference') +
          of('feesPayable') +
          heldForBondsKinds.reduce((sum, kind) => sum + of(kind), 0n),
      ),
      ledger: show(-of('fundBalance')),
    },
    { name: 'Pledges receivable', report: position.pledgesReceivable, ledger: show(of('pledgesReceivable')) },
    { name: 'Grants outstanding', report: position.grantsOutstanding, ledger: show(of('committedToGrants')) },
    {
      name: 'Pledged, year by year',
      report: total(years.map(({ pledged }) => pledged)),
      ledger: total(funders.map(({ pledged }) => pledged)),
    },
    {
      name: 'Received, year by year',
      report: total(years.map(({ received }) => received)),
      ledger: total(funders.map(({ received }) => received)),
    },
  ];
}

/**
 * The balances that accounts carry beside their postings, kind by kind. Only as of now is there something to compare:
 * nothing when the pool has moved on since the instant.
 */
export async function carriedBalances(
  tx: Tx,
  poolId: string,
  currency: string,
  asOf: Date,
): Promise<ControlTotal[]> {
  const ledger = await postingsByKind(tx, poolId, asOf, {});
  if (![...ledger.values()].every(({ newest }) => newest)) return [];
  return [...ledger].map(([kind, { posted, carried }]) => ({
    name: `${kind}, carried by its accounts`,
    report: formatAmount(posted, currency),
    ledger: formatAmount(carried, currency),
  }));
}

interface KindSums {
  posted: bigint;
  carried: bigint;
  /** Whether nothing was posted after the instant, so that carried balances are comparable. */
  newest: boolean;
}

async function postingsByKind(
  tx: Tx,
  poolId: string,
  asOf: Date,
  planningFactors: Readonly<Record<string, string>>,
): Promise<Map<string, KindSums>> {
  const rows = await tx.rows<KindSums & { kind: string }>(
    `SELECT a.kind, sum(a.balance)::bigint AS carried, coalesce(sum(floor(s.posted * ${factorOf('a.subject_id')})), 0)::bigint AS posted, bool_and(s.newest) AS newest
     FROM accounts a CROSS JOIN LATERAL (
       SELECT sum(p.amount) FILTER (WHERE e.recorded_at <= $2) AS posted, coalesce(bool_and(e.recorded_at <= $2), true) AS newest
       FROM postings p JOIN journal_entries e ON e.id = p.entry_id WHERE p.account_id = a.id) AS s
     WHERE a.pool_id = $1 GROUP BY a.kind ORDER BY a.kind`,
    [poolId, asOf, JSON.stringify(planningFactors)],
  );
  return new Map(rows.map(({ kind, ...sums }) => [kind, sums]));
}
