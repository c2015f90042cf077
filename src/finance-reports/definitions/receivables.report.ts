import type { Day } from '../../maths/day.js';
import { sum } from '../../maths/money.js';
import type { Tx } from '../../platform/database/tx.js';
import { shareBar } from '../../web/charts/share-bar.js';
import {
  chartOf,
  type Cell,
  type ControlTotal,
  type ReportColumn,
  type ReportPart,
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
import { type AgeBand, ageBands, bandNames, bandOf, daysLate, overdueOf, sumByBand } from './ageing.rules.js';
import { count, day, foreignMoney, rate, summedMoney, text } from './columns.js';
import { grouped } from './grouped.js';
import { pledgesTie } from './plans/plan-controls.js';
import { type KeptPledgePart, pledgesThen } from './plans/pledges-then.js';

export const receivables: ReportDefinition = {
  title: 'Receivables and overdue',
  summary:
    'What funders and outcome payers have promised and not paid, by how late it is: in the currency promised, and in the pool’s at its planning rates.',
  timing: 'state',
  layout: 'statement',
  policies: async (tx, order) => ({ pledges: await pledgesThen(tx, order) }),
  compose,
};

async function compose(tx: Tx, order: ReportOrder): Promise<PoolReport> {
  const { pledges: kept } = order.policies as { pledges: KeptPledgePart[] };
  const on = order.period.to;
  const pledges = await named(tx, kept);
  const invoices = await openInvoices(tx, order);
  const [promised, invoiced] = [sumByBand(pledges, on), sumByBand(invoices, on)];
  return {
    keyFigures: [
      { name: 'pledges', label: 'Still to come of pledges', amount: all(promised) },
      { name: 'pledgesOverdue', label: 'Overdue from funders', amount: overdueOf(promised) },
      { name: 'pledgesOver90', label: 'Overdue from funders for more than 90 days', amount: promised.over90 },
      { name: 'invoices', label: 'Outcome payments to come', amount: all(invoiced) },
      { name: 'invoicesOverdue', label: 'Overdue from outcome payers', amount: overdueOf(invoiced) },
    ],
    parts: [
      ...chart(order, promised, invoiced),
      ages('funders', 'Pledges by funder and age, at planning rates', 'Funder', pledges, on),
      byCurrency(pledges, on),
      instalments(pledges, on),
      ages('payers', 'Outcome payments by payer and age', 'Payer', invoices, on),
      invoicesTable(invoices, on),
    ],
    controlTotals: [await pledgesTie(tx, order, kept), ...(await invoicesTie(tx, order, invoices))],
  };
}

const all = (sums: Record<AgeBand, bigint>): bigint => sum(ageBands.map((band) => sums[band]));

/** What somebody owes: `amount` in the pool's currency. Minor units. */
interface Owed {
  name: string;
  reference: string;
  dueOn: Day;
  amount: bigint;
}

interface OwedPledge extends Owed {
  currency: string;
  open: bigint;
  rate: string | null;
}

async function named(tx: Tx, kept: readonly KeptPledgePart[]): Promise<OwedPledge[]> {
  const pledges = await tx.rows<{ id: string; name: string; reference: string; currency: string }>(
    `SELECT p.id, o.name, p.reference, p.currency FROM pledges p JOIN organisations o ON o.id = p.funder_id
     WHERE p.id = ANY ($1::uuid[]) ORDER BY o.name, p.reference, p.id`,
    [[...new Set(kept.map(({ pledgeId }) => pledgeId))]],
  );
  const parts = grouped(kept, ({ pledgeId }) => pledgeId);
  return pledges.flatMap(({ id, ...pledge }) =>
    parts.get(id)!.map((part) => ({
      ...{ ...pledge, dueOn: part.dueOn, rate: part.rate },
      ...{ open: BigInt(part.open), amount: BigInt(part.inPool) },
    })),
  );
}

interface OpenInvoice extends Owed {
  bond: string;
  issuedOn: Day;
}

/** What is open of each invoice of the pool's bonds, by the postings that it and what came of it made. */
const openInvoices = (tx: Tx, order: ReportOrder): Promise<OpenInvoice[]> =>
  tx.rows<OpenInvoice>(
    `SELECT o.name, b.reference AS bond, b.reference || '/' || i.number AS reference, i.issued_on AS "issuedOn",
       i.due_on AS "dueOn", s.amount
     FROM (
       SELECT e.document_id, sum(p.amount)::bigint AS amount
       FROM journal_entries e JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.account_id
       WHERE ${untilEnd(order)} AND a.kind = 'outcomePaymentsReceivable' AND e.document_kind = 'outcomeInvoice'
       GROUP BY e.document_id HAVING sum(p.amount) <> 0) AS s
     JOIN outcome_invoices i ON i.id = s.document_id JOIN bonds b ON b.id = i.bond_id
     JOIN bond_parties y ON y.id = i.party_id JOIN organisations o ON o.id = y.organisation_id
     ORDER BY o.name, b.reference, i.number`,
    entryParameters(order),
  );

function chart(
  { pool }: ReportOrder,
  promised: Record<AgeBand, bigint>,
  invoiced: Record<AgeBand, bigint>,
): ReportPart[] {
  const parts = ageBands
    .map((band) => ({ label: bandNames[band], minor: promised[band] + invoiced[band] }))
    .filter(({ minor }) => minor > 0n);
  if (parts.length === 0) return [];
  const drawn = shareBar('Still to come, by age', parts, { currency: pool.currency, locale: 'en-GB' });
  return [chartOf('Still to come, by age', drawn)];
}

const bandColumns: ReportColumn[] = ageBands.map((band) => summedMoney(band, bandNames[band]));

function ages(name: string, title: string, who: string, owed: readonly Owed[], on: Day): ReportTable {
  return {
    ...{ kind: 'table', name, title },
    columns: [
      text('name', who),
      ...bandColumns,
      summedMoney('total', 'Total'),
      summedMoney('overdue', 'Overdue'),
    ],
    rows: rowsOf(
      [...grouped(owed, (each) => each.name)].map(([owner, items]): Cell[] => {
        const sums = sumByBand(items, on);
        return [owner, ...ageBands.map((band) => sums[band]), all(sums), overdueOf(sums)];
      }),
    ),
  };
}

/** As it was promised: each currency apart. */
const byCurrency = (pledges: readonly OwedPledge[], on: Day): ReportTable => ({
  ...{ kind: 'table', name: 'currencies', title: 'Pledges by currency and age, as promised' },
  columns: [
    text('currency', 'Currency'),
    ...ageBands.map((band) => foreignMoney(band, bandNames[band])),
    foreignMoney('total', 'Total'),
  ],
  rows: rowsOf(
    [...grouped(pledges, ({ currency }) => currency)].toSorted().map(([currency, items]): Cell[] => {
      const sums = sumByBand(
        items.map(({ dueOn, open }) => ({ dueOn, amount: open })),
        on,
      );
      return [
        currency,
        ...[...ageBands.map((band) => sums[band]), all(sums)].map((amount) => ({ amount, currency })),
      ];
    }),
  ),
});

const instalments = (pledges: readonly OwedPledge[], on: Day): ReportTable => ({
  ...{ kind: 'table', name: 'instalments', title: 'Pledge instalments still to come' },
  columns: [
    ...[
      text('funder', 'Funder'),
      text('pledge', 'Pledge'),
      day('dueOn', 'Due'),
      count('daysLate', 'Days late'),
    ],
    ...[text('age', 'Age'), foreignMoney('open', 'As promised'), rate('rate', 'Planning rate')],
    summedMoney('amount', 'At the planning rate'),
  ],
  rows: rowsOf(
    pledges.map(({ name, reference, dueOn, open, currency, rate: planned, amount }) => [
      ...[name, reference, dueOn, daysLate(dueOn, on), bandNames[bandOf(dueOn, on)]],
      ...[{ amount: open, currency }, planned, amount],
    ]),
  ),
});

const invoicesTable = (invoices: readonly OpenInvoice[], on: Day): ReportTable => ({
  ...{ kind: 'table', name: 'invoices', title: 'Outcome invoices that are open' },
  columns: [
    ...[text('payer', 'Payer'), text('bond', 'Bond'), text('invoice', 'Invoice'), day('issuedOn', 'Issued')],
    ...[
      day('dueOn', 'Due'),
      count('daysLate', 'Days late'),
      text('age', 'Age'),
      summedMoney('amount', 'Open'),
    ],
  ],
  rows: rowsOf(
    invoices.map(({ name, bond, reference, issuedOn, dueOn, amount }) => [
      ...[name, bond, reference, issuedOn, dueOn, daysLate(dueOn, on), bandNames[bandOf(dueOn, on)], amount],
    ]),
  ),
});

async function invoicesTie(
  tx: Tx,
  order: ReportOrder,
  invoices: readonly OpenInvoice[],
): Promise<ControlTotal[]> {
  const row = await tx.row<{ receivable: bigint; expected: bigint }>(
    `SELECT coalesce(sum(p.amount) FILTER (WHERE a.kind = 'outcomePaymentsReceivable'), 0)::bigint AS receivable,
       -coalesce(sum(p.amount) FILTER (WHERE a.kind = 'expectedOutcomeIncome'), 0)::bigint AS expected
     FROM journal_entries e JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.account_id
     WHERE ${untilEnd(order)}`,
    entryParameters(order),
  );
  const report = sum(invoices.map(({ amount }) => amount));
  return [
    { name: 'Open invoices, and outcome payments receivable', report, ledger: row!.receivable },
    { name: 'Open invoices, and expected outcome income', report, ledger: row!.expected },
  ];
}
