import { rowsByCursor } from '../../platform/database/cursor.js';
import type { Tx } from '../../platform/database/tx.js';
import {
  type GoalShare,
  goalShares,
  type GrantShare,
  grantShares,
  grantsNamed,
  type MovementRow,
  movementRows,
  movementSums,
  pledgedByFunder,
} from '../../pools/funder-statement/movements.read.js';
import {
  partNames,
  partOf,
  type PartTotals,
  statementParts,
} from '../../pools/funder-statement/statement.rules.js';
import { shareBar } from '../../web/charts/share-bar.js';
import {
  chartOf,
  type Cell,
  type ReportPart,
  type ReportTable,
  rowsOf,
} from '../documents/report-document.js';
import {
  pickedEntries,
  type PoolReport,
  type ReportDefinition,
  type ReportOrder,
} from '../documents/report-order.js';
import { day, foreignMoney, money, summedMoney, text } from './columns.js';
import { funderControls } from './funder-statement.controls.js';
import { allFunders, type FunderLine, funderLines } from './funder-statement.rules.js';

export const funderStatement: ReportDefinition = {
  title: 'Funder statement',
  summary:
    'What became of each funder’s money in a period: opening balance, received, fees, what it paid for, refunds, closing balance. A share of money, not of impact.',
  timing: 'period',
  layout: 'statement',
  compose,
};

async function compose(tx: Tx, order: ReportOrder): Promise<PoolReport> {
  const picked = pickedEntries(order);
  const lines = funderLines(await movementSums(tx, picked, order.funderId));
  const all = allFunders(lines);
  const named = await grantsNamed(
    tx,
    lines.flatMap(({ movements }) => movements),
  );
  const shares = lines.map((line) => ({ line, grants: grantShares(line.movements, named) }));
  const goals = goalShares(shares.flatMap(({ grants }) => grants));
  const { parts } = all;
  return {
    keyFigures: [
      { name: 'closing', label: 'Closing balance', amount: all.closing },
      { name: 'received', label: 'Received', amount: parts.received },
      {
        name: 'paidOut',
        label: 'Paid for grants, less what came back',
        amount: -parts.paidOut - parts.returned,
      },
      { name: 'feesAndCharges', label: 'Fees and bank charges', amount: -parts.fees - parts.charges },
      { name: 'opening', label: 'Opening balance', amount: all.opening },
    ],
    parts: [
      ...(order.funderId === null ? [balances(lines)] : [summary(all)]),
      ...whereItWent(order, parts, goals),
      await pledged(tx, order),
      byGrant(shares),
      byGoal(shares),
      ...(order.funderId === null ? [] : [await movements(tx, order, all.opening)]),
    ],
    controlTotals: await funderControls(tx, order, lines, all),
  };
}

/** How many movements of one funder a paper shows: more are in the other formats. */
const mostOnPaper = 500;

const balances = (lines: readonly FunderLine[]): ReportTable => ({
  ...{ kind: 'table', name: 'funders', title: 'Funders' },
  columns: [
    text('funder', 'Funder'),
    summedMoney('opening', 'Opening'),
    ...statementParts.map((part) => summedMoney(part, partNames[part])),
    summedMoney('closing', 'Closing'),
  ],
  rows: rowsOf(
    lines.map(({ funder, opening, parts, closing }) => [
      ...[funder, opening],
      ...statementParts.map((part) => parts[part]),
      closing,
    ]),
  ),
});

/** Of one funder, from top to bottom. */
const summary = ({
  opening,
  parts,
  closing,
}: Pick<FunderLine, 'opening' | 'parts' | 'closing'>): ReportTable => ({
  ...{ kind: 'table', name: 'summary', title: 'Summary' },
  columns: [text('line', 'Line'), money('amount', 'Amount')],
  rows: rowsOf([
    ['Opening balance', opening],
    ...statementParts.map((part): Cell[] => [partNames[part], parts[part]]),
    ['Closing balance', closing],
  ]),
});

