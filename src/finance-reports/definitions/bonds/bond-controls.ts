import { heldForBondsSql } from '../../../ledger/chart-of-accounts.js';
import type { Tx } from '../../../platform/database/tx.js';
import type { ControlTotal } from '../../documents/report-document.js';
import { entryParameters, type ReportOrder, untilEnd } from '../../documents/report-order.js';
import type { MoneyFigure } from './bond-money.read.js';

/** What bonds come to, held to the pool's accounts as a whole, and to the other side of their entries. */
export async function bondControls(
  tx: Tx,
  order: ReportOrder,
  all: Readonly<Record<MoneyFigure, bigint>>,
  invoicedByPeriod: bigint,
): Promise<ControlTotal[]> {
  const total = (account: string, entries = '%') =>
    `coalesce(sum(p.amount) FILTER (WHERE a.kind = '${account}' AND e.kind LIKE '${entries}'), 0)::bigint`;
  const row = await tx.row<
    Record<'invoiced' | 'receivable' | 'received' | 'capital' | 'paidOut' | 'proceeds' | 'held', bigint>
  >(
    `SELECT -${total('expectedOutcomeIncome', 'outcome.invoiced%')} AS invoiced,
       ${total('outcomePaymentsReceivable')} AS receivable, ${total('cash', 'outcome.received%')} AS received,
       -${total('investorCapital')} AS capital, -(${total('cash', 'distribution.%')} + ${total('cash', 'providerAdvance.%')}) AS "paidOut",
       -coalesce(sum(p.amount) FILTER (WHERE a.kind = 'bondProceeds' AND e.kind NOT LIKE 'bond.closed%'), 0)::bigint AS proceeds,
       -coalesce(sum(p.amount) FILTER (WHERE a.kind IN (${heldForBondsSql})), 0)::bigint AS held
     FROM journal_entries e JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.account_id
     WHERE ${untilEnd(order)}`,
    entryParameters(order),
  );
  const ledger = row!;
  return [
    { name: 'Invoiced, and expected outcome income', report: all.invoiced, ledger: ledger.invoiced },
    {
      name: 'Invoiced by period, and expected outcome income',
      report: invoicedByPeriod,
      ledger: ledger.invoiced,
    },
    {
      name: 'Invoiced less received and cancelled, and outcome payments receivable',
      report: all.invoiced - all.received - all.cancelled,
      ledger: ledger.receivable,
    },
    { name: 'Outcome payments received, and cash', report: all.received, ledger: ledger.received },
    {
      name: 'All that was received but capital, and bond proceeds',
      report: all.received + all.otherReceived,
      ledger: ledger.proceeds,
    },
    {
      name: 'Capital drawn less repaid and lost, and investor capital',
      report: all.drawn - all.repaid - all.lost,
      ledger: ledger.capital,
    },
    {
      name: 'Paid to investors and providers, and cash',
      report: all.repaid + all.returnPaid + all.advanced + all.feesAndShares,
      ledger: ledger.paidOut,
    },
    { name: 'Held for bonds, and their accounts', report: all.held, ledger: ledger.held },
  ];
}
