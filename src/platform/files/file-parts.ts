import { createHash } from 'node:crypto';
import { Readable, Writable } from 'node:stream';
import { v7 as newId } from 'uuid';
import type { Actor } from '../database/actor.js';
import { type Database, inTransaction } from '../database/database.js';
import type { Tx } from '../database/tx.js';

const PART_BYTES = 1024 * 1024;

export interface WrittenFile {
  id: string;
  sha256: string;
  sizeBytes: number;
}

/**
 * Takes a file as it is written and keeps it in pieces, so that no more than one of them is in memory. It is there
 * when `keep` was called and the transaction has committed, whole, or not at all.
 */
export class FileSink extends Writable {
  private readonly id = newId();
  private readonly hash = createHash('sha256');
  private waiting: Buffer[] = [];
  private waitingBytes = 0;
  private parts = 0;
  private sizeBytes = 0;

  constructor(
    private readonly tx: Tx,
    private readonly coalitionId: string,
  ) {
    super({ highWaterMark: PART_BYTES });
  }

  /**
   * Keeps what was written as a file.
   * @param coalitionIds of all of whose money it tells: who does not see each of them does not see it
   */
  async keep(mediaType: string, coalitionIds: string[]): Promise<WrittenFile> {
    if (!this.writableFinished) throw new Error('A file is kept when it was written to its end.');
    const { id, sizeBytes } = this;
    const sha256 = this.hash.digest('hex');
    await this.tx.run(
      `INSERT INTO stored_files (id, coalition_id, coalition_ids, sha256, media_type, size_bytes, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, this.coalitionId, coalitionIds, sha256, mediaType, sizeBytes, this.tx.now],
    );
    return { id, sha256, sizeBytes };
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    this.hash.update(chunk);
    this.sizeBytes += chunk.length;
    this.waiting.push(chunk);
    this.waitingBytes += chunk.length;
    if (this.waitingBytes < PART_BYTES) return done();
    this.flush(false).then(() => done(), done);
  }

  override _final(done: (error?: Error) => void): void {
    this.flush(true).then(() => done(), done);
  }

  private async flush(isLast: boolean): Promise<void> {
    let rest = Buffer.concat(this.waiting);
    while (rest.length >= PART_BYTES || (isLast && rest.length > 0)) {
      this.parts += 1;
      await this.tx.run(
        `INSERT INTO stored_file_parts (coalition_id, file_id, number, content) VALUES ($1, $2, $3, $4)`,
        [this.coalitionId, this.id, this.parts, rest.subarray(0, PART_BYTES)],
      );
      rest = rest.subarray(PART_BYTES);
    }
    this.waiting = rest.length > 0 ? [rest] : [];
    this.waitingBytes = rest.length;
  }
}

/**
 * A file as it is read, piece by piece, each in a transaction of its own: a slow reader holds no connection, and one
 * that may not see it any more gets no further.
 */
export function fileStream(db: Database, actor: Actor, fileId: string): Readable {
  return Readable.from(
    piecesOf((number) => inTransaction(db, actor, (tx) => partOf(tx, fileId, number))),
    {
      objectMode: false,
    },
  );
}

async function* piecesOf(part: (number: number) => Promise<Buffer | undefined>): AsyncGenerator<Buffer> {
  for (let number = 1; ; number += 1) {
    const content = await part(number);
    if (!content) return;
    yield content;
  }
}

/** The nth piece; a file that is kept whole is its own first. */
async function partOf(tx: Tx, fileId: string, number: number): Promise<Buffer | undefined> {
  const row = await tx.row<{ content: Buffer }>(
    `SELECT content FROM stored_file_parts WHERE file_id = $1 AND number = $2
     UNION ALL SELECT content FROM stored_files WHERE id = $1 AND $2 = 1 AND content IS NOT NULL`,
    [fileId, number],
  );
  return row?.content;
}
