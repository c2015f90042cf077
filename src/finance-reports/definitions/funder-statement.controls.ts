import { heldForBondsSql } from '../../ledger/chart-of-accounts.js';
import { sum } from '../../maths/money.js';
import type { Tx } from '../../platform/database/tx.js';
import { partNames } from '../../pools/funder-statement/statement.rules.js';
import type { ControlTotal } from '../documents/report-document.js';
import { pickedEntries, type ReportOrder } from '../documents/report-order.js';
import type { FunderLine } from './funder-statement.rules.js';

type LedgerSide = Record<'opening' | 'closing' | (typeof tiedParts)[number], bigint>;

const tiedParts = ['received', 'fees', 'charges', 'paidOut', 'returned', 'bondSurplus', 'refunds'] as const;

/**
 * Of all funders: what moved on the other side of their entries. Of one funder, whose money is not told apart there: its
 * own postings, by the documents that they come from.
 */
export async function funderControls(
  tx: Tx,
  order: ReportOrder,
  lines: readonly FunderLine[],
  all: Pick<FunderLine, 'opening' | 'parts' | 'closing'>,
): Promise<ControlTotal[]> {
  const ledger = await (order.funderId === null ? otherSides(tx, order) : ownDocuments(tx, order));
  return [
    { name: 'Opening balances', report: all.opening, ledger: ledger.opening },
    ...tiedParts.map((part) => ({ name: partNames[part], report: all.parts[part], ledger: ledger[part] })),
    { name: 'Closing balances', report: all.closing, ledger: ledger.closing },
    {
      name: 'Closing balances, differences funder by funder',
      report: 0n,
      ledger: await differences(tx, order, lines),
    },
  ];
}

async function otherSides(tx: Tx, order: ReportOrder): Promise<LedgerSide> {
  const { parameters, before, within, until } = pickedEntries(order);
  const total = (condition: string) => `coalesce(sum(p.amount) FILTER (WHERE ${condition}), 0)::bigint`;
  const moved = (account: string, entries: string) =>
    total(`a.kind IN (${account}) AND e.kind LIKE '${entries}' AND ${within}`);
  const row = await tx.row<LedgerSide>(
    `SELECT -${total(`a.kind = 'fundBalance' AND ${before}`)} AS opening,
       -${total(`a.kind = 'fundBalance'`)} AS closing,
       ${moved(`'cash'`, 'contribution.%')} AS received, ${moved(`'feesPayable'`, 'fee.charged%')} AS fees,
       ${moved(`'cash'`, 'bankCharge.%')} + ${moved(`'exchangeDifference'`, 'exchangeDifference.%')} AS charges,
       -${moved(`'grantsOutstanding'`, 'disbursement.%')} AS "paidOut",
       ${moved(`'cash'`, 'grantReturn.%')} AS returned, ${moved(heldForBondsSql, 'bond.closed%')} AS "bondSurplus",
       ${moved(`'cash'`, 'refund.%')} AS refunds
     FROM journal_entries e JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.account_id WHERE ${until}`,
    parameters,
  );
  return row!;
}

async function ownDocuments(tx: Tx, order: ReportOrder): Promise<LedgerSide> {
  const { parameters, before, within, until } = pickedEntries(order);
  const total = (condition: string) => `-coalesce(sum(p.amount) FILTER (WHERE ${condition}), 0)::bigint`;
  const of = (...documents: string[]) =>
    total(
      `e.document_kind IN (${documents.map((each) => `'${each}'`).join(', ')}) AND NOT isFee AND ${within}`,
    );
  const row = await tx.row<LedgerSide>(
    `SELECT ${total(before)} AS opening, ${total('true')} AS closing, ${of('contribution')} AS received,
       ${total(`isFee AND ${within}`)} AS fees, ${of('bankCharge', 'pool')} AS charges,
       ${of('disbursement')} AS "paidOut", ${of('grantReturn')} AS returned, ${of('bondClosing')} AS "bondSurplus",
       ${of('refund')} AS refunds
     FROM accounts a JOIN postings p ON p.account_id = a.id JOIN journal_entries e ON e.id = p.entry_id
     CROSS JOIN LATERAL (SELECT e.kind LIKE 'fee.%' AS isFee) AS f
     WHERE a.kind = 'fundBalance' AND a.subject_id = $6 AND ${until}`,
    [...parameters, order.funderId],
  );
  return row!;
}

/** By how much the closing balances differ from the accounts of the funders, each difference counted as it is large. */
async function differences(tx: Tx, order: ReportOrder, lines: readonly FunderLine[]): Promise<bigint> {
  const { parameters, until } = pickedEntries(order);
  const rows = await tx.rows<{ funderId: string; balance: bigint }>(
    `SELECT a.subject_id AS "funderId", -sum(p.amount)::bigint AS balance
     FROM journal_entries e JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.account_id
     WHERE a.kind = 'fundBalance' AND ${until} AND ($6::uuid IS NULL OR a.subject_id = $6) GROUP BY a.subject_id`,
    [...parameters, order.funderId],
  );
  const said = new Map(lines.map(({ funderId, closing }) => [funderId, closing]));
  return sum(
    rows.map(({ funderId, balance }) => {
      const difference = balance - (said.get(funderId) ?? 0n);
      return difference < 0n ? -difference : difference;
    }),
  );
}
