import { Injectable } from '@nestjs/common';
import { readFile } from 'node:fs/promises';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError, notFound } from '../../platform/errors/domain-error.js';
import { readStoredFile, storeFile } from '../../platform/files/files.js';
import type { UploadedFile } from '../../platform/http/uploads.js';
import { mediaTypeOf } from './evidence-type.js';
import { readClaim } from './claims.read.js';

const mostBytes = 10 * 1024 * 1024;

/** The files that claims rest on: kept by their hash, and only of kinds that can be looked at safely. */
@Injectable()
export class EvidenceService {
  /**
   * Adds a file to a claim that is not decided. The same file is added once.
   * @throws stateForbids; tooLarge; ruleBroken naming `/file` for a file of another kind than it says, or of none allowed
   */
  async add(tx: Tx, claimId: string, file: UploadedFile): Promise<void> {
    const claim = await readClaim(tx, claimId);
    if (claim.state !== 'draft' && claim.state !== 'submitted') {
      throw new DomainError('stateForbids', `The claim is ${claim.state}: what it rests on stays as it is.`);
    }
    const content = await readFile(file.path);
    if (content.length > mostBytes) throw new DomainError('tooLarge', 'Evidence is of 10 MB a file at most.');
    const mediaType = mediaTypeOf(content, file.name);
    if (mediaType === null) {
      const sentence =
        'Evidence is a PDF, a PNG or JPEG picture, a CSV file or a spreadsheet (XLSX), and says by its name which.';
      throw fieldError('ruleBroken', '/file', sentence);
    }
    const { id, sha256 } = await storeFile(tx, { coalitionId: claim.coalitionId, mediaType, content });
    await tx.run(
      `INSERT INTO outcome_evidence (coalition_id, claim_id, file_id, name, added_by, added_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (claim_id, file_id) DO NOTHING`,
      [claim.coalitionId, claimId, id, file.name, tx.actor.personId ?? null, tx.now],
    );
    await audit(tx, {
      coalitionId: claim.coalitionId,
      action: 'claim.evidenceAdded',
      subject: { kind: 'claim', id: claimId },
      after: { name: file.name, sha256 },
    });
  }

  /** @throws notFound */
  async read(
    tx: Tx,
    claimId: string,
    evidenceId: string,
  ): Promise<{ name: string; mediaType: string; content: Buffer }> {
    const row = await tx.row<{ fileId: string; name: string }>(
      `SELECT file_id AS "fileId", name FROM outcome_evidence WHERE id = $1 AND claim_id = $2`,
      [evidenceId, claimId],
    );
    if (!row) throw notFound('file');
    return { name: row.name, ...(await readStoredFile(tx, row.fileId)) };
  }
}
