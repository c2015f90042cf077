import { createHash } from 'node:crypto';
import { v7 as newId } from 'uuid';
import type { Tx } from '../database/tx.js';
import { notFound } from '../errors/domain-error.js';

export interface StoredFile {
  id: string;
  sha256: string;
}

/**
 * Keeps a file with its coalition, by the SHA-256 of its content: the same content is kept once. Where it tells of
 * several coalitions, who does not see each of them does not see it.
 */
export async function storeFile(
  tx: Tx,
  file: { coalitionId: string; coalitionIds?: string[]; mediaType: string; content: Buffer },
): Promise<StoredFile> {
  const sha256 = createHash('sha256').update(file.content).digest('hex');
  await tx.run(
    `INSERT INTO stored_files (id, coalition_id, sha256, media_type, size_bytes, content, created_at, coalition_ids)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (coalition_id, sha256) WHERE content IS NOT NULL DO NOTHING`,
    [
      ...[newId(), file.coalitionId, sha256, file.mediaType, file.content.length, file.content, tx.now],
      file.coalitionIds ?? null,
    ],
  );
  const stored = await tx.row<StoredFile>(
    `SELECT id, sha256 FROM stored_files WHERE coalition_id = $1 AND sha256 = $2 AND content IS NOT NULL`,
    [file.coalitionId, sha256],
  );
  if (!stored) throw new Error('A file was stored, and is not there.');
  return stored;
}

/** SQL for the content of a file `f`, whether it is kept whole or in pieces. */
export const wholeContent = `coalesce(f.content, (SELECT string_agg(t.content, ''::bytea ORDER BY t.number)
  FROM stored_file_parts t WHERE t.file_id = f.id), ''::bytea)`;

/** A small file, whole. @throws notFound */
export async function readStoredFile(tx: Tx, id: string): Promise<{ mediaType: string; content: Buffer }> {
  const file = await tx.row<{ mediaType: string; content: Buffer }>(
    `SELECT media_type AS "mediaType", ${wholeContent} AS content FROM stored_files f WHERE f.id = $1`,
    [id],
  );
  if (!file) throw notFound('file');
  return file;
}