function whereItWent({ pool }: ReportOrder, parts: PartTotals, goals: readonly GoalShare[]): ReportPart[] {
  const went = [
    ...goals.map(({ goals: names, amount }) => ({ label: goalsText(names), minor: amount })),
    { label: partNames.fees, minor: -parts.fees },
    { label: partNames.charges, minor: -parts.charges },
    { label: partNames.refunds, minor: -parts.refunds },
  ].filter(({ minor }) => minor > 0n);
  if (went.length === 0) return [];
  const chart = shareBar('Where the money went', went, { currency: pool.currency, locale: 'en-GB' });
  return [chartOf('Where the money went', chart)];
}

const goalsText = (names: readonly string[]): string => names.join(', ') || 'No goal named';

async function pledged(tx: Tx, order: ReportOrder): Promise<ReportTable> {
  const rows = await pledgedByFunder(tx, pickedEntries(order), order.funderId);
  return {
    ...{ kind: 'table', name: 'pledged', title: 'Pledged' },
    columns: [
      text('funder', 'Funder'),
      foreignMoney('pledged', 'Signed, with changes'),
      foreignMoney('open', 'Still to come'),
    ],
    rows: rowsOf(
      rows.map(({ funder, currency, pledged: signed, open }) => [
        ...[funder, { amount: signed, currency }, { amount: open, currency }],
      ]),
    ),
  };
}

interface FunderGrants {
  line: FunderLine;
  grants: GrantShare[];
}

const byGrant = (shares: readonly FunderGrants[]): ReportTable => ({
  ...{ kind: 'table', name: 'grants', title: 'What grants were paid of it, less what came back' },
  columns: [
    ...[text('funder', 'Funder'), text('grant', 'Grant'), text('title', 'Title'), text('payee', 'Paid to')],
    ...[text('goals', 'Goals'), summedMoney('amount', 'Amount')],
  ],
  rows: rowsOf(
    shares.flatMap(({ line: { funder }, grants }) =>
      grants.map(({ reference, title, payee, goals, amount }) => [
        ...[funder, reference, title, payee, goals.join(', '), amount],
      ]),
    ),
  ),
});

const byGoal = (shares: readonly FunderGrants[]): ReportTable => ({
  ...{ kind: 'table', name: 'goals', title: 'And by goal: a grant that serves several is not split' },
  columns: [text('funder', 'Funder'), text('goals', 'Goals'), summedMoney('amount', 'Amount')],
  rows: rowsOf(
    shares.flatMap(({ line: { funder }, grants }) =>
      goalShares(grants).map(({ goals, amount }) => [funder, goalsText(goals), amount]),
    ),
  ),
});

const movements = async (tx: Tx, order: ReportOrder, opening: bigint): Promise<ReportTable> => ({
  ...{ kind: 'table', name: 'movements', title: 'Movements', isLong: await areMany(tx, order) },
  columns: [
    ...[day('day', 'Day'), text('description', 'What happened'), text('part', 'Part')],
    ...[text('earmark', 'Restricted to'), summedMoney('amount', 'Amount'), money('balance', 'Balance')],
  ],
  rows: async function* () {
    const picked = pickedEntries(order);
    let balance = opening;
    const parameters = [...picked.parameters, order.funderId];
    for await (const row of rowsByCursor<MovementRow>(tx, movementRows(picked), parameters)) {
      balance += row.amount;
      yield [
        ...[row.occurredOn, row.description, partNames[partOf(row.kind)], row.earmark],
        ...[row.amount, balance],
      ];
    }
  },
});

async function areMany(tx: Tx, order: ReportOrder): Promise<boolean> {
  const picked = pickedEntries(order);
  const row = await tx.row<{ count: number }>(
    `SELECT count(*)::int AS count FROM (${movementRows(picked)} LIMIT ${mostOnPaper + 1}) AS m`,
    [...picked.parameters, order.funderId],
  );
  return row!.count > mostOnPaper;
}
