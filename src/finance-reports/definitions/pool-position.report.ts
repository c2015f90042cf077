import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import type { FeePolicy } from '../../pools/fees/fee.rules.js';
import { available, poolPosition } from '../../pools/pool-position.js';
import { pledgedBesideReceived } from '../../web/charts/pledged-beside-received.js';
import { chartOf, type ReportPart, type ReportTable, rowsOf } from '../documents/report-document.js';
import type { PoolReport, ReportDefinition, ReportOrder, ReportPolicies } from '../documents/report-order.js';
import {
  type FunderMoney,
  type PositionBasis,
  readBalances,
  readFunders,
  readYears,
  type YearMoney,
} from './pool-position.read.js';
import { positionTotals } from './pool-position.totals.js';

/** Where a pool stood at the end of a day: what it had, what was promised, and whose money it is. */
export const poolPositionReport: ReportDefinition = {
  title: 'Pool position',
  summary: 'What the pool has, what is promised in and out, and what is free; funder by funder.',
  timing: 'state',
  layout: 'statement',
  policies: currentPolicies,
  compose,
};

/** The policies of a pool as they are now: neither they nor what the host will charge have a history. */
async function currentPolicies(tx: Tx, { pool }: Pick<ReportOrder, 'pool'>): Promise<ReportPolicies> {
  const policy = await tx.row<FeePolicy & { reserve: bigint; confidenceBasisPoints: number }>(
    `SELECT reserve, confidence_basis_points AS "confidenceBasisPoints", fee_on AS "feeOn", fee_host_id AS "feeHostId",
       fee_basis_points AS "feeBasisPoints", fee_minimum AS "feeMinimum", fee_cap AS "feeCap" FROM pools WHERE id = $1`,
    [pool.id],
  );
  if (!policy) throw notFound('pool');
  const { feesToCome } = await poolPosition(tx, pool.id);
  const foreign = await tx.rows<{ id: string; factor: string }>(
    `SELECT id, planning_factor::text AS factor FROM pledges WHERE pool_id = $1 AND planning_rate IS NOT NULL ORDER BY id`,
    [pool.id],
  );
  const basis: PositionBasis = {
    reserve: policy.reserve.toString(),
    confidenceBasisPoints: policy.confidenceBasisPoints,
    planningFactors: Object.fromEntries(foreign.map(({ id, factor }) => [id, factor])),
    paymentFee:
      policy.feeOn === 'disbursement' && policy.feeHostId !== null
        ? {
            basisPoints: policy.feeBasisPoints,
            minimum: policy.feeMinimum.toString(),
            cap: policy.feeCap?.toString() ?? null,
            toCome: feesToCome.toString(),
          }
        : null,
  };
  return { ...basis };
}

async function compose(tx: Tx, order: ReportOrder): Promise<PoolReport> {
  const basis = order.policies as unknown as PositionBasis;
  const balances = await readBalances(tx, order, basis);
  const figures = {
    ...balances,
    reserve: BigInt(basis.reserve),
    feesToCome: BigInt(basis.paymentFee?.toCome ?? 0),
  };
  const position = { ...figures, ...available(figures, basis.confidenceBasisPoints) };
  const funders = await readFunders(tx, order, basis);
  const years = await readYears(tx, order, basis);
  return {
    keyFigures: keyItems.map((name) => ({ name, label: items[name], amount: position[name] })),
    parts: [positionTable(position), ...yearParts(years, order), fundersTable(funders)],
    controlTotals: await positionTotals(tx, order, basis, { position, funders, years }),
  };
}

const items = {
  cash: 'Cash',
  fundBalances: 'Fund balances',
  feesPayable: 'Fees payable',
  heldForBonds: 'Held for bonds',
  approvedUnsettled: 'Approved, not settled yet',
  reserve: 'Reserve',
  availableToDisburse: 'Available to pay out',
  pledgesReceivable: 'Pledged, still to come',
  grantsOutstanding: 'Committed to grants, not paid yet',
  availableToCommit: 'Available to commit',
} as const;
type Item = keyof typeof items;
const keyItems: readonly Item[] = [
  ...(['cash', 'availableToDisburse', 'availableToCommit', 'pledgesReceivable'] as const),
  ...(['grantsOutstanding', 'fundBalances', 'feesPayable', 'heldForBonds'] as const),
  ...(['approvedUnsettled', 'reserve'] as const),
];

const positionTable = (position: Record<Item, bigint>): ReportTable => ({
  kind: 'table',
  name: 'position',
  title: 'Where the pool stands',
  columns: [
    { name: 'item', label: 'Item', type: 'text' },
    { name: 'amount', label: 'Amount', type: 'money' },
  ],
  rows: rowsOf((Object.keys(items) as Item[]).map((name) => [items[name], position[name]])),
});

function yearParts(years: readonly YearMoney[], { pool }: ReportOrder): ReportPart[] {
  if (years.length === 0) return [];
  const drawn = pledgedBesideReceived(
    years.map(({ year, pledged, received }) => ({ year: String(year), pledged, received })),
    { currency: pool.currency, locale: 'en-GB' },
  );
  const title = 'Pledged beside received, by year';
  return [
    chartOf(title, drawn),
    {
      kind: 'table',
      name: 'years',
      title,
      columns: [
        { name: 'year', label: 'Year', type: 'text' },
        { name: 'pledged', label: 'Pledged', type: 'money', isSummed: true },
        { name: 'received', label: 'Received', type: 'money', isSummed: true },
      ],
      rows: rowsOf(years.map(({ year, pledged, received }) => [String(year), pledged, received])),
    },
  ];
}

const measures = {
  pledged: 'Pledged',
  received: 'Received',
  fees: 'Fees',
  charges: 'Bank charges',
  paidOut: 'Paid out',
  bondSurplus: 'Surplus of bonds',
  refunded: 'Refunded',
  balance: 'Balance',
} as const;
type Measure = keyof typeof measures;

const fundersTable = (funders: readonly FunderMoney[]): ReportTable => ({
  kind: 'table',
  name: 'funders',
  title: 'Funder by funder',
  columns: [
    { name: 'funder', label: 'Funder', type: 'text' },
    ...Object.entries(measures).map(([name, label]) => ({
      ...{ name, label, type: 'money' as const, isSummed: true },
    })),
  ],
  rows: rowsOf(
    funders.map((funder) => [funder.funder, ...(Object.keys(measures) as Measure[]).map((of) => funder[of])]),
  ),
});
