import type { Day } from '../../maths/day.js';
import { rowsByCursor } from '../../platform/database/cursor.js';
import type { Tx } from '../../platform/database/tx.js';
import { endToEndId } from '../../payments/batches/end-to-end-id.js';
import { impliedFactor } from '../../pools/contributions/implied-rate.js';
import { cashByQuarter } from '../../web/charts/cash-by-quarter.js';
import {
  chartOf,
  type Cell,
  type ControlTotal,
  type ReportPart,
  type ReportTable,
} from '../documents/report-document.js';
import {
  entryParameters,
  inPeriod,
  type PoolReport,
  type ReportDefinition,
  type ReportOrder,
} from '../documents/report-order.js';
import { count, day, foreignMoney, rate, summedMoney, text } from './columns.js';

export const disbursementRegister: ReportDefinition = {
  title: 'Disbursement register',
  summary:
    'Every payment that left the account in a period, with its payee, grant, approvals and bank references; what the bank sent back stands in rows of its own.',
  timing: 'period',
  layout: 'register',
  compose,
};

/** How many rows a paper shows: more are in the other formats. */
const mostOnPaper = 1_000;

async function compose(tx: Tx, order: ReportOrder): Promise<PoolReport> {
  const totals = await readTotals(tx, order);
  return {
    keyFigures: [
      {
        name: 'net',
        label: 'Paid for grants, less what the bank sent back',
        amount: totals.paid + totals.returned,
      },
      { name: 'paid', label: 'Paid', amount: totals.paid },
      { name: 'returned', label: 'Sent back by the bank', amount: totals.returned },
      { name: 'cash', label: 'Left the account', amount: totals.cash },
      { name: 'fees', label: 'Charged on payments by the host', amount: totals.fee },
    ],
    parts: [payments(tx, order, totals.count), ...(await chart(tx, order))],
    controlTotals: await controlTotals(tx, order, totals),
  };
}

/** A payment, or its return: then all amounts are below zero. */
interface PaymentRow {
  entryId: string;
  occurredOn: Day;
  isReturn: boolean;
  disbursementId: string;
  bankReference: string;
  payee: string;
  grant: string;
  title: string;
  number: number;
  goals: string;
  amount: bigint;
  paidAmount: bigint | null;
  paidCurrency: string | null;
  cash: bigint;
  fee: bigint;
  madeBy: string;
  approvedBy: string | null;
  batch: number | null;
}

/** The payments of a period in the order of their days; amounts are those that were posted. */
const paymentRows = (order: ReportOrder): string => `
  SELECT e.id AS "entryId", e.occurred_on AS "occurredOn", e.reverses_id IS NOT NULL AS "isReturn",
    d.id AS "disbursementId", d.bank_reference AS "bankReference", o.name AS payee, g.reference AS "grant", g.title,
    i.number, (SELECT coalesce(string_agg(t.name, ', ' ORDER BY t.name), '') FROM grant_goals s
      JOIN goals t ON t.id = s.goal_id WHERE s.grant_id = g.id) AS goals,
    m.amount, m.cash, CASE WHEN e.reverses_id IS NULL THEN d.paid_amount ELSE -d.paid_amount END AS "paidAmount",
    d.paid_currency AS "paidCurrency", m.fee, k.name AS "madeBy",
    (SELECT string_agg(n.name, ', ' ORDER BY s.at, s.id) FROM approval_signatures s JOIN persons n ON n.id = s.person_id
     WHERE s.approval_id = d.approval_id AND s.verdict = 'approve') AS "approvedBy",
    (SELECT b.number FROM payment_batch_lines l JOIN payment_batches b ON b.id = l.batch_id
     WHERE l.disbursement_id = d.id AND l.living) AS batch
  FROM journal_entries e JOIN disbursements d ON d.id = e.document_id JOIN grants g ON g.id = d.grant_id
  JOIN organisations o ON o.id = g.organisation_id JOIN instalments i ON i.id = d.instalment_id
  JOIN persons k ON k.id = d.made_by
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(p.amount) FILTER (WHERE a.kind = 'grantsOutstanding'), 0)::bigint AS amount,
      -coalesce(sum(p.amount) FILTER (WHERE a.kind = 'cash'), 0)::bigint AS cash,
      -coalesce(sum(p.amount) FILTER (WHERE a.kind = 'feesPayable'), 0)::bigint AS fee
    FROM journal_entries x JOIN postings p ON p.entry_id = x.id JOIN accounts a ON a.id = p.account_id
    WHERE x.document_id = e.document_id AND x.recorded_at <= $2
      AND x.kind IN (e.kind, replace(e.kind, 'disbursement.settled', 'fee.charged'))) AS m
  WHERE ${inPeriod(order)} AND e.document_kind = 'disbursement' AND e.kind LIKE 'disbursement.%'
  ORDER BY e.occurred_on, e.id`;

