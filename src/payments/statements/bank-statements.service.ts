import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { formatMoney } from '../../maths/money.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { fieldError } from '../../platform/errors/domain-error.js';
import { type LockedPool, lockPool } from '../../pools/pool-position.js';
import { poolAccount } from '../pool-accounts/pool-accounts.read.js';
import type { BankFile } from './bank-file.js';
import { readCamt053 } from './camt053/camt053.js';
import { readCsvMapping } from './csv/csv-mappings.read.js';
import { readCsvStatement } from './csv/csv-statement.js';
import { countWaiting } from './matching/bank-lines.read.js';
import { MatchingService } from './matching/matching.service.js';
import { offBy } from './matching/matching.rules.js';
import {
  type StatementHead,
  type StatementLine,
  type StatementPart,
  StatementRefused,
} from './statement-parts.js';

/** What an import did, for the person who made it. */
export interface ImportOutcome {
  statements: number;
  added: number;
  known: number;
  matched: number;
  waiting: number;
  warnings: string[];
}

/** Lines that are written in one statement. */
const BATCH = 1_000;

@Injectable()
export class BankStatementsService {
  constructor(private readonly matching: MatchingService) {}

  /**
   * Imports a file of camt.053 statements into a pool, or a CSV file by a saved mapping: all of it, or nothing. A line that is there already, by account
   * and reference, is left as it is, so that a file imported twice adds nothing. What names a payment of ours is
   * matched at once; the rest waits. The file is read piece by piece, whatever its length.
   * @throws ruleBroken naming `/file`, with what is wrong where
   */
  async importFile(tx: Tx, poolId: string, file: BankFile, mappingId?: string): Promise<ImportOutcome> {
    const pool = await lockPool(tx, poolId);
    const outcome: ImportOutcome = {
      statements: 0,
      added: 0,
      known: 0,
      matched: 0,
      waiting: 0,
      warnings: [],
    };
    try {
      await this.read(tx, pool, file, await this.partsOf(tx, pool, file, mappingId), outcome);
    } catch (error) {
      if (error instanceof StatementRefused) throw fieldError('ruleBroken', '/file', error.message);
      throw error;
    }
    outcome.matched = await this.matching.matchAll(tx, poolId);
    outcome.waiting = await countWaiting(tx, poolId);
    await audit(tx, {
      coalitionId: pool.coalitionId,
      action: 'bankStatement.imported',
      subject: { kind: 'pool', id: poolId },
      after: { file: { name: file.name, sha256: file.sha256 }, mappingId: mappingId ?? null, ...outcome },
    });
    return outcome;
  }

  /** @throws ruleBroken naming `/mappingId` when it is of another pool */
  private async partsOf(
    tx: Tx,
    pool: LockedPool,
    file: BankFile,
    mappingId: string | undefined,
  ): Promise<AsyncIterable<StatementPart>> {
    if (mappingId === undefined) return readCamt053(file.chunks());
    const mapping = await tx.row<{ id: string }>(
      `SELECT id FROM csv_mappings WHERE id = $1 AND pool_id = $2`,
      [mappingId, pool.id],
    );
    if (!mapping) throw fieldError('ruleBroken', '/mappingId', 'Choose a mapping of this pool.');
    const terms = await readCsvMapping(tx, mappingId);
    const { currency } = pool;
    return readCsvStatement(file.chunks(), terms, { account: terms.account, currency, sha256: file.sha256 });
  }

  private async read(
    tx: Tx,
    pool: LockedPool,
    file: BankFile,
    parts: AsyncIterable<StatementPart>,
    outcome: ImportOutcome,
  ): Promise<void> {
    let open: OpenStatement | undefined;
    for await (const part of parts) {
      switch (part.kind) {
        case 'statement':
          await this.close(tx, pool, file, outcome, open);
          await requireOwnAccount(tx, pool, part.head);
          open = { id: newId(), head: part.head, movement: 0n, waiting: [], staged: 0 };
          outcome.statements += 1;
          break;
        case 'line':
          open!.movement += part.line.amount;
          open!.waiting.push(part.line);
          if (open!.waiting.length === BATCH) await this.stage(tx, open!);
          break;
        case 'end':
          open!.head = part.head;
          break;
        case 'warning':
          outcome.warnings.push(part.text);
      }
    }
    await this.close(tx, pool, file, outcome, open);
  }

