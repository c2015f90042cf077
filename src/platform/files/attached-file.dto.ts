import { StreamableFile } from '@nestjs/common';
import { Shown, ShownId, ShownInstant } from '../http/answers.js';
import type { AttachedFile, FileContent } from './attached-file.js';

export class AttachedFileAnswer {
  @ShownId() id!: string;
  @Shown({ example: 'receipts.pdf' }) name!: string;
  @Shown({ example: 'application/pdf' }) mediaType!: string;
  @Shown({ type: 'integer' }) sizeBytes!: number;
  @Shown() sha256!: string;
  @Shown() addedBy!: string;
  @ShownInstant() addedAt!: string;
}

export const toAttachedFileAnswer = ({ sizeBytes, addedAt, ...file }: AttachedFile): AttachedFileAnswer => ({
  ...file,
  sizeBytes: Number(sizeBytes),
  addedAt: addedAt.toISOString(),
});

/** A file as a download under its own name: browsers keep it, and never show it as a page of ours. */
export const asDownload = ({ name, mediaType, content }: FileContent): StreamableFile =>
  new StreamableFile(content, {
    type: mediaType,
    disposition: `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
  });
