import { csvWriter } from './csv.js';
import { hledgerWriter } from './hledger.js';
import type { ReportFormat, ReportWriter } from './report-writer.js';
import { xlsxWriter } from './xlsx.js';

/** What writes each format. */
export const reportWriters: Partial<Record<ReportFormat, ReportWriter>> = {
  csv: csvWriter,
  hledger: hledgerWriter,
  xlsx: xlsxWriter,
};

/** The formats that a report can be asked for in. */
export const reportFormats = Object.keys(reportWriters) as readonly ReportFormat[];