  /** Lines refer to their statement, whose sum is known at its end: until then they lie in a table of this transaction. */
  private async stage(tx: Tx, statement: OpenStatement): Promise<void> {
    await tx.run(`CREATE TEMPORARY TABLE IF NOT EXISTS staged_lines (line jsonb) ON COMMIT DROP`);
    const rows = statement.waiting
      .splice(0)
      .map((line) => ({ ...line, id: newId(), amount: line.amount.toString() }));
    await tx.run(`INSERT INTO staged_lines SELECT jsonb_array_elements($1::jsonb)`, [JSON.stringify(rows)]);
    statement.staged += rows.length;
  }

  private async close(
    tx: Tx,
    pool: LockedPool,
    file: BankFile,
    outcome: ImportOutcome,
    statement: OpenStatement | undefined,
  ): Promise<void> {
    if (!statement) return;
    await this.stage(tx, statement);
    const { head } = statement;
    const off = offBy({ ...head, movement: statement.movement });
    if (off !== null && off !== 0n) {
      const money = formatMoney(off, head.currency, 'en-GB');
      outcome.warnings.push(
        `Statement ${head.reference} does not add up: opening balance and entries are off its closing balance by ${money}.`,
      );
    }
    await tx.run(
      `INSERT INTO bank_statements (id, coalition_id, pool_id, account, reference, currency, opening, closing, movement,
         closing_on, file_name, file_sha256, imported_by, imported_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
       ON CONFLICT ON CONSTRAINT bank_statements_once DO NOTHING`,
      [
        ...[statement.id, pool.coalitionId, pool.id, head.account, head.reference, head.currency],
        ...[head.opening, head.closing, statement.movement, head.closingOn],
        ...[file.name, file.sha256, tx.actor.personId ?? null, tx.now],
      ],
    );
    const added = await tx.run(
      `INSERT INTO bank_statement_lines (id, coalition_id, pool_id, statement_id, account, reference, booked_on, amount,
         end_to_end_id, remittance, counterparty, is_return, return_reason)
       SELECT (line ->> 'id')::uuid, $1, $2, s.id, $3, line ->> 'reference', (line ->> 'bookedOn')::date,
         (line ->> 'amount')::bigint, line ->> 'endToEndId', line ->> 'remittance', line ->> 'counterparty',
         (line ->> 'isReturn')::boolean, line ->> 'returnReason'
       FROM staged_lines JOIN bank_statements s ON s.pool_id = $2 AND s.account = $3 AND s.reference = $4
       ON CONFLICT ON CONSTRAINT bank_statement_lines_once DO NOTHING`,
      [pool.coalitionId, pool.id, head.account, head.reference],
    );
    await tx.run(`DELETE FROM staged_lines`);
    outcome.added += added;
    outcome.known += statement.staged - added;
  }
}

interface OpenStatement {
  id: string;
  head: StatementHead;
  movement: bigint;
  waiting: StatementLine[];
  staged: number;
}

/** @throws ruleBroken when the statement is of another account, or in another currency */
async function requireOwnAccount(tx: Tx, pool: LockedPool, head: StatementHead): Promise<void> {
  if (head.currency !== pool.currency) {
    const sentence = `Statement ${head.reference} is in ${head.currency}, and the pool in ${pool.currency}.`;
    throw fieldError('ruleBroken', '/file', sentence);
  }
  const own = await poolAccount(tx, pool.id);
  if (own && own.iban !== head.account) {
    const sentence = `Statement ${head.reference} is of account ${head.account}, and the pool’s is ${own.iban}.`;
    throw fieldError('ruleBroken', '/file', sentence);
  }
}
