import type { Tx } from '../database/tx.js';
import { DomainError, fieldError } from '../errors/domain-error.js';
import type { SentFile } from '../http/uploads.js';
import { readStoredFile, type StoredFile, storeFile } from './files.js';
import { mediaTypeOf } from './media-type.js';

const mostBytes = 10 * 1024 * 1024;

/** The endings of the kinds that are taken, as a file field of a form wants them. */
export const attachableEndings = '.pdf,.png,.jpg,.jpeg,.csv,.xlsx';

/** A file that is attached to something: under its own name, kept by the SHA-256 of its content. */
export interface AttachedFile {
  id: string;
  name: string;
  mediaType: string;
  sizeBytes: bigint;
  sha256: string;
  addedBy: string;
  addedAt: Date;
}

/** A file as it is read back. */
export interface FileContent {
  name: string;
  mediaType: string;
  content: Buffer;
}

/**
 * Keeps a file that somebody attaches: only of kinds that can be looked at safely, and only if it is what its name says.
 * @param called what such files are: "Evidence"; begins the sentence of a refusal
 * @throws tooLarge; ruleBroken naming `/file`
 */
export async function keepFile(
  tx: Tx,
  { name, content }: SentFile,
  { coalitionId, called }: { coalitionId: string; called: string },
): Promise<StoredFile> {
  if (content.length > mostBytes) throw new DomainError('tooLarge', `${called} is of 10 MB a file at most.`);
  const mediaType = mediaTypeOf(content, name);
  if (mediaType === null) {
    const sentence = `${called} is a PDF, a PNG or JPEG picture, a CSV file or a spreadsheet (XLSX), and says by its name which.`;
    throw fieldError('ruleBroken', '/file', sentence);
  }
  return storeFile(tx, { coalitionId, mediaType, content });
}

/** The tables that hold what is attached to something; both have the same columns. */
const attaching = {
  claim: { table: 'outcome_evidence', column: 'claim_id' },
  spendReport: { table: 'report_attachments', column: 'spend_report_id' },
} as const;
export type Attaching = keyof typeof attaching;

/** Attaches a kept file under its name. One that is attached already stays as it is. */
export async function attach(
  tx: Tx,
  to: Attaching,
  file: { coalitionId: string; subjectId: string; fileId: string; name: string },
): Promise<void> {
  const { table, column } = attaching[to];
  await tx.run(
    `INSERT INTO ${table} (coalition_id, ${column}, file_id, name, added_by, added_at)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (${column}, file_id) DO NOTHING`,
    [file.coalitionId, file.subjectId, file.fileId, file.name, tx.actor.personId ?? null, tx.now],
  );
}

/** What is attached to something, in the order in which it came. */
export function attachedTo(tx: Tx, to: Attaching, subjectId: string): Promise<AttachedFile[]> {
  const { table, column } = attaching[to];
  return tx.rows<AttachedFile>(
    `SELECT a.id, a.name, f.media_type AS "mediaType", f.size_bytes AS "sizeBytes", f.sha256, p.name AS "addedBy",
       a.added_at AS "addedAt"
     FROM ${table} a JOIN stored_files f ON f.id = a.file_id JOIN persons p ON p.id = a.added_by
     WHERE a.${column} = $1 ORDER BY a.added_at, a.id`,
    [subjectId],
  );
}

/** Reads an attached file back, byte by byte; null where there is no such file. */
export async function readAttached(
  tx: Tx,
  to: Attaching,
  subjectId: string,
  id: string,
): Promise<FileContent | null> {
  const { table, column } = attaching[to];
  const row = await tx.row<{ fileId: string; name: string }>(
    `SELECT file_id AS "fileId", name FROM ${table} WHERE id = $1 AND ${column} = $2`,
    [id, subjectId],
  );
  return row ? { name: row.name, ...(await readStoredFile(tx, row.fileId)) } : null;
}
