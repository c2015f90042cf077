import { readFile } from 'node:fs/promises';
import type { Tx } from '../../../platform/database/tx.js';
import type { UploadedFile } from '../../../platform/http/uploads.js';
import type { BankFile } from '../bank-file.js';
import { piecesOf } from './csv-sample.js';

/** A file whose columns a person is choosing. */
export interface WaitingBankFile extends BankFile {
  content: Buffer;
}

/** Keeps a file until its columns are chosen: one for each person and pool, the newest. */
export async function keepWaiting(tx: Tx, poolId: string, file: UploadedFile): Promise<void> {
  await forgetWaiting(tx, poolId);
  await tx.run(
    `INSERT INTO waiting_bank_files (coalition_id, pool_id, name, sha256, content, uploaded_by, uploaded_at)
     SELECT coalition_id, id, $2, $3, $4, $5, $6 FROM pools WHERE id = $1`,
    [poolId, file.name, file.sha256, await readFile(file.path), tx.actor.personId ?? null, tx.now],
  );
}

/** The file that this person has sent last, and not imported. */
export async function readWaiting(tx: Tx, poolId: string): Promise<WaitingBankFile | null> {
  const row = await tx.row<{ name: string; sha256: string; content: Buffer }>(
    `SELECT name, sha256, content FROM waiting_bank_files WHERE pool_id = $1 AND uploaded_by = $2`,
    [poolId, tx.actor.personId ?? null],
  );
  return row ? { ...row, chunks: () => piecesOf(row.content) } : null;
}

export async function forgetWaiting(tx: Tx, poolId: string): Promise<void> {
  await tx.run(`DELETE FROM waiting_bank_files WHERE pool_id = $1 AND uploaded_by = $2`, [
    poolId,
    tx.actor.personId ?? null,
  ]);
}
