import { csvWriter } from './csv.js';
import { hledgerWriter } from './hledger.js';
import { pdfWriter } from './pdf.js';
import type { ReportFormat, ReportWriter } from './report-writer.js';
import { xlsxWriter } from './xlsx.js';

/** What writes each format. */
export const reportWriters: Record<ReportFormat, ReportWriter> = {
  csv: csvWriter,
  hledger: hledgerWriter,
  pdf: pdfWriter,
  xlsx: xlsxWriter,
};

/** The formats that a report can be asked for in. */
export const reportFormats = Object.keys(reportWriters) as readonly ReportFormat[];
