import type { Tx } from '../../platform/database/tx.js';
import { listPage, type Page } from '../../platform/http/list.js';
import { seesAccounts } from '../../pools/approvals/account-sight.js';
import { maskedIban } from '../../pools/approvals/masked-content.js';
import type { PoolAccountQuery } from './pool-account.dto.js';
import type { PoolAccountState } from './pool-account.entity.js';

/** An account that a pool pays from, paid from, or is to. */
export interface PoolAccount {
  id: string;
  coalitionId: string;
  poolId: string;
  name: string;
  iban: string;
  bic: string | null;
  state: PoolAccountState;
  reason: string;
  approvalId: string | null;
  madeBy: string;
  madeAt: Date;
  approvedAt: Date | null;
}

const poolAccounts = `
  SELECT b.id, b.coalition_id AS "coalitionId", b.pool_id AS "poolId", b.name, b.iban, b.bic, b.state, b.reason,
    b.approval_id AS "approvalId", p.name AS "madeBy", b.made_at AS "madeAt", b.approved_at AS "approvedAt"
  FROM pool_bank_accounts b JOIN persons p ON p.id = b.made_by`;

/** One of them, in full. */
export const findPoolAccount = (tx: Tx, id: string): Promise<PoolAccount | undefined> =>
  tx.row<PoolAccount>(`${poolAccounts} WHERE b.id = $1`, [id]);

/** The account that a pool pays from, in full: for the file, and for matching a statement. Null where none is set. */
export async function poolAccount(tx: Tx, poolId: string): Promise<PoolAccount | null> {
  const row = await tx.row<PoolAccount>(`${poolAccounts} WHERE b.pool_id = $1 AND b.state = 'inUse'`, [
    poolId,
  ]);
  return row ?? null;
}

/** The same as a person may see it: its IBAN masked, except for those who pay and approve. */
export async function readPoolAccount(tx: Tx, poolId: string): Promise<PoolAccount | null> {
  const account = await poolAccount(tx, poolId);
  return account && (await asSeen(tx, [account]))[0]!;
}

/** Every account that was ever proposed for a pool, newest first, as a person may see them. */
export async function listPoolAccounts(
  tx: Tx,
  poolId: string,
  query: PoolAccountQuery,
): Promise<Page<PoolAccount>> {
  const page = await listPage<PoolAccount>(
    tx,
    {
      sql: `${poolAccounts} WHERE b.pool_id = $1`,
      parameters: [poolId],
      sorts: { madeAt: { column: '"madeAt"', type: 'timestamptz' } },
      defaultSort: '-madeAt',
    },
    query,
  );
  return { ...page, items: await asSeen(tx, page.items) };
}

/** Accounts of one pool, masked for whoever may not see them. */
export async function asSeen(tx: Tx, accounts: PoolAccount[]): Promise<PoolAccount[]> {
  if (accounts.length === 0) return accounts;
  const sight = await tx.row<{ full: boolean }>(
    `SELECT ${seesAccounts('coalition_id')} AS full FROM pools WHERE id = $1`,
    [accounts[0]!.poolId],
  );
  return sight?.full ? accounts : accounts.map((one) => ({ ...one, iban: maskedIban(one.iban) }));
}
