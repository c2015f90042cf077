import { Injectable } from '@nestjs/common';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, notFound } from '../../platform/errors/domain-error.js';
import { attach, type FileContent, keepFile, readAttached } from '../../platform/files/attached-file.js';
import { readUpload, type UploadedFile } from '../../platform/http/uploads.js';
import { readClaim } from './claims.read.js';

/** The files that claims rest on: kept by their hash, and only of kinds that can be looked at safely. */
@Injectable()
export class EvidenceService {
  /**
   * Adds a file to a claim that is not decided. The same file is added once.
   * @throws stateForbids; tooLarge; ruleBroken naming `/file` for a file of another kind than it says, or of none allowed
   */
  async add(tx: Tx, claimId: string, file: UploadedFile): Promise<void> {
    const { coalitionId, state } = await readClaim(tx, claimId);
    if (state !== 'draft' && state !== 'submitted') {
      throw new DomainError('stateForbids', `The claim is ${state}: what it rests on stays as it is.`);
    }
    const { id: fileId, sha256 } = await keepFile(tx, await readUpload(file), {
      coalitionId,
      called: 'Evidence',
    });
    await attach(tx, 'claim', { coalitionId, subjectId: claimId, fileId, name: file.name });
    await audit(tx, {
      coalitionId,
      action: 'claim.evidenceAdded',
      subject: { kind: 'claim', id: claimId },
      after: { name: file.name, sha256 },
    });
  }

  /** @throws notFound */
  async read(tx: Tx, claimId: string, evidenceId: string): Promise<FileContent> {
    const file = await readAttached(tx, 'claim', claimId, evidenceId);
    if (!file) throw notFound('file');
    return file;
  }
}
