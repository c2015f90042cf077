import { sum } from '../../maths/money.js';
import type { Tx } from '../../platform/database/tx.js';
import {
  type AcceptedSpend,
  acceptedSpend,
  acceptedTotal,
  type SpendPeriod,
} from '../../reporting/accepted-spend.read.js';
import { namedPairs } from '../../web/charts/named-pairs.js';
import {
  chartOf,
  type Cell,
  type ControlTotal,
  type ReportPart,
  type ReportTable,
  rowsOf,
} from '../documents/report-document.js';
import {
  entryParameters,
  inPeriod,
  type PoolReport,
  type ReportDefinition,
  type ReportOrder,
  untilEnd,
} from '../documents/report-order.js';
import { summedMoney, text } from './columns.js';
import { grouped } from './grouped.js';
import { type GoalSpend, type GrantSpend, spendByGoals } from './spend-by-goal.rules.js';

export const spendByGoal: ReportDefinition = {
  title: 'Spend by goal',
  summary:
    'What was paid towards each goal in a period, what partners have reported as spent on it, and what no report tells yet. A grant that serves several goals is not split.',
  timing: 'period',
  layout: 'statement',
  compose,
};

/** How many bars a chart has room for. */
const mostBars = 12;

async function compose(tx: Tx, order: ReportOrder): Promise<PoolReport> {
  const spent = await acceptedSpend(tx, spendPeriod(order));
  const grants = await readGrants(tx, order, spent);
  const goals = spendByGoals(grants);
  const total = (of: (grant: GrantSpend) => bigint) => sum(grants.map(of));
  const totals = {
    paid: total(({ paid }) => paid),
    returned: total(({ returned }) => returned),
    spent: total((grant) => grant.spent),
  };
  return {
    keyFigures: [
      { name: 'paid', label: 'Paid towards goals', amount: totals.paid },
      { name: 'returned', label: 'Given back by partners', amount: totals.returned },
      { name: 'spent', label: 'Reported as spent', amount: totals.spent },
      {
        name: 'notReported',
        label: 'Paid and not reported yet',
        amount: total(({ notReported }) => notReported),
      },
    ],
    parts: [
      ...chart(order, goals),
      goalsTable(goals),
      spentTable(spent),
      grantsTable(grants),
      byGrantAndGoal(spent),
    ],
    controlTotals: await controlTotals(tx, order, totals),
  };
}

const spendPeriod = ({ pool, asOf, period, basis }: ReportOrder): SpendPeriod => ({
  ...{ poolId: pool.id, timeZone: pool.timeZone, asOf, ...period, basis },
});

interface PaidGrant extends Omit<GrantSpend, 'spent' | 'notReported'> {
  grantId: string;
  kept: bigint;
}

/** Every grant that was paid something or gave something back by the end, or whose spending was reported. */
async function readGrants(
  tx: Tx,
  order: ReportOrder,
  spent: readonly AcceptedSpend[],
): Promise<GrantSpend[]> {
  const rows = await tx.rows<PaidGrant>(
    `SELECT g.id AS "grantId", g.reference, g.title, o.name AS payee,
       ARRAY(SELECT t.name FROM grant_goals s JOIN goals t ON t.id = s.goal_id WHERE s.grant_id = g.id ORDER BY t.name) AS goals,
       coalesce(m.paid, 0)::bigint AS paid, coalesce(m.returned, 0)::bigint AS returned, coalesce(m.kept, 0)::bigint AS kept
     FROM grants g JOIN organisations o ON o.id = g.organisation_id LEFT JOIN (
       SELECT grant_id, sum(amount) FILTER (WHERE is_paid AND is_within) AS paid,
         -sum(amount) FILTER (WHERE NOT is_paid AND is_within) AS returned, sum(amount) AS kept
       FROM (
         SELECT a.subject_id AS grant_id, p.amount, true AS is_paid, ${inPeriod(order)} AS is_within
         FROM journal_entries e JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.account_id
         WHERE ${untilEnd(order)} AND a.kind = 'grantsOutstanding' AND e.kind LIKE 'disbursement.%'
         UNION ALL
         SELECT r.grant_id, -p.amount, false, ${inPeriod(order)}
         FROM journal_entries e JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.account_id
         JOIN grant_returns r ON r.id = e.document_id
         WHERE ${untilEnd(order)} AND a.kind = 'cash' AND e.document_kind = 'grantReturn') AS moved
       GROUP BY grant_id) AS m ON m.grant_id = g.id
     WHERE g.pool_id = $1 AND (m.grant_id IS NOT NULL OR g.id = ANY ($6::uuid[])) ORDER BY g.reference, g.id`,
    [...entryParameters(order), [...new Set(spent.map(({ grantId }) => grantId))]],
  );
  const reported = grouped(spent, ({ grantId }) => grantId);
  return rows.map(({ grantId, kept, ...grant }) => {
    const own = reported.get(grantId) ?? [];
    return {
      ...{ ...grant, spent: sum(own.map(({ within }) => within)) },
      notReported: kept - sum(own.map(({ until }) => until)),
    };
  });
}

