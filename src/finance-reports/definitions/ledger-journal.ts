import { accountKinds, books } from '../../ledger/chart-of-accounts.js';
import type { AccountMovement } from '../../ledger/movements.read.js';
import { addDays, type Day } from '../../maths/day.js';
import { rowsByCursor } from '../../platform/database/cursor.js';
import type { Tx } from '../../platform/database/tx.js';
import type { JournalEntry } from '../documents/report-document.js';
import { dayOf, entryParameters, inPeriod, type ReportOrder } from '../documents/report-order.js';

/**
 * The entries of the period as they came, whole. What the accounts held before it opens the journal on the day before,
 * so that another program ends with the same balances.
 */
export async function* journalEntries(
  tx: Tx,
  order: ReportOrder,
  accounts: readonly AccountMovement[],
): AsyncGenerator<JournalEntry> {
  const paths = accountPaths(accounts);
  const { from } = order.period;
  if (from !== null) {
    const opening = openingEntry(accounts, paths, addDays(from, -1));
    if (opening.postings.length > 0) yield opening;
  }
  let entry: (JournalEntry & { id: string }) | undefined;
  for await (const line of journalLines(tx, order)) {
    if (entry && entry.id !== line.id) yield entry;
    if (entry?.id !== line.id) entry = begin(line);
    const { accountId, amount, currency } = line;
    entry.postings.push({ account: paths.get(accountId)!, amount, currency });
  }
  if (entry) yield entry;
}

interface JournalLine {
  id: string;
  day: Day;
  recordedAt: Date;
  kind: string;
  description: string;
  accountId: string;
  amount: bigint;
  currency: string;
}

const journalLines = (tx: Tx, order: ReportOrder): AsyncGenerator<JournalLine> =>
  rowsByCursor<JournalLine>(
    tx,
    `SELECT e.id, ${dayOf(order.basis)} AS day, e.recorded_at AS "recordedAt", e.kind, e.description,
       p.account_id AS "accountId", p.amount, a.currency
     FROM journal_entries e JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.account_id
     WHERE ${inPeriod(order)} ORDER BY day, e.recorded_at, e.id, p.id`,
    entryParameters(order),
  );

const begin = ({ id, day, recordedAt, kind, description }: JournalLine): JournalEntry & { id: string } => ({
  ...{ id, day, description },
  tags: { kind, entry: id, recorded: recordedAt.toISOString() },
  postings: [],
});

const openingEntry = (
  accounts: readonly AccountMovement[],
  paths: ReadonlyMap<string, string[]>,
  day: Day,
): JournalEntry => ({
  ...{ day, description: 'Opening balances', tags: { kind: 'opening' } },
  postings: accounts
    .filter(({ opening }) => opening !== 0n)
    .map(({ id, opening, currency }) => ({ account: paths.get(id)!, amount: opening, currency })),
});

/**
 * What each account is called: book, kind, and of whom. One name may hold several currencies; two accounts of one
 * currency that would be called the same say their ids.
 */
export function accountPaths(accounts: readonly AccountMovement[]): Map<string, string[]> {
  const path = ({ book, kind, subject, earmark }: AccountMovement): string[] => [
    books[book].title,
    accountKinds[kind].name,
    ...[subject, earmark && `for ${earmark}`].filter((word): word is string => Boolean(word)),
  ];
  const key = (account: AccountMovement) => JSON.stringify([account.currency, ...path(account)]);
  const times = new Map<string, number>();
  for (const account of accounts) times.set(key(account), (times.get(key(account)) ?? 0) + 1);
  return new Map(
    accounts.map((account) => [
      account.id,
      times.get(key(account)) === 1 ? path(account) : [...path(account), account.id],
    ]),
  );
}
