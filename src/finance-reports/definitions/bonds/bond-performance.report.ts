import { headroomOf } from '../../../bonds/invoices/headroom.read.js';
import { paymentsByPeriod, type PeriodPayments } from '../../../bonds/plans/period-payments.rules.js';
import { parseAmount, sum } from '../../../maths/money.js';
import type { Tx } from '../../../platform/database/tx.js';
import { barsInPairs } from '../../../web/charts/bars-in-pairs.js';
import {
  chartOf,
  type Cell,
  type ReportPart,
  type ReportTable,
  rowsOf,
} from '../../documents/report-document.js';
import {
  type PoolReport,
  type ReportDefinition,
  type ReportOrder,
  untilEnd,
} from '../../documents/report-order.js';
import { count, day, money, percent, rate, summedMoney, text } from '../columns.js';
import { bondControls } from './bond-controls.js';
import {
  type BondMoney,
  bondMoney,
  bondParties,
  closedBonds,
  investorMoney,
  type MoneyFigure,
} from './bond-money.read.js';
import { investorReturn, moneyFigures, moneyOf } from './bond-performance.rules.js';
import { type BondThen, bondsThen, invoicedThen, type MetricThen, metricsThen } from './bonds-then.read.js';

export const bondPerformance: ReportDefinition = {
  title: 'Bond performance',
  summary:
    'How each outcome bond has done to a day: outcomes claimed and accepted, what payers were invoiced and paid, what investors lent and got back, and the plan beside it.',
  timing: 'state',
  layout: 'statement',
  compose,
};

interface BondPeriods {
  bond: BondThen;
  periods: PeriodPayments[];
}

async function compose(tx: Tx, order: ReportOrder): Promise<PoolReport> {
  const { currency, id: poolId } = order.pool;
  const rows = await bondMoney(tx, order);
  const withMoney = new Set(rows.map(({ bondId }) => bondId));
  const bonds = (await bondsThen(tx, order)).filter(
    ({ bondId, wasSigned }) => wasSigned || withMoney.has(bondId),
  );
  const invoiced = await invoicedThen(tx, order, untilEnd(order));
  const planned = bonds.map((bond) => ({
    bond,
    periods: paymentsByPeriod(
      ...([bond.terms, currency, bond.plan] as const),
      invoiced.filter(({ bondId }) => bondId === bond.bondId),
    ),
  }));
  const all = moneyOf(rows, moneyFigures);
  return {
    keyFigures: [
      { name: 'received', label: 'Outcome payments received', amount: all.received },
      { name: 'invoiced', label: 'Outcome payments invoiced', amount: all.invoiced },
      { name: 'capital', label: 'Investors’ capital outstanding', amount: all.capital },
      { name: 'returnPaid', label: 'Return paid to investors', amount: all.returnPaid },
      { name: 'held', label: 'Held for bonds', amount: all.held },
    ],
    parts: [
      moneyTable('bonds', 'What payers were invoiced and paid', bonds, rows, [
        ...([
          ['invoiced', 'Invoiced'],
          ['cancelled', 'Of this, not expected any more'],
          ['received', 'Received'],
        ] as const),
        ...([
          ['receivable', 'Still to come'],
          ['otherReceived', 'From investors and guarantors, besides'],
        ] as const),
      ]),
      moneyTable('capital', 'What investors lent, and what it was used for', bonds, rows, [
        ...([
          ['drawn', 'Capital drawn'],
          ['repaid', 'Capital repaid'],
          ['lost', 'Capital lost'],
        ] as const),
        ...([
          ['capital', 'Capital outstanding'],
          ['returnPaid', 'Return paid'],
        ] as const),
        ...([
          ['advanced', 'Working capital paid'],
          ['feesAndShares', 'Fees and provider’s shares'],
        ] as const),
        ...([['held', 'Held for the bond']] as const),
      ]),
      ...planned.flatMap((one) => chart(order, one)),
      outcomes(bonds, await metricsThen(tx, order)),
      ...(await parties(tx, order, bonds, rows, poolId)),
      periodsTable(planned),
    ],
    controlTotals: await bondControls(
      tx,
      order,
      all,
      sum(planned.flatMap(({ periods }) => periods.map(({ actual }) => actual))),
    ),
  };
}

function chart({ pool }: ReportOrder, { bond, periods }: BondPeriods): ReportPart[] {
  const title = `Planned and invoiced, by period: ${bond.reference}`;
  const last = periods.findLastIndex(hasMoney);
  if (last < 0) return [];
  const drawn = barsInPairs(
    periods.slice(0, last + 1).map(({ period, planned, actual }) => ({
      label: String(period),
      said: planned ?? 0n,
      came: actual,
    })),
    { said: 'Planned', came: 'Invoiced', label: 'Period' },
    { currency: pool.currency, locale: 'en-GB' },
  );
  return [chartOf(title, drawn)];
}

const hasMoney = ({ planned, actual }: PeriodPayments): boolean => (planned ?? 0n) !== 0n || actual !== 0n;

function moneyTable(
  name: string,
  title: string,
  bonds: readonly BondThen[],
  rows: readonly BondMoney[],
  figures: readonly (readonly [MoneyFigure, string])[],
): ReportTable {
  return {
    ...{ kind: 'table', name, title },
    columns: [
      ...[text('bond', 'Bond'), text('title', 'Title'), text('provider', 'Provider')],
      ...figures.map(([figure, label]) => summedMoney(figure, label)),
    ],
    rows: rowsOf(
      bonds.map(({ bondId, reference, title: called, provider }): Cell[] => {
        const own = moneyOf(
          rows.filter((row) => row.bondId === bondId),
          moneyFigures,
        );
        return [reference, called, provider, ...figures.map(([figure]) => own[figure])];
      }),
    ),
  };
}

