import { createReadStream } from 'node:fs';
import type { UploadedFile } from '../../platform/http/uploads.js';

/** A file of the bank, wherever it lies: read piece by piece, named by what it is. */
export interface BankFile {
  name: string;
  sha256: string;
  chunks: () => AsyncIterable<Buffer>;
}

export const uploadedBankFile = ({ name, sha256, path }: UploadedFile): BankFile => ({
  ...{ name, sha256 },
  chunks: () => createReadStream(path),
});
