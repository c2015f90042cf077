import type { Day } from '../maths/day.js';
import type { Parameter, Tx } from '../platform/database/tx.js';
import { notFound } from '../platform/errors/domain-error.js';
import { listPage, type Page } from '../platform/http/list.js';
import { accountNames, type NamedAccount } from './accounts.read.js';
import { type AccountKind, accountKinds } from './chart-of-accounts.js';
import type { EntryQuery } from './entry.dto.js';

/** What an entry, or many, do to each kind of account in the pool's currency: minor units, positive where its balance grows. */
export type Changes = Record<AccountKind, bigint>;

export interface EntryRow extends Changes {
  id: string;
  coalitionId: string;
  poolId: string;
  currency: string;
  kind: string;
  description: string;
  occurredOn: Day;
  recordedAt: Date;
  /** The person, or the job. */
  recordedBy: string;
  documentKind: string;
  documentId: string;
  reversesId: string | null;
  reversedById: string | null;
}

/** One side of an entry. A debit is positive, a credit negative. */
export interface PostingRow {
  amount: bigint;
  account: NamedAccount;
}

export interface Entry extends EntryRow {
  idempotencyKey: string;
  postings: PostingRow[];
}

export type EntryFilter = Pick<
  EntryQuery,
  'kind' | 'occurredOn.gte' | 'occurredOn.lte' | 'funderId' | 'accountId' | 'documentId'
>;

const kinds = Object.keys(accountKinds) as AccountKind[];

const poolCurrency = `(SELECT l.currency FROM pools l WHERE l.id = a.pool_id)`;
/** That of the account that is asked for, or else the pool's. */
const askedCurrency = `coalesce((SELECT x.currency FROM accounts x WHERE x.id = $3::uuid), ${poolCurrency})`;

/**
 * The sum of the postings `p` on accounts `a` of a kind, with the sign of the side its balance lies on. One currency at
 * a time: promises in another stand in their own postings.
 */
const changeOf = (kind: AccountKind, currency = poolCurrency): string => {
  const own = mayBeForeign.has(kind) ? ` AND a.currency = ${currency}` : '';
  const sum = `coalesce(sum(p.amount) FILTER (WHERE a.kind = '${kind}'${own}), 0)`;
  return `(${accountKinds[kind].side === 'debit' ? '' : '-'}${sum})::bigint`;
};

const mayBeForeign: ReadonlySet<AccountKind> = new Set(['pledgesReceivable', 'pledgedFunds']);

/** Of the accounts `a`, those that the filter is about. */
const accountsMeant = `($2::uuid IS NULL OR (a.subject_id = $2 AND a.kind IN ('fundBalance', 'pledgedFunds')))
  AND ($3::uuid IS NULL OR a.id = $3)`;

/** Of the entries `e`, those that the filter is about. */
const entriesMeant = `e.pool_id = $1
  AND (($2::uuid IS NULL AND $3::uuid IS NULL) OR EXISTS (
    SELECT 1 FROM postings p JOIN accounts a ON a.id = p.account_id WHERE p.entry_id = e.id AND ${accountsMeant}))
  AND ($4::text IS NULL OR e.kind IN ($4, $4 || '.reversed'))
  AND ($5::date IS NULL OR e.occurred_on >= $5) AND ($6::date IS NULL OR e.occurred_on <= $6)
  AND ($7::uuid IS NULL OR e.document_id = $7)`;

const parametersOf = (poolId: string, filter: EntryFilter): Parameter[] => [
  poolId,
  filter.funderId ?? null,
  filter.accountId ?? null,
  filter.kind ?? null,
  filter['occurredOn.gte'] ?? null,
  filter['occurredOn.lte'] ?? null,
  filter.documentId ?? null,
];

const entryColumns = `e.id, e.coalition_id AS "coalitionId", e.pool_id AS "poolId", e.kind, e.description,
  e.occurred_on AS "occurredOn", e.recorded_at AS "recordedAt", coalesce(person.name, e.job, 'Somebody') AS "recordedBy",
  e.document_kind AS "documentKind", e.document_id AS "documentId", e.reverses_id AS "reversesId",
  (SELECT r.id FROM journal_entries r WHERE r.reverses_id = e.id) AS "reversedById"`;

const entryTables = `journal_entries e JOIN pools pool ON pool.id = e.pool_id LEFT JOIN persons person ON person.id = e.person_id`;

/**
 * The entries of a pool, newest first. With a funder or an account in the filter, an entry's changes are those on
 * that funder's accounts, or on that account, alone.
 */
export function listEntries(tx: Tx, poolId: string, query: EntryQuery): Promise<Page<EntryRow>> {
  const changes = kinds.map(
    (kind) => `(SELECT ${changeOf(kind, askedCurrency)} FROM postings p JOIN accounts a ON a.id = p.account_id
      WHERE p.entry_id = e.id AND ${accountsMeant}) AS "${kind}"`,
  );
  return listPage<EntryRow>(
    tx,
    {
      sql: `SELECT ${entryColumns}, coalesce(asked.currency, pool.currency) AS currency, ${changes.join(', ')} FROM ${entryTables}
        LEFT JOIN accounts asked ON asked.id = $3::uuid WHERE ${entriesMeant}`,
      parameters: parametersOf(poolId, query),
      sorts: {
        occurredOn: { column: '"occurredOn"', type: 'date' },
        recordedAt: { column: '"recordedAt"', type: 'timestamptz' },
      },
      defaultSort: '-occurredOn',
    },
    query,
  );
}

/** What all the entries of a filter do together. Without a filter these are the balances of the pool. */
export async function sumEntries(tx: Tx, poolId: string, filter: EntryFilter): Promise<Changes> {
  const row = await tx.row<Changes>(
    `SELECT ${kinds.map((kind) => `${changeOf(kind, askedCurrency)} AS "${kind}"`).join(', ')}
     FROM journal_entries e JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.account_id
     WHERE ${entriesMeant} AND ${accountsMeant}`,
    parametersOf(poolId, filter),
  );
  if (!row) throw new Error('A sum without groups is one row.');
  return row;
}

/**
 * An entry with its postings: debits before credits, the actual book before the commitment book.
 * @throws notFound
 */
export async function readEntry(tx: Tx, entryId: string): Promise<Entry> {
  const entry = await tx.row<Omit<Entry, 'postings'>>(
    `SELECT ${entryColumns}, pool.currency, e.idempotency_key AS "idempotencyKey", changes.*
     FROM ${entryTables} CROSS JOIN LATERAL (
       SELECT ${kinds.map((kind) => `${changeOf(kind)} AS "${kind}"`).join(', ')}
       FROM postings p JOIN accounts a ON a.id = p.account_id WHERE p.entry_id = e.id) AS changes
     WHERE e.id = $1`,
    [entryId],
  );
  if (!entry) throw notFound('entry');
  const postings = await tx.rows<NamedAccount & { amount: bigint }>(
    `SELECT ${accountNames.columns}, p.amount FROM postings p JOIN accounts a ON a.id = p.account_id ${accountNames.joins}
     WHERE p.entry_id = $1 ORDER BY a.book, p.amount < 0, abs(p.amount) DESC, p.id`,
    [entryId],
  );
  return { ...entry, postings: postings.map(({ amount, ...account }) => ({ amount, account })) };
}
