import {
  accountNames,
  type AccountRow,
  type NamedAccount,
  readAccountsOf,
} from '../../ledger/accounts.read.js';
import { accountKinds, type AccountKind, type Book } from '../../ledger/chart-of-accounts.js';
import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { Choice, Id, Text } from '../../platform/http/fields.js';
import { listPage, ListQuery, type Page } from '../../platform/http/list.js';

const books = ['actual', 'commitment'] as const satisfies readonly Book[];

export class BondLedgerQuery extends ListQuery {
  @Choice(books, { optional: true }) book?: Book;
  @Text({ optional: true, max: 60, description: 'A kind of entry; its reversals come along' }) kind?: string;
  @Id({ optional: true, description: 'One of the accounts' }) accountId?: string;
  @Choice(Object.keys(accountKinds), { optional: true, description: 'All accounts of one kind' })
  accountKind?: AccountKind;
}

/**
 * What an entry does to one account of a bond, and what the account comes to by then. A debit is positive, a credit
 * negative; minor units.
 */
export interface BondLedgerLine {
  /** Of the posting. */
  id: string;
  entryId: string;
  kind: string;
  description: string;
  occurredOn: Day;
  recordedAt: Date;
  documentKind: string;
  documentId: string;
  reversesId: string | null;
  reversedById: string | null;
  amount: bigint;
  balance: bigint;
  account: NamedAccount;
}

type LineRow = Omit<BondLedgerLine, 'account'> &
  Omit<NamedAccount, 'id' | 'kind'> & { accountId: string; accountKind: NamedAccount['kind'] };

/** The accounts of a bond: its own, and those of the parties to it. */
const accountsOf = `a.subject_id IN (SELECT $1::uuid UNION ALL SELECT y.id FROM bond_parties y WHERE y.bond_id = $1)`;

/**
 * Each posting with the balance of its account after it, in the order of the days; worked out before anything is
 * narrowed, so that a balance is the account's, whatever is asked for.
 */
const linesSql = `
  SELECT line.*, named.book, named."subjectId", named.subject, named."earmarkId", named.earmark, named.currency,
    named.kind AS "accountKind"
  FROM (
    SELECT p.id, p.entry_id AS "entryId", e.kind, e.description, e.occurred_on AS "occurredOn",
      e.recorded_at AS "recordedAt", e.document_kind AS "documentKind", e.document_id AS "documentId",
      e.reverses_id AS "reversesId", (SELECT r.id FROM journal_entries r WHERE r.reverses_id = e.id) AS "reversedById",
      p.amount, p.account_id AS "accountId",
      (sum(p.amount) OVER (PARTITION BY p.account_id ORDER BY e.occurred_on, p.id))::bigint AS balance
    FROM postings p JOIN journal_entries e ON e.id = p.entry_id JOIN accounts a ON a.id = p.account_id
    WHERE ${accountsOf}
  ) AS line
  JOIN LATERAL (SELECT ${accountNames.columns} FROM accounts a ${accountNames.joins} WHERE a.id = line."accountId")
    AS named ON true
  WHERE ($2::text IS NULL OR named.book = $2) AND ($3::text IS NULL OR line.kind IN ($3, $3 || '.reversed'))
    AND ($4::uuid IS NULL OR line."accountId" = $4) AND ($5::text IS NULL OR named.kind = $5)`;

/** The ledger of a bond, newest first: what was posted on its accounts, in both books. */
export async function listBondLedger(
  tx: Tx,
  bondId: string,
  query: BondLedgerQuery,
): Promise<Page<BondLedgerLine>> {
  const page = await listPage<LineRow>(
    tx,
    {
      sql: linesSql,
      parameters: [
        ...[bondId, query.book ?? null, query.kind ?? null],
        ...[query.accountId ?? null, query.accountKind ?? null],
      ],
      sorts: { occurredOn: { column: '"occurredOn"', type: 'date' } },
      defaultSort: '-occurredOn',
    },
    query,
  );
  return { ...page, items: page.items.map(toLine) };
}

function toLine(row: LineRow): BondLedgerLine {
  const { accountId, accountKind, book, subjectId, subject, earmarkId, earmark, currency, ...line } = row;
  const named = { book, subjectId, subject, earmarkId, earmark, currency };
  return { ...line, account: { id: accountId, kind: accountKind, ...named } };
}

/** The accounts of a bond in both books, with their balances today. */
export async function bondAccounts(tx: Tx, bondId: string): Promise<AccountRow[]> {
  const parties = await tx.rows<{ id: string }>(`SELECT id FROM bond_parties WHERE bond_id = $1`, [bondId]);
  return readAccountsOf(tx, [bondId, ...parties.map(({ id }) => id)]);
}

/** The kinds of entries that touch a bond's accounts. */
export async function bondEntryKinds(tx: Tx, bondId: string): Promise<string[]> {
  const rows = await tx.rows<{ kind: string }>(
    `SELECT DISTINCT e.kind FROM postings p JOIN journal_entries e ON e.id = p.entry_id
     JOIN accounts a ON a.id = p.account_id WHERE ${accountsOf} AND e.reverses_id IS NULL ORDER BY e.kind`,
    [bondId],
  );
  return rows.map(({ kind }) => kind);
}
