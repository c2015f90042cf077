import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DomainError, fieldError } from '../errors/domain-error.js';

const MOST_BYTES = 64 * 1024 * 1024;

/** A file as it was sent: it lies on the disk until the answer has gone, so that it never has to fit into memory. */
export class UploadedFile {
  constructor(
    readonly name: string,
    readonly sha256: string,
    readonly path: string,
  ) {}

  /** What it is, for idempotency: not where it happens to lie. */
  toJSON(): { name: string; sha256: string } {
    return { name: this.name, sha256: this.sha256 };
  }
}

/** Takes files: as the body of an API request (`application/xml`, `text/csv`), or as the one file of a form. */
export async function registerUploads(server: FastifyInstance): Promise<void> {
  const folders = new WeakMap<FastifyRequest, string>();
  const save = async (request: FastifyRequest, name: string, content: Readable): Promise<UploadedFile> => {
    const folder = await mkdtemp(join(tmpdir(), 'tributary-upload-'));
    folders.set(request, folder);
    const path = join(folder, 'file');
    const hash = createHash('sha256');
    await pipeline(content, measured(hash), createWriteStream(path, { mode: 0o600 }));
    return new UploadedFile(name.slice(0, 200), hash.digest('hex'), path);
  };
  server.addContentTypeParser(['application/xml', 'text/xml'], (request: FastifyRequest, payload: Readable) =>
    save(request, 'statement.xml', payload),
  );
  server.addContentTypeParser('text/csv', (request: FastifyRequest, payload: Readable) =>
    save(request, 'table.csv', payload),
  );
  await server.register(multipart, {
    attachFieldsToBody: 'keyValues',
    limits: { files: 1, fileSize: MOST_BYTES, fields: 50 },
    async onFile(this: FastifyRequest, part) {
      (part as unknown as { value: UploadedFile }).value = await save(this, part.filename, part.file);
    },
  });
  server.addHook('onResponse', async (request) => {
    const folder = folders.get(request);
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });
}

/** A file with all that is in it. */
export interface SentFile {
  name: string;
  content: Buffer;
}

/** A file that was sent, read into memory. */
export const readUpload = async ({ name, path }: UploadedFile): Promise<SentFile> => ({
  name,
  content: await readFile(path),
});

/** The file of a request. @throws ruleBroken naming `/file` */
export function fileOf(body: unknown): UploadedFile {
  const file: unknown = body instanceof UploadedFile ? body : (body as { file?: unknown } | null)?.file;
  if (file instanceof UploadedFile && file.name !== '') return file;
  throw fieldError('ruleBroken', '/file', 'Choose a file.');
}

const mostText = 2 * 1024 * 1024;

/** The text of a file that is small enough to be read at once. @throws tooLarge */
export async function textOf({ path }: UploadedFile): Promise<string> {
  if ((await stat(path)).size > mostText)
    throw new DomainError('tooLarge', 'A table of 2 MB at most is taken.');
  return readFile(path, 'utf8');
}

function measured(hash: ReturnType<typeof createHash>): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) return done(new DomainError('tooLarge', 'A file of 64 MB at most is taken.'));
      hash.update(chunk);
      done(null, chunk);
    },
  });
}
