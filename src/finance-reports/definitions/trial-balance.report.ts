import { type AccountKind, accountKinds, type Book, books } from '../../ledger/chart-of-accounts.js';
import { type AccountMovement, readMovements } from '../../ledger/movements.read.js';
import type { Tx } from '../../platform/database/tx.js';
import { type ControlTotal, type ReportTable, rowsOf } from '../documents/report-document.js';
import {
  entryParameters,
  type ReportDefinition,
  type ReportOrder,
  untilEnd,
} from '../documents/report-order.js';
import { accountWords } from './account-words.js';

/** Every account with what it held, what moved and what it holds: both sides of each book are equal. */
export const trialBalance: ReportDefinition = {
  title: 'Trial balance',
  summary: 'Every account of the ledger with its opening, debits, credits and closing, book by book.',
  timing: 'period',
  layout: 'statement',
  async compose(tx, order) {
    const { pool, period, asOf, basis } = order;
    const { currency, timeZone } = pool;
    const all = await readMovements(tx, { poolId: pool.id, ...period, asOf, basis, timeZone });
    const own = all.filter((account) => account.currency === currency);
    const foreign = all.filter((account) => account.currency !== currency);
    const figure = (name: AccountKind, label: string) => ({ name, label, amount: held(own, name) });
    return {
      keyFigures: [
        figure('cash', 'Cash'),
        figure('fundBalance', 'Fund balances'),
        figure('pledgesReceivable', 'Pledges receivable'),
        figure('grantsOutstanding', 'Grants outstanding'),
      ],
      parts: [
        ...(['actual', 'commitment'] as const).map((book) =>
          bookTable(
            book,
            own.filter((account) => account.book === book),
          ),
        ),
        ...(foreign.length > 0 ? [foreignTable(foreign)] : []),
      ],
      controlTotals: [...(await postedTotals(tx, order, own)), ...bothSides(own), ...balances(foreign)],
    };
  },
};

const sum = (accounts: readonly AccountMovement[], of: (account: AccountMovement) => bigint): bigint =>
  accounts.reduce((total, account) => total + of(account), 0n);

/** What the accounts of a kind hold together, positive on the side that the kind's balance lies on. */
function held(accounts: readonly AccountMovement[], kind: AccountKind): bigint {
  const closing = sum(
    accounts.filter((account) => account.kind === kind),
    (account) => account.closing,
  );
  return accountKinds[kind].side === 'debit' ? closing : -closing;
}

function bookTable(book: Book, accounts: readonly AccountMovement[]): ReportTable {
  const money = (name: string, label: string) => ({ name, label, type: 'money' as const, isSummed: true });
  return {
    kind: 'table',
    name: book,
    title: `${books[book].title} book: ${books[book].note.toLowerCase()}`,
    columns: [
      { name: 'account', label: 'Account', type: 'text' },
      { name: 'subject', label: 'Of', type: 'text' },
      // Signed, a debit positive: a book's openings sum to nothing.
      money('opening', 'Opening'),
      money('debit', 'Debits'),
      money('credit', 'Credits'),
      money('closingDebit', 'Closing debit'),
      money('closingCredit', 'Closing credit'),
    ],
    rows: rowsOf(
      accounts.map((account) => [
        ...accountWords(account),
        ...[account.opening, account.debit, account.credit],
        ...(account.closing > 0n ? [account.closing, null] : [null, -account.closing]),
      ]),
    ),
  };
}

/** Promises that were made in other currencies balance by themselves, and are summed with nothing. */
function foreignTable(accounts: readonly AccountMovement[]): ReportTable {
  const foreign = (name: string, label: string) => ({ name, label, type: 'foreignMoney' as const });
  return {
    kind: 'table',
    name: 'foreign',
    title: 'Promises in other currencies',
    columns: [
      { name: 'account', label: 'Account', type: 'text' },
      { name: 'subject', label: 'Of', type: 'text' },
      foreign('opening', 'Opening'),
      foreign('debit', 'Debits'),
      foreign('credit', 'Credits'),
      foreign('closing', 'Closing'),
    ],
    rows: rowsOf(
      accounts.map((account) => [
        ...accountWords(account),
        ...[account.opening, account.debit, account.credit, account.closing].map((amount) => ({
          ...{ amount, currency: account.currency },
        })),
      ]),
    ),
  };
}

/** Each kind of account beside its postings, summed from the first to the last. */
async function postedTotals(
  tx: Tx,
  order: ReportOrder,
  own: readonly AccountMovement[],
): Promise<ControlTotal[]> {
  const rows = await tx.rows<{ kind: AccountKind; total: bigint }>(
    `SELECT a.kind, sum(p.amount)::bigint AS total
     FROM postings p JOIN journal_entries e ON e.id = p.entry_id JOIN accounts a ON a.id = p.account_id
     WHERE ${untilEnd(order)} AND a.currency = $6 GROUP BY a.kind`,
    [...entryParameters(order), order.pool.currency],
  );
  const posted = new Map(rows.map(({ kind, total }) => [kind, total]));
  return (Object.keys(accountKinds) as AccountKind[])
    .filter((kind) => posted.has(kind) || own.some((account) => account.kind === kind))
    .map((kind) => ({
      name: `${accountKinds[kind].name}, all its postings`,
      report: held(own, kind),
      ledger: (accountKinds[kind].side === 'debit' ? 1n : -1n) * (posted.get(kind) ?? 0n),
    }));
}

/** The sides of each book are equal: of what moved, and of what is held. */
function bothSides(own: readonly AccountMovement[]): ControlTotal[] {
  return (['actual', 'commitment'] as const).flatMap((book) => {
    const accounts = own.filter((account) => account.book === book);
    const { title } = books[book];
    return [
      {
        name: `${title} book, debits and credits of the period`,
        report: sum(accounts, ({ debit }) => debit),
        ledger: sum(accounts, ({ credit }) => credit),
      },
      {
        name: `${title} book, both sides at its end`,
        report: sum(accounts, ({ closing }) => (closing > 0n ? closing : 0n)),
        ledger: -sum(accounts, ({ closing }) => (closing < 0n ? closing : 0n)),
      },
    ];
  });
}

const balances = (foreign: readonly AccountMovement[]): ControlTotal[] =>
  [...new Set(foreign.map(({ currency }) => currency))].sort().map((currency) => ({
    name: `Promises in ${currency}, debits less credits`,
    report: sum(
      foreign.filter((account) => account.currency === currency),
      ({ closing }) => closing,
    ),
    ledger: 0n,
  }));
