import { Writable } from 'node:stream';
import type { ReportDocument } from '../../src/finance-reports/documents/report-document.js';
import type { ReportWriter } from '../../src/finance-reports/writers/report-writer.js';

/** The whole file that a writer makes of a document. */
export async function written(writer: ReportWriter, document: ReportDocument): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  await writer.write(document, sink, () => undefined);
  return Buffer.concat(chunks);
}
