import type { StatementFlow } from '../../../bonds/investors/statement/statement.rules.js';
import { heldForBondsSql } from '../../../ledger/chart-of-accounts.js';
import type { Tx } from '../../../platform/database/tx.js';
import { entryParameters, type ReportOrder, untilEnd } from '../../documents/report-order.js';

/** The money of a bond, or of one party to it, by its postings to the end of a period. Minor units. */
export interface BondMoney {
  bondId: string;
  /** The bond itself, or a party to it. */
  subjectId: string;
  invoiced: bigint;
  /** Of invoices, what is not expected any more. */
  cancelled: bigint;
  receivable: bigint;
  /** Outcome payments; and what investors and guarantors paid where outcomes were poor. */
  received: bigint;
  otherReceived: bigint;
  drawn: bigint;
  repaid: bigint;
  /** Capital that was out when the bond was closed. */
  lost: bigint;
  capital: bigint;
  returnPaid: bigint;
  advanced: bigint;
  /** The fee of distributions, and the provider's share of them. */
  feesAndShares: bigint;
  /** What cash holds for it. */
  held: bigint;
}

export type MoneyFigure = Exclude<keyof BondMoney, 'bondId' | 'subjectId'>;

const total = (account: string, entries?: string): string =>
  `coalesce(sum(p.amount) FILTER (WHERE a.kind IN (${account})${entries ? ` AND e.kind LIKE '${entries}'` : ''}), 0)::bigint`;

/** Each figure by the accounts it stands on: a debit is positive there. */
const figures: Readonly<Record<MoneyFigure, string>> = {
  invoiced: total(`'outcomePaymentsReceivable'`, 'outcome.invoiced%'),
  cancelled: `-${total(`'outcomePaymentsReceivable'`, 'outcome.invoiceCancelled%')}`,
  receivable: total(`'outcomePaymentsReceivable'`),
  received: `-${total(`'outcomePaymentsReceivable'`, 'outcome.received%')}`,
  otherReceived: `-(${total(`'bondProceeds'`, 'twoSidedPayment.%')} + ${total(`'bondProceeds'`, 'guarantee.%')})`,
  drawn: `-${total(`'investorCapital'`, 'drawdown.%')}`,
  repaid: total(`'investorCapital'`, 'distribution.%'),
  lost: total(`'investorCapital'`, 'bond.closed%'),
  capital: `-${total(`'investorCapital'`)}`,
  returnPaid: total(`'investorReturn'`, 'distribution.%'),
  advanced: total(`'programmeCost'`, 'providerAdvance.%'),
  feesAndShares: total(`'programmeCost'`, 'distribution.%'),
  held: `-${total(heldForBondsSql)}`,
};

/** One row for each bond and each party whose accounts were posted on. */
export const bondMoney = (tx: Tx, order: ReportOrder): Promise<BondMoney[]> =>
  tx.rows<BondMoney>(
    `WITH subjects AS (
       SELECT b.id AS bond_id, b.id AS subject_id FROM bonds b WHERE b.pool_id = $1
       UNION ALL SELECT y.bond_id, y.id FROM bond_parties y JOIN bonds b ON b.id = y.bond_id WHERE b.pool_id = $1)
     SELECT s.bond_id AS "bondId", s.subject_id AS "subjectId",
       ${Object.entries(figures)
         .map(([name, sql]) => `${sql} AS "${name}"`)
         .join(', ')}
     FROM journal_entries e JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.account_id
     JOIN subjects s ON s.subject_id = a.subject_id
     WHERE ${untilEnd(order)} GROUP BY s.bond_id, s.subject_id ORDER BY s.bond_id, s.subject_id`,
    entryParameters(order),
  );

/** The parties of the pool's bonds that pay or invest. */
export const bondParties = (
  tx: Tx,
  poolId: string,
): Promise<{ bondId: string; partyId: string; role: string; organisationId: string; name: string }[]> =>
  tx.rows(
    `SELECT y.bond_id AS "bondId", y.id AS "partyId", y.role, y.organisation_id AS "organisationId", o.name
     FROM bond_parties y JOIN bonds b ON b.id = y.bond_id JOIN organisations o ON o.id = y.organisation_id
     WHERE b.pool_id = $1 AND y.role IN ('payer', 'investor') ORDER BY o.name, y.id`,
    [poolId],
  );

/**
 * What went between investors and their bonds, by the days of the bank; what was reversed by then is none of it, nor is
 * what a guarantor paid.
 */
export const investorMoney = (tx: Tx, order: ReportOrder): Promise<(StatementFlow & { partyId: string })[]> =>
  tx.rows(
    `SELECT coalesce(c.party_id, a.subject_id) AS "partyId", e.occurred_on AS "on", e.description AS reference,
       e.description AS "bankReference", e.id AS "entryId", split_part(e.kind, '.', 1) AS kind,
       -coalesce(sum(p.amount) FILTER (WHERE e.document_kind = 'drawdownCall'), 0)::bigint AS "paidIn",
       coalesce(sum(p.amount) FILTER (WHERE e.document_kind = 'distribution' AND a.kind = 'investorCapital'), 0)::bigint AS capital,
       coalesce(sum(p.amount) FILTER (WHERE e.document_kind = 'distribution' AND a.kind = 'investorReturn'), 0)::bigint AS income
     FROM journal_entries e JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.account_id
     LEFT JOIN drawdown_calls c ON e.document_kind = 'drawdownCall' AND c.id = e.document_id
     WHERE ${untilEnd(order)} AND e.kind IN ('drawdown.received', 'twoSidedPayment.received', 'distribution.paid')
       AND a.kind IN ('investorCapital', 'investorReturn', 'bondProceeds') AND NOT EXISTS (
         SELECT 1 FROM (SELECT e.reverses_id FROM journal_entries e WHERE ${untilEnd(order)}) AS r WHERE r.reverses_id = e.id)
     GROUP BY coalesce(c.party_id, a.subject_id), e.id ORDER BY e.occurred_on, e.kind = 'distribution.paid', e.id`,
    entryParameters(order),
  );

/** The bonds that were closed by the end of the period, by the entries of their closings. */
export async function closedBonds(tx: Tx, order: ReportOrder): Promise<Set<string>> {
  const rows = await tx.rows<{ bondId: string }>(
    `SELECT c.bond_id AS "bondId" FROM journal_entries e JOIN bond_closings c ON c.id = e.document_id
     WHERE ${untilEnd(order)} AND e.kind LIKE 'bond.closed%' GROUP BY c.bond_id
     HAVING count(*) FILTER (WHERE e.reverses_id IS NULL) > count(e.reverses_id)`,
    entryParameters(order),
  );
  return new Set(rows.map(({ bondId }) => bondId));
}