interface Totals {
  count: number;
  paid: bigint;
  returned: bigint;
  cash: bigint;
  fee: bigint;
}

async function readTotals(tx: Tx, order: ReportOrder): Promise<Totals> {
  const row = await tx.row<Totals>(
    `SELECT count(*)::int AS count, coalesce(sum(amount) FILTER (WHERE NOT "isReturn"), 0)::bigint AS paid,
       coalesce(sum(amount) FILTER (WHERE "isReturn"), 0)::bigint AS returned, coalesce(sum(cash), 0)::bigint AS cash,
       coalesce(sum(fee), 0)::bigint AS fee FROM (${paymentRows(order)}) AS payment`,
    entryParameters(order),
  );
  return row!;
}

const payments = (tx: Tx, order: ReportOrder, rowCount: number): ReportTable => ({
  ...{ kind: 'table', name: 'payments', title: 'Payments', isLong: rowCount > mostOnPaper },
  columns: [
    ...[day('day', 'Day'), text('event', 'What happened'), text('reference', 'Bank reference')],
    ...[text('payee', 'Paid to'), text('grant', 'Grant'), text('title', 'Title')],
    ...[count('instalment', 'Instalment'), text('goals', 'Goals'), summedMoney('amount', 'Amount')],
    ...[foreignMoney('paid', 'As the payee got it'), rate('rate', 'Rate that this implies')],
    ...[summedMoney('cash', 'Left the account'), summedMoney('fee', 'Charged by the host')],
    ...[text('madeBy', 'Asked for by'), text('approvedBy', 'Approved by'), count('batch', 'Batch')],
    text('endToEndId', 'EndToEndId'),
  ],
  rows: async function* () {
    for await (const row of rowsByCursor<PaymentRow>(tx, paymentRows(order), entryParameters(order)))
      yield paymentCells(row, order.pool.currency);
  },
});

function paymentCells(row: PaymentRow, currency: string): Cell[] {
  const { paidAmount, paidCurrency } = row;
  const sign = row.isReturn ? -1n : 1n;
  const isForeign = paidAmount !== null && paidCurrency !== null;
  return [
    ...[row.occurredOn, row.isReturn ? 'Sent back by the bank' : 'Paid', row.bankReference],
    ...[row.payee, row.grant, row.title, row.number, row.goals, row.amount],
    isForeign ? { amount: paidAmount, currency: paidCurrency } : null,
    isForeign ? impliedFactor(sign * row.amount, currency, sign * paidAmount, paidCurrency) : null,
    ...[row.cash, row.fee, row.madeBy, row.approvedBy, row.batch, endToEndId(row.disbursementId)],
  ];
}

/** From the payees' side: what they get goes out. */
async function chart(tx: Tx, order: ReportOrder): Promise<ReportPart[]> {
  const flows = await tx.rows<{ on: Day; amount: bigint }>(
    `SELECT "occurredOn" AS on, sum(amount)::bigint AS amount FROM (${paymentRows(order)}) AS payment
     GROUP BY "occurredOn", "isReturn" ORDER BY "occurredOn", "isReturn"`,
    entryParameters(order),
  );
  if (flows.length === 0) return [];
  const drawn = cashByQuarter(flows, { currency: order.pool.currency, locale: 'en-GB' });
  const title = 'Paid and sent back, by quarter';
  return [chartOf(title, drawn)];
}

async function controlTotals(tx: Tx, order: ReportOrder, totals: Totals): Promise<ControlTotal[]> {
  const total = (account: string, entries: string) =>
    `coalesce(sum(p.amount) FILTER (WHERE a.kind = '${account}' AND e.kind LIKE '${entries}'), 0)::bigint`;
  const row = await tx.row<{ cash: bigint; outstanding: bigint; committed: bigint; fees: bigint }>(
    `SELECT -${total('cash', 'disbursement.%')} AS cash, ${total('grantsOutstanding', 'disbursement.%')} AS outstanding,
       -${total('committedToGrants', 'disbursement.%')} AS committed, -${total('feesPayable', 'fee.%')} AS fees
     FROM journal_entries e JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.account_id
     WHERE ${inPeriod(order)} AND e.document_kind = 'disbursement'`,
    entryParameters(order),
  );
  const net = totals.paid + totals.returned;
  return [
    { name: 'Left the account, and cash', report: totals.cash, ledger: row!.cash },
    { name: 'Paid for grants, and grants outstanding', report: net, ledger: row!.outstanding },
    { name: 'Paid for grants, and commitments used', report: net, ledger: row!.committed },
    { name: 'Charged by the host, and fees payable', report: totals.fee, ledger: row!.fees },
  ];
}