function chart({ pool }: ReportOrder, goals: readonly GoalSpend[]): ReportPart[] {
  const most = goals
    .filter(({ paid, spent }) => paid > 0n || spent > 0n)
    .toSorted((a, b) => (a.paid < b.paid ? 1 : a.paid > b.paid ? -1 : 0))
    .slice(0, mostBars);
  if (most.length === 0) return [];
  const drawn = namedPairs(
    most.map(({ goals: label, paid, spent }) => ({ label, said: paid, came: spent })),
    { said: 'Paid', came: 'Reported as spent', label: 'Goals' },
    { currency: pool.currency, locale: 'en-GB' },
  );
  return [chartOf('Paid and reported, by goals', drawn)];
}

const figures = [
  ...[summedMoney('paid', 'Paid'), summedMoney('returned', 'Given back')],
  ...[summedMoney('spent', 'Reported as spent'), summedMoney('notReported', 'Not reported yet, by the end')],
];

const figureCells = ({ paid, returned, spent, notReported }: Omit<GoalSpend, 'goals'>): Cell[] => [
  ...[paid, returned, spent, notReported],
];

const goalsTable = (goals: readonly GoalSpend[]): ReportTable => ({
  ...{ kind: 'table', name: 'goals', title: 'By goals: a grant that serves several stands with all of them' },
  columns: [text('goals', 'Goals'), ...figures],
  rows: rowsOf(goals.map((goal) => [goal.goals, ...figureCells(goal)])),
});

/** Reports tell the goal of every amount: here nothing is shared. */
const spentTable = (spent: readonly AcceptedSpend[]): ReportTable => ({
  ...{ kind: 'table', name: 'spent', title: 'Reported as spent, goal by goal' },
  columns: [text('goal', 'Goal'), summedMoney('spent', 'Reported as spent')],
  rows: rowsOf(
    [...grouped(spent.filter(isWithin), ({ goalId }) => goalId).values()]
      .map((of): [string, bigint] => [of[0]!.goal, sum(of.map(({ within }) => within))])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ),
});

const grantsTable = (grants: readonly GrantSpend[]): ReportTable => ({
  ...{ kind: 'table', name: 'grants', title: 'By grant' },
  columns: [
    text('grant', 'Grant'),
    text('title', 'Title'),
    text('payee', 'Paid to'),
    text('goals', 'Goals'),
    ...figures,
  ],
  rows: rowsOf(
    grants.map((grant) => [
      ...[grant.reference, grant.title, grant.payee, grant.goals.join(', '), ...figureCells(grant)],
    ]),
  ),
});

const byGrantAndGoal = (spent: readonly AcceptedSpend[]): ReportTable => ({
  ...{ kind: 'table', name: 'grantGoals', title: 'Reported as spent, by grant and goal' },
  columns: [text('grant', 'Grant'), text('goal', 'Goal'), summedMoney('spent', 'Reported as spent')],
  rows: rowsOf(spent.filter(isWithin).map(({ grant, goal, within }) => [grant, goal, within])),
});

const isWithin = ({ within }: AcceptedSpend): boolean => within !== 0n;

async function controlTotals(
  tx: Tx,
  order: ReportOrder,
  totals: Record<'paid' | 'returned' | 'spent', bigint>,
): Promise<ControlTotal[]> {
  const row = await tx.row<{ paid: bigint; returned: bigint }>(
    `SELECT coalesce(sum(p.amount) FILTER (WHERE e.kind LIKE 'disbursement.%'), 0)::bigint AS paid,
       -coalesce(sum(p.amount) FILTER (WHERE e.document_kind = 'grantReturn'), 0)::bigint AS returned
     FROM journal_entries e JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.account_id
     WHERE ${inPeriod(order)} AND a.kind = 'fundBalance'`,
    entryParameters(order),
  );
  return [
    { name: 'Paid, and what left fund balances for it', report: totals.paid, ledger: row!.paid },
    {
      name: 'Given back, and what came to fund balances of it',
      report: totals.returned,
      ledger: row!.returned,
    },
    {
      name: 'Reported as spent by goal, and what the reports say in all',
      report: totals.spent,
      ledger: await acceptedTotal(tx, spendPeriod(order)),
    },
  ];
}