const outcomes = (bonds: readonly BondThen[], metrics: readonly MetricThen[]): ReportTable => ({
  ...{ kind: 'table', name: 'outcomes', title: 'Outcomes claimed and accepted, and what they are worth' },
  columns: [
    ...[
      text('bond', 'Bond'),
      text('outcome', 'Outcome'),
      rate('claimed', 'Claimed'),
      rate('accepted', 'Accepted'),
    ],
    ...[summedMoney('gross', 'Worth before caps'), summedMoney('trimmed', 'Trimmed by caps')],
    summedMoney('net', 'Worth after caps'),
  ],
  rows: rowsOf(
    bonds.flatMap(({ bondId, reference, terms }) =>
      metrics
        .filter((metric) => metric.bondId === bondId)
        .map(({ metric, claimed, accepted, gross, net }): Cell[] => {
          const title = terms.rateCard.find((line) => line.metric === metric)?.title ?? metric;
          return [reference, title, claimed, accepted, gross, gross - net, net];
        }),
    ),
  ),
});

async function parties(
  tx: Tx,
  order: ReportOrder,
  bonds: readonly BondThen[],
  rows: readonly BondMoney[],
  poolId: string,
): Promise<ReportTable[]> {
  const { pool, period } = order;
  const everybody = await bondParties(tx, poolId);
  const flows = await investorMoney(tx, order);
  const closed = await closedBonds(tx, order);
  const of = (bond: BondThen, role: string) =>
    everybody
      .filter((party) => party.bondId === bond.bondId && party.role === role)
      .map((party) => ({
        ...{
          party,
          own: moneyOf(
            rows.filter(({ subjectId }) => subjectId === party.partyId),
            moneyFigures,
          ),
        },
      }));
  const minor = (amount: string | null | undefined) =>
    amount === null || amount === undefined ? null : parseAmount(amount, pool.currency);
  return [
    {
      ...{ kind: 'table', name: 'payers', title: 'Payers, and what is left under their caps' },
      columns: [
        ...[
          text('bond', 'Bond'),
          text('payer', 'Payer'),
          money('cap', 'Cap'),
          summedMoney('invoiced', 'Invoiced'),
        ],
        ...[money('headroom', 'Left under the cap'), summedMoney('cancelled', 'Not expected any more')],
        ...[summedMoney('received', 'Received'), summedMoney('receivable', 'Still to come')],
      ],
      rows: rowsOf(
        bonds.flatMap((bond) =>
          of(bond, 'payer').map(({ party: { name, organisationId }, own }): Cell[] => {
            const term = bond.terms.payers.find((payer) => payer.organisationId === organisationId);
            const { cap, left } = headroomOf(minor(term?.cap), own.invoiced);
            return [
              bond.reference,
              name,
              cap,
              own.invoiced,
              left,
              own.cancelled,
              own.received,
              own.receivable,
            ];
          }),
        ),
      ),
    },
    {
      ...{ kind: 'table', name: 'investors', title: 'Investors, and how they have done' },
      columns: [
        ...[text('bond', 'Bond'), text('investor', 'Investor'), summedMoney('committed', 'Committed')],
        ...[
          summedMoney('drawn', 'Drawn'),
          summedMoney('repaid', 'Repaid'),
          summedMoney('capital', 'Outstanding'),
        ],
        ...[summedMoney('returnPaid', 'Return paid'), percent('realised', 'IRR, realised')],
        ...[
          percent('withCapital', 'IRR, with capital that is out'),
          rate('cameBack', 'Times paid in, come back'),
        ],
        rate('withCapitalTimes', 'With capital that is out'),
      ],
      rows: rowsOf(
        bonds.flatMap((bond) =>
          of(bond, 'investor').map(({ party: { partyId, name, organisationId }, own }): Cell[] => {
            const term = bond.terms.investors.find((investor) => investor.organisationId === organisationId);
            const done = investorReturn(
              flows.filter((flow) => flow.partyId === partyId),
              { on: period.to, isOver: closed.has(bond.bondId) },
            );
            return [
              ...[bond.reference, name, minor(term?.commitment) ?? 0n, own.drawn, own.repaid, own.capital],
              ...[own.returnPaid, done.realised, done.withCapital, done.cameBack, done.withCapitalTimes],
            ];
          }),
        ),
      ),
    },
  ];
}

const periodsTable = (planned: readonly BondPeriods[]): ReportTable => ({
  ...{ kind: 'table', name: 'periods', title: 'The plan, and what was invoiced' },
  columns: [
    ...[text('bond', 'Bond'), count('period', 'Period'), day('from', 'From'), day('to', 'Through')],
    ...[
      summedMoney('planned', 'Planned'),
      summedMoney('actual', 'Invoiced'),
      summedMoney('difference', 'More than planned'),
    ],
  ],
  rows: rowsOf(
    planned.flatMap(({ bond, periods }) =>
      periods
        .filter(hasMoney)
        .map(({ period, from, to, planned: expected, actual }) => [
          ...[bond.reference, period, from, to, expected, actual],
          expected === null ? null : actual - expected,
        ]),
    ),
  ),
});
