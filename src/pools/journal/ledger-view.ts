import { type NamedAccount, accountNames } from '../../ledger/accounts.read.js';
import {
  type Changes,
  type EntryFilter,
  type EntryRow,
  listEntries,
  sumEntries,
} from '../../ledger/entries.read.js';
import type { EntryQuery } from '../../ledger/entry.dto.js';
import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/list.js';
import { fundersOf } from '../funders.read.js';
import { type PoolOfPage, readPoolOfPage } from '../pool-view.js';

/** A page of a pool's ledger: the entries asked for, what all of them do together, and what can be asked. */
export interface LedgerView {
  pool: PoolOfPage;
  query: EntryQuery;
  entries: Page<EntryRow>;
  totals: Changes;
  /** The account that is asked for, if one is. */
  account: NamedAccount | null;
  kinds: string[];
  funders: { value: string; label: string }[];
}

/** @throws notFound */
export async function readLedgerView(tx: Tx, poolId: string, query: EntryQuery): Promise<LedgerView> {
  const filter: EntryFilter = query;
  return {
    pool: await readPoolOfPage(tx, poolId),
    query,
    entries: await listEntries(tx, poolId, query),
    totals: await sumEntries(tx, poolId, filter),
    account: query.accountId === undefined ? null : await readAccount(tx, poolId, query.accountId),
    kinds: await readKinds(tx, poolId),
    funders: await fundersOf(tx, poolId),
  };
}

async function readAccount(tx: Tx, poolId: string, accountId: string): Promise<NamedAccount> {
  const account = await tx.row<NamedAccount>(
    `SELECT ${accountNames.columns} FROM accounts a ${accountNames.joins} WHERE a.pool_id = $1 AND a.id = $2`,
    [poolId, accountId],
  );
  if (!account) throw notFound('account');
  return account;
}

async function readKinds(tx: Tx, poolId: string): Promise<string[]> {
  const rows = await tx.rows<{ kind: string }>(
    `SELECT DISTINCT kind FROM journal_entries WHERE pool_id = $1 AND reverses_id IS NULL ORDER BY kind`,
    [poolId],
  );
  return rows.map(({ kind }) => kind);
}
