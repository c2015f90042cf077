import { heldForBondsKinds } from '../../ledger/chart-of-accounts.js';
import { sum } from '../../maths/money.js';
import type { Tx } from '../../platform/database/tx.js';
import type { ControlTotal } from '../documents/report-document.js';
import { type ReportOrder, untilEnd } from '../documents/report-order.js';
import {
  type Balances,
  factorOf,
  type FunderMoney,
  type PositionBasis,
  positionParameters,
  type YearMoney,
} from './pool-position.read.js';

/**
 * Holds a position to the ledger: what it says is recomputed from the postings by another way, account kind by account
 * kind, and the ledger is held to its own laws.
 */
export async function positionTotals(
  tx: Tx,
  order: ReportOrder,
  basis: PositionBasis,
  said: { position: Balances; funders: readonly FunderMoney[]; years: readonly YearMoney[] },
): Promise<ControlTotal[]> {
  const { position, funders, years } = said;
  const posted = await postedByKind(tx, order, basis);
  const of = (kind: string) => posted.get(kind) ?? 0n;
  const overFunders = (measure: (funder: FunderMoney) => bigint) => sum(funders.map(measure));
  return [
    { name: 'Cash', report: position.cash, ledger: of('cash') },
    { name: 'Fund balances', report: position.fundBalances, ledger: -of('fundBalance') },
    {
      name: 'Fund balances, funder by funder',
      report: overFunders(({ balance }) => balance),
      ledger: -of('fundBalance'),
    },
    {
      name: 'Fund balances, movement by movement',
      report: overFunders(
        ({ received, fees, charges, paidOut, bondSurplus, refunded }) =>
          received - fees - charges - paidOut + bondSurplus - refunded,
      ),
      ledger: -of('fundBalance'),
    },
    {
      name: 'Cash and exchange differences less fees payable and what is held for bonds',
      report:
        of('cash') +
        of('exchangeDifference') +
        of('feesPayable') +
        sum(heldForBondsKinds.map((kind) => of(kind))),
      ledger: -of('fundBalance'),
    },
    { name: 'Pledges receivable', report: position.pledgesReceivable, ledger: of('pledgesReceivable') },
    { name: 'Grants outstanding', report: position.grantsOutstanding, ledger: of('committedToGrants') },
    {
      name: 'Pledged, year by year',
      report: sum(years.map(({ pledged }) => pledged)),
      ledger: overFunders(({ pledged }) => pledged),
    },
    {
      name: 'Received, year by year',
      report: sum(years.map(({ received }) => received)),
      ledger: overFunders(({ received }) => received),
    },
  ];
}

/** What was posted until the end, account kind by account kind; account by account at planning rates. */
async function postedByKind(tx: Tx, order: ReportOrder, basis: PositionBasis): Promise<Map<string, bigint>> {
  const rows = await tx.rows<{ kind: string; posted: bigint }>(
    `SELECT a.kind, sum(floor(s.posted * ${factorOf('a.subject_id')}))::bigint AS posted
     FROM accounts a JOIN (
       SELECT p.account_id, sum(p.amount) AS posted FROM postings p JOIN journal_entries e ON e.id = p.entry_id
       WHERE ${untilEnd(order)} GROUP BY p.account_id) AS s ON s.account_id = a.id
     WHERE a.pool_id = $1 GROUP BY a.kind ORDER BY a.kind`,
    positionParameters(order, basis),
  );
  return new Map(rows.map(({ kind, posted }) => [kind, posted]));
}
