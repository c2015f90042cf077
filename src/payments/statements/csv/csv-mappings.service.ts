import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { audit } from '../../../platform/audit/audit.js';
import type { Tx } from '../../../platform/database/tx.js';
import { DomainError, fieldError } from '../../../platform/errors/domain-error.js';
import { type LockedPool, lockPool } from '../../../pools/pool-position.js';
import { poolAccount } from '../../pool-accounts/pool-accounts.read.js';
import type { ChangeCsvMapping, SaveCsvMapping } from './csv-mapping.dto.js';
import { requireMapping } from './csv-mapping.rules.js';
import { type CsvMapping, readCsvMapping } from './csv-mappings.read.js';

/** How a pool’s bank writes its CSV statements: said once, used each time. */
@Injectable()
export class CsvMappingsService {
  /** @throws ruleBroken naming the field; alreadyExists for a name that another mapping of the pool has */
  async save(tx: Tx, poolId: string, command: SaveCsvMapping): Promise<CsvMapping> {
    const pool = await lockPool(tx, poolId);
    requireMapping(command);
    const account = await this.accountOf(tx, pool, command.account);
    const id = newId();
    await tx.run(
      `INSERT INTO csv_mappings (name, delimiter, encoding, heading_line, date_format, decimal_mark, thousands_mark,
         account, columns, id, coalition_id, pool_id, made_by, made_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11, $12, $13, $14)`,
      [...valuesOf(command, account), id, pool.coalitionId, poolId, tx.actor.personId ?? null, tx.now],
    );
    const mapping = await readCsvMapping(tx, id);
    await this.write(tx, mapping, 'csvMapping.saved', { after: mapping });
    return mapping;
  }

  /** What was imported by it stays as it is. @throws staleVersion; as `save` */
  async change(tx: Tx, mappingId: string, version: number, command: ChangeCsvMapping): Promise<CsvMapping> {
    const { poolId } = await readCsvMapping(tx, mappingId);
    const pool = await lockPool(tx, poolId);
    const before = await readCsvMapping(tx, mappingId);
    const said = Object.fromEntries(
      Object.entries(command).filter(([, value]) => value !== null && value !== undefined),
    );
    const wanted = { ...before, columns: [...before.columns], ...said };
    requireMapping(wanted);
    const account = await this.accountOf(tx, pool, wanted.account);
    const changed = await tx.run(
      `UPDATE csv_mappings SET name = $1, delimiter = $2, encoding = $3, heading_line = $4, date_format = $5,
         decimal_mark = $6, thousands_mark = $7, account = $8, columns = $9::jsonb, version = version + 1
       WHERE id = $10 AND version = $11`,
      [...valuesOf(wanted, account), mappingId, version],
    );
    if (changed === 0) {
      throw new DomainError('staleVersion', 'Somebody else has changed this mapping. Look at it again.');
    }
    const after = await readCsvMapping(tx, mappingId);
    await this.write(tx, after, 'csvMapping.changed', { before, after });
    return after;
  }

  async remove(tx: Tx, mappingId: string): Promise<CsvMapping> {
    const before = await readCsvMapping(tx, mappingId);
    await tx.run(`DELETE FROM csv_mappings WHERE id = $1`, [mappingId]);
    await this.write(tx, before, 'csvMapping.removed', { before });
    return before;
  }

  /** Lines are told apart by account and reference, and a CSV file names no account: the mapping does. */
  private async accountOf(tx: Tx, pool: LockedPool, said: string | undefined): Promise<string> {
    const own = await poolAccount(tx, pool.id);
    const account = (said ?? own?.iban ?? '').replace(/\s/g, '').toUpperCase();
    if (account === '') throw fieldError('ruleBroken', '/account', 'Say which account the files are of.');
    if (own && own.iban !== account)
      throw fieldError('ruleBroken', '/account', `The pool’s account is ${own.iban}.`);
    return account;
  }

  private write(
    tx: Tx,
    { coalitionId, id }: CsvMapping,
    action: string,
    change: { before?: unknown; after?: unknown },
  ): Promise<void> {
    return audit(tx, { coalitionId, action, subject: { kind: 'csvMapping', id }, ...change });
  }
}

const valuesOf = (mapping: SaveCsvMapping, account: string) => [
  ...[mapping.name, mapping.delimiter, mapping.encoding, mapping.headingLine, mapping.dateFormat],
  ...[mapping.decimalMark, mapping.thousandsMark, account],
  JSON.stringify(mapping.columns.map(({ column, is }) => ({ column, is }))),
];
