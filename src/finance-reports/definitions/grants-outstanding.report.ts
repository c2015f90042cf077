import { sum } from '../../maths/money.js';
import type { Tx } from '../../platform/database/tx.js';
import { barsInPairs } from '../../web/charts/bars-in-pairs.js';
import {
  chartOf,
  type ControlTotal,
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
import { count, day, money, summedMoney, text } from './columns.js';
import { unpaidPlan, type UnpaidPlan, type YearDue, yearsDue } from './grants-outstanding.rules.js';
import { grouped } from './grouped.js';
import { instalmentsThen, type KeptInstalment } from './plans/instalments-then.js';
import { instalmentsTie } from './plans/plan-controls.js';

export const grantsOutstanding: ReportDefinition = {
  title: 'Grants outstanding',
  summary:
    'What was awarded and is not paid yet, grant by grant and by the year it falls due in: what is next, what is late, and what is held, and why.',
  timing: 'state',
  layout: 'statement',
  policies: async (tx, order) => ({ instalments: await instalmentsThen(tx, order) }),
  compose,
};

/** How many instalments a paper shows: more are in the other formats. */
const mostOnPaper = 1_000;

interface OutstandingGrant {
  grantId: string;
  reference: string;
  title: string;
  payee: string;
  award: bigint;
  paid: bigint;
  returned: bigint;
  outstanding: bigint;
  plan: UnpaidPlan;
}

async function compose(tx: Tx, order: ReportOrder): Promise<PoolReport> {
  const { instalments } = order.policies as { instalments: KeptInstalment[] };
  const on = order.period.to;
  const plans = grouped(instalments, ({ grantId }) => grantId);
  const grants = (await readGrants(tx, order)).map((grant) => ({
    ...{ ...grant, plan: unpaidPlan(plans.get(grant.grantId) ?? [], on) },
  }));
  const years = yearsDue(instalments, on);
  const total = (of: (grant: OutstandingGrant) => bigint) => sum(grants.map(of));
  return {
    keyFigures: [
      { name: 'outstanding', label: 'Outstanding', amount: total(({ outstanding }) => outstanding) },
      { name: 'overdue', label: 'Overdue', amount: total(({ plan }) => plan.overdue) },
      { name: 'held', label: 'Held', amount: total(({ plan }) => plan.held) },
      { name: 'awarded', label: 'Awarded to these grants', amount: total(({ award }) => award) },
      { name: 'paid', label: 'Paid to them', amount: total(({ paid }) => paid) },
    ],
    parts: [
      grantsTable(grants),
      ...chart(order, years),
      yearsTable(years),
      instalmentsTable(grants, instalments),
    ],
    controlTotals: [
      ...(await instalmentsTie(tx, order, instalments)),
      ...(await controlTotals(tx, order, grants, plans)),
    ],
  };
}

/** Every grant of which something is unpaid, by the commitment book; what was given back, by the cash. */
const readGrants = (tx: Tx, order: ReportOrder): Promise<Omit<OutstandingGrant, 'plan'>[]> =>
  tx.rows(
    `SELECT g.id AS "grantId", g.reference, g.title, o.name AS payee, s.award, s.paid, s.outstanding,
       (SELECT coalesce(sum(p.amount), 0)::bigint FROM grant_returns r JOIN journal_entries e ON e.document_id = r.id
        JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.account_id AND a.kind = 'cash'
        WHERE r.grant_id = g.id AND ${untilEnd(order)}) AS returned
     FROM (
       SELECT a.subject_id, -coalesce(sum(p.amount) FILTER (WHERE e.document_kind = 'grant'), 0)::bigint AS award,
         coalesce(sum(p.amount) FILTER (WHERE e.document_kind = 'disbursement'), 0)::bigint AS paid,
         -sum(p.amount)::bigint AS outstanding
       FROM journal_entries e JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.account_id
       WHERE ${untilEnd(order)} AND a.kind = 'grantsOutstanding' GROUP BY a.subject_id HAVING sum(p.amount) <> 0) AS s
     JOIN grants g ON g.id = s.subject_id JOIN organisations o ON o.id = g.organisation_id
     ORDER BY g.reference, g.id`,
    entryParameters(order),
  );

function chart({ pool }: ReportOrder, years: readonly YearDue[]): ReportPart[] {
  if (years.length === 0) return [];
  const pairs = years.map(({ year, unpaid, lateOrHeld }) => ({
    label: year,
    said: unpaid,
    came: lateOrHeld,
  }));
  const words = { said: 'Unpaid', came: 'Of this, late or held', label: 'Year due' };
  const drawn = barsInPairs(pairs, words, { currency: pool.currency, locale: 'en-GB' });
  return [chartOf('Unpaid by the year it is due in', drawn)];
}

const grantsTable = (grants: readonly OutstandingGrant[]): ReportTable => ({
  ...{ kind: 'table', name: 'grants', title: 'Grants of which something is unpaid' },
  columns: [
    ...[
      text('grant', 'Grant'),
      text('title', 'Title'),
      text('payee', 'Paid to'),
      summedMoney('award', 'Award'),
    ],
    ...[
      summedMoney('paid', 'Paid'),
      summedMoney('returned', 'Given back'),
      summedMoney('outstanding', 'Outstanding'),
    ],
    ...[day('nextDueOn', 'Next due'), money('next', 'Next amount'), summedMoney('overdue', 'Overdue')],
    ...[summedMoney('held', 'Held'), text('holdReasons', 'Why it is held')],
  ],
  rows: rowsOf(
    grants.map(({ reference, title, payee, award, paid, returned, outstanding, plan }) => [
      ...[reference, title, payee, award, paid, returned, outstanding],
      ...[plan.nextDueOn, plan.next, plan.overdue, plan.held, plan.holdReasons.join(' ')],
    ]),
  ),
});

const yearsTable = (years: readonly YearDue[]): ReportTable => ({
  ...{ kind: 'table', name: 'years', title: 'By the year it is due in' },
  columns: [
    ...[text('year', 'Year'), summedMoney('unpaid', 'Unpaid'), summedMoney('overdue', 'Of this, overdue')],
    ...[summedMoney('held', 'Of this, held'), summedMoney('waiting', 'Of this, waiting for an event')],
  ],
  rows: rowsOf(
    years.map(({ year, unpaid, overdue, held, waiting }) => [year, unpaid, overdue, held, waiting]),
  ),
});

function instalmentsTable(
  grants: readonly OutstandingGrant[],
  instalments: readonly KeptInstalment[],
): ReportTable {
  const byId = new Map<string, OutstandingGrant>(grants.map((grant) => [grant.grantId, grant]));
  return {
    ...{ kind: 'table', name: 'instalments', title: 'Instalments, in the order they are due' },
    isLong: instalments.length > mostOnPaper,
    columns: [
      ...[
        day('dueOn', 'Due'),
        day('expectedOn', 'Expected by'),
        text('grant', 'Grant'),
        text('payee', 'Paid to'),
      ],
      ...[count('number', 'Instalment'), text('state', 'State'), summedMoney('amount', 'Amount')],
      text('holdReasons', 'Why it is held'),
    ],
    rows: rowsOf(
      instalments.map(({ dueOn, nominalOn, grantId, number, state, amount, holdReasons }) => [
        ...[dueOn, dueOn === null ? nominalOn : null],
        ...[byId.get(grantId)?.reference ?? '', byId.get(grantId)?.payee ?? ''],
        ...[number, stateNames[state] ?? state, BigInt(amount), holdReasons.join(' ')],
      ]),
    ),
  };
}

const stateNames: Readonly<Record<string, string>> = {
  ...{ planned: 'Planned', due: 'Due', held: 'Held', approved: 'Asked for', inPayment: 'In payment' },
  ...{ returned: 'Sent back by the bank', paid: 'Paid since', cancelled: 'Cancelled since' },
};

async function controlTotals(
  tx: Tx,
  order: ReportOrder,
  grants: readonly OutstandingGrant[],
  plans: ReadonlyMap<string, KeptInstalment[]>,
): Promise<ControlTotal[]> {
  const row = await tx.row<{ outstanding: bigint }>(
    `SELECT -coalesce(sum(p.amount), 0)::bigint AS outstanding
     FROM journal_entries e JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.account_id
     WHERE ${untilEnd(order)} AND a.kind = 'grantsOutstanding'`,
    entryParameters(order),
  );
  const outstanding = new Map(grants.map((grant) => [grant.grantId, grant.outstanding]));
  const differences = [...new Set([...outstanding.keys(), ...plans.keys()])].map((id) => {
    const planned = sum((plans.get(id) ?? []).map(({ amount }) => BigInt(amount)));
    const difference = (outstanding.get(id) ?? 0n) - planned;
    return difference < 0n ? -difference : difference;
  });
  return [
    {
      name: 'Award less paid, and grants outstanding',
      report: sum(grants.map(({ award, paid }) => award - paid)),
      ledger: row!.outstanding,
    },
    { name: 'Unpaid instalments, differences grant by grant', report: 0n, ledger: sum(differences) },
  ];
}
