import type { Writable } from 'node:stream';
import type { ReportDocument } from '../documents/report-document.js';

export type ReportFormat = 'csv' | 'xlsx' | 'pdf' | 'hledger';

/** Writes what a report says in one format, in bounded memory however long its tables are. */
export interface ReportWriter {
  format: ReportFormat;
  mediaType: string;
  /** Without the dot: "csv". */
  extension: string;
  /**
   * Writes the whole file and ends the sink; waits whenever the sink is full. The same document gives the same bytes in
   * CSV. It rejects if the sink fails.
   * @param progress how many rows of tables it has written so far; it throws when the report was cancelled, and the
   *   writer lets that through
   */
  write(document: ReportDocument, sink: Writable, progress: (rows: number) => void): Promise<void>;
}
