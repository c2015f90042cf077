import { type AccountMovement, readMovements } from '../../ledger/movements.read.js';
import type { Day } from '../../maths/day.js';
import { rowsByCursor } from '../../platform/database/cursor.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Cell, ControlTotal, ReportTable } from '../documents/report-document.js';
import {
  dayOf,
  entryParameters,
  inPeriod,
  type ReportDefinition,
  type ReportOrder,
} from '../documents/report-order.js';
import { accountWords } from './account-words.js';
import { journalEntries } from './ledger-journal.js';

/** Every posting of the period, account by account, with the balance that it left. */
export const generalLedger: ReportDefinition = {
  title: 'General ledger',
  summary: 'Every posting, account by account, with its entry and the balance that it left.',
  timing: 'period',
  layout: 'register',
  hasJournal: true,
  async compose(tx, order) {
    const { pool, period, asOf, basis } = order;
    const { timeZone } = pool;
    const accounts = await readMovements(tx, { poolId: pool.id, ...period, asOf, basis, timeZone });
    const own = accounts.filter(({ currency }) => currency === pool.currency);
    const sum = (of: (account: AccountMovement) => bigint) =>
      own.reduce((total, account) => total + of(account), 0n);
    const debits = sum(({ debit }) => debit);
    const credits = sum(({ credit }) => credit);
    return {
      keyFigures: [
        { name: 'debits', label: 'Debits of the period', amount: debits },
        { name: 'credits', label: 'Credits of the period', amount: credits },
      ],
      parts: [postingsTable(tx, order, accounts)],
      controlTotals: [
        { name: 'Debits and credits of the period', report: debits, ledger: credits },
        ...(await postedSides(tx, order, debits, credits)),
      ],
      journal: () => journalEntries(tx, order, accounts),
    };
  },
};

interface PostingLine {
  /** The place of its account in the order of the chart. */
  place: number;
  day: Day;
  recordedAt: Date;
  entryId: string;
  kind: string;
  description: string;
  by: string;
  amount: bigint;
}

function postingsTable(tx: Tx, order: ReportOrder, accounts: readonly AccountMovement[]): ReportTable {
  return {
    kind: 'table',
    name: 'postings',
    title: 'Postings, account by account',
    isLong: true,
    columns: [
      { name: 'account', label: 'Account', type: 'text' },
      { name: 'subject', label: 'Of', type: 'text' },
      { name: 'day', label: 'Day', type: 'day' },
      { name: 'recordedAt', label: 'Recorded', type: 'instant', isForPrograms: true },
      { name: 'kind', label: 'Kind', type: 'text', isForPrograms: true },
      { name: 'description', label: 'What for', type: 'text' },
      { name: 'by', label: 'Recorded by', type: 'text' },
      { name: 'debit', label: 'Debit', type: 'money', isSummed: true },
      { name: 'credit', label: 'Credit', type: 'money', isSummed: true },
      { name: 'balance', label: 'Balance', type: 'money' },
      { name: 'foreign', label: 'In another currency', type: 'foreignMoney' },
      { name: 'entryId', label: 'Entry', type: 'text', isForPrograms: true },
    ],
    rows: () => postingRows(tx, order, accounts),
  };
}

/** An account's opening, where it has one, and then its postings as they came, with the balance that each left. */
async function* postingRows(
  tx: Tx,
  order: ReportOrder,
  accounts: readonly AccountMovement[],
): AsyncGenerator<Cell[]> {
  let place = -1;
  let balance = 0n;
  for await (const line of postingLines(tx, order, accounts)) {
    for (; place < line.place;) {
      place += 1;
      balance = accounts[place]!.opening;
      if (balance !== 0n) yield openingRow(accounts[place]!, order);
    }
    balance += line.amount;
    yield postingRow(line, accounts[place]!, balance, order);
  }
  // The last accounts may not have moved at all.
  for (const still of accounts.slice(place + 1)) yield openingRow(still, order);
}

/** Money in the pool's currency in its own columns; in another currency beside them, where nothing sums it. */
const inCurrency = (
  account: AccountMovement,
  { pool }: ReportOrder,
  amount: bigint,
  balance: bigint,
): Cell[] =>
  account.currency === pool.currency
    ? [amount > 0n ? amount : null, amount < 0n ? -amount : null, balance, null]
    : [null, null, null, { amount, currency: account.currency }];

function openingRow(account: AccountMovement, order: ReportOrder): Cell[] {
  const own = account.currency === order.pool.currency;
  const { opening, currency } = account;
  return [
    ...accountWords(account),
    ...[order.period.from, null, 'opening', 'Opening balance', null],
    ...[null, null, own ? opening : null, own ? null : { amount: opening, currency }, null],
  ];
}

const postingRow = (
  line: PostingLine,
  account: AccountMovement,
  balance: bigint,
  order: ReportOrder,
): Cell[] => [
  ...accountWords(account),
  ...[line.day, line.recordedAt, line.kind, line.description, line.by],
  ...inCurrency(account, order, line.amount, balance),
  line.entryId,
];

/** The postings of the period in the order of the chart of accounts, and of their days. */
const postingLines = (
  tx: Tx,
  order: ReportOrder,
  accounts: readonly AccountMovement[],
): AsyncGenerator<PostingLine> =>
  rowsByCursor<PostingLine>(
    tx,
    `SELECT chart.place::int - 1 AS place, ${dayOf(order.basis)} AS day, e.recorded_at AS "recordedAt", e.id AS "entryId",
       e.kind, e.description, coalesce(person.name, e.job, '') AS by, p.amount
     FROM journal_entries e JOIN postings p ON p.entry_id = e.id
     JOIN unnest($6::uuid[]) WITH ORDINALITY AS chart (account_id, place) ON chart.account_id = p.account_id
     LEFT JOIN persons person ON person.id = e.person_id
     WHERE ${inPeriod(order)}
     ORDER BY chart.place, day, e.recorded_at, e.id, p.id`,
    [...entryParameters(order), accounts.map(({ id }) => id)],
  );

/** Both sides, summed from the postings themselves. */
async function postedSides(
  tx: Tx,
  order: ReportOrder,
  debits: bigint,
  credits: bigint,
): Promise<ControlTotal[]> {
  const posted = await tx.row<{ debits: bigint; credits: bigint }>(
    `SELECT coalesce(sum(p.amount) FILTER (WHERE p.amount > 0), 0)::bigint AS debits,
       coalesce(-sum(p.amount) FILTER (WHERE p.amount < 0), 0)::bigint AS credits
     FROM postings p JOIN journal_entries e ON e.id = p.entry_id JOIN accounts a ON a.id = p.account_id
     WHERE ${inPeriod(order)} AND a.currency = $6`,
    [...entryParameters(order), order.pool.currency],
  );
  return [
    { name: 'Debits, posting by posting', report: debits, ledger: posted!.debits },
    { name: 'Credits, posting by posting', report: credits, ledger: posted!.credits },
  ];
}
