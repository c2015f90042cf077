import { Injectable } from '@nestjs/common';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { seesAccounts } from '../../pools/approvals/account-sight.js';
import { maskedIban } from '../../pools/approvals/masked-content.js';
import { lockPool } from '../../pools/pool-position.js';
import type { SetPoolAccount } from './bank-account.dto.js';
import { readAccount } from './bank-account.rules.js';

/** The account that a pool pays from. */
export interface PoolAccount {
  poolId: string;
  name: string;
  iban: string;
  bic: string | null;
  setBy: string;
  setAt: Date;
}

@Injectable()
export class PoolAccountsService {
  /** Says which account the pool pays from, from the next batch on. @throws ruleBroken naming the field */
  async set(tx: Tx, poolId: string, command: SetPoolAccount): Promise<PoolAccount> {
    const pool = await lockPool(tx, poolId);
    const details = readAccount(command);
    const before = await readPoolAccount(tx, poolId);
    await tx.run(
      `INSERT INTO pool_bank_accounts (coalition_id, pool_id, name, iban, bic, set_by, set_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT ON CONSTRAINT pool_bank_accounts_one_each
       DO UPDATE SET name = excluded.name, iban = excluded.iban, bic = excluded.bic, set_by = excluded.set_by,
         set_at = excluded.set_at`,
      [
        ...[pool.coalitionId, poolId, details.name, details.iban, details.bic],
        ...[tx.actor.personId ?? null, tx.now],
      ],
    );
    await audit(tx, {
      coalitionId: pool.coalitionId,
      action: 'pool.bankAccountSet',
      subject: { kind: 'pool', id: poolId },
      before: before && { name: before.name, iban: maskedIban(before.iban), bic: before.bic },
      after: { ...details, iban: maskedIban(details.iban) },
    });
    return (await readPoolAccount(tx, poolId))!;
  }
}

/** The account that a pool pays from, in full: for the file, and for matching a statement. Null where none is set. */
export async function poolAccount(tx: Tx, poolId: string): Promise<PoolAccount | null> {
  const row = await tx.row<PoolAccount>(
    `SELECT b.pool_id AS "poolId", b.name, b.iban, b.bic, p.name AS "setBy", b.set_at AS "setAt"
     FROM pool_bank_accounts b JOIN persons p ON p.id = b.set_by WHERE b.pool_id = $1`,
    [poolId],
  );
  return row ?? null;
}

/** The same as a person may see it: its IBAN masked, except for those who pay and approve. */
export async function readPoolAccount(tx: Tx, poolId: string): Promise<PoolAccount | null> {
  const account = await poolAccount(tx, poolId);
  if (!account) return null;
  const sight = await tx.row<{ full: boolean }>(
    `SELECT ${seesAccounts('coalition_id')} AS full FROM pools WHERE id = $1`,
    [poolId],
  );
  return sight?.full ? account : { ...account, iban: maskedIban(account.iban) };
}
