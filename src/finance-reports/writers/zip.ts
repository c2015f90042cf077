import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';

/** A file in a ZIP archive, made while it is read. */
export interface ZipEntry {
  name: string;
  content: Iterable<string> | AsyncIterable<string>;
}

interface Written {
  name: Buffer;
  crc: number;
  compressed: number;
  size: number;
  at: number;
}

// The first day that the format knows: whose clock it was, does not make a file another one.
const DATE = (1 << 5) | 1;
const MOST = 0xffff_ffff;
// Sizes follow the content, as they are not known before; names are UTF-8.
const FLAGS = 0x0808;

/**
 * A ZIP archive of files that are made one after the other, each while it is read: nothing is held but what the next
 * reader has not taken. The same files give the same bytes.
 * @throws if a file, or the archive, is 4 GB or more
 */
export async function* zipOf(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Buffer> {
  const written: Written[] = [];
  let at = 0;
  for await (const { name, content } of entries) {
    const file: Written = { name: Buffer.from(name), crc: 0, compressed: 0, size: 0, at };
    const head = Buffer.concat([localHead(file), file.name]);
    at += head.length;
    yield head;
    const deflate = createDeflateRaw({ level: 5 });
    const feeding = pipeline(measured(content, file), deflate);
    // Its failure reaches who reads `deflate` below, too; without this it would be nobody's.
    feeding.catch(() => undefined);
    for await (const chunk of deflate as AsyncIterable<Buffer>) {
      file.compressed += chunk.length;
      at += chunk.length;
      yield chunk;
    }
    await feeding;
    if (file.size > MOST || at > MOST) throw new Error('A ZIP archive of 4 GB or more cannot be written.');
    const sizes = sizesOf(file);
    at += sizes.length;
    yield sizes;
    written.push(file);
  }
  const directory = Buffer.concat(written.flatMap((file) => [directoryHead(file), file.name]));
  yield Buffer.concat([directory, endOf(written.length, directory.length, at)]);
}

async function* measured(content: ZipEntry['content'], file: Written): AsyncGenerator<Buffer> {
  for await (const text of content) {
    const bytes = Buffer.from(text);
    file.crc = crc32(bytes, file.crc);
    file.size += bytes.length;
    yield bytes;
  }
}

function localHead({ name }: Written): Buffer {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x0403_4b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(FLAGS, 6);
  head.writeUInt16LE(8, 8);
  head.writeUInt16LE(DATE, 12);
  head.writeUInt16LE(name.length, 26);
  return head;
}

function sizesOf({ crc, compressed, size }: Written): Buffer {
  const sizes = Buffer.alloc(16);
  sizes.writeUInt32LE(0x0807_4b50, 0);
  sizes.writeUInt32LE(crc, 4);
  sizes.writeUInt32LE(compressed, 8);
  sizes.writeUInt32LE(size, 12);
  return sizes;
}

function directoryHead({ name, crc, compressed, size, at }: Written): Buffer {
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x0201_4b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(20, 6);
  head.writeUInt16LE(FLAGS, 8);
  head.writeUInt16LE(8, 10);
  head.writeUInt16LE(DATE, 14);
  head.writeUInt32LE(crc, 16);
  head.writeUInt32LE(compressed, 20);
  head.writeUInt32LE(size, 24);
  head.writeUInt16LE(name.length, 28);
  head.writeUInt32LE(at, 42);
  return head;
}

function endOf(count: number, directory: number, at: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directory, 12);
  end.writeUInt32LE(at, 16);
  return end;
}
