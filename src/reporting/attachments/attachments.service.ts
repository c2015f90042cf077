import { Injectable } from '@nestjs/common';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { fieldError, notFound } from '../../platform/errors/domain-error.js';
import { attach, type FileContent, keepFile, readAttached } from '../../platform/files/attached-file.js';
import type { Access } from '../../platform/http/request.js';
import type { SentFile } from '../../platform/http/uploads.js';
import { lockReport } from '../series.js';
import { mayReadContent, requireStep } from '../spend-report.rules.js';
import { readSpendReport, type SpendReport } from '../spend-reports.read.js';

const mostFiles = 40;

/** The files of a spend report: they come and go while it is open for edits, and stay from when it is handed in. */
@Injectable()
export class ReportAttachmentsService {
  /**
   * Attaches a file. The same file is attached once.
   * @throws stateForbids; tooLarge; ruleBroken naming `/file`
   */
  async add(tx: Tx, reportId: string, file: SentFile): Promise<SpendReport> {
    const { coalitionId, attachments } = await this.open(tx, reportId);
    if (attachments.length >= mostFiles)
      throw fieldError('ruleBroken', '/file', `A report takes ${mostFiles} files at most.`);
    const { id: fileId, sha256 } = await keepFile(tx, file, { coalitionId, called: 'An attachment' });
    await attach(tx, 'spendReport', { coalitionId, subjectId: reportId, fileId, name: file.name });
    await audit(tx, {
      coalitionId,
      action: 'spendReport.fileAttached',
      subject: { kind: 'spendReport', id: reportId },
      after: { name: file.name, sha256 },
    });
    return readSpendReport(tx, reportId);
  }

  /** Takes a file off. @throws stateForbids, notFound */
  async remove(tx: Tx, reportId: string, attachmentId: string): Promise<void> {
    const { coalitionId, attachments } = await this.open(tx, reportId);
    const file = attachments.find(({ id }) => id === attachmentId);
    if (!file) throw notFound('file');
    await tx.run(`DELETE FROM report_attachments WHERE id = $1`, [attachmentId]);
    await audit(tx, {
      coalitionId,
      action: 'spendReport.fileTakenOff',
      subject: { kind: 'spendReport', id: reportId },
      before: { name: file.name, sha256: file.sha256 },
    });
  }

  /** @throws notFound, also for whoever may not see what the report says yet */
  async read(tx: Tx, access: Access, reportId: string, attachmentId: string): Promise<FileContent> {
    const report = await readSpendReport(tx, reportId);
    const file = await readAttached(tx, 'spendReport', reportId, attachmentId);
    if (!file || !mayReadContent(report, access)) throw notFound('file');
    return file;
  }

  private async open(tx: Tx, reportId: string): Promise<SpendReport> {
    await lockReport(tx, reportId);
    const report = await readSpendReport(tx, reportId);
    requireStep(report.state, 'save');
    return report;
  }
}

/** A correction begins with the files of the report that it corrects. */
export const copyAttachments = (tx: Tx, fromReportId: string, toReportId: string): Promise<unknown> =>
  tx.run(
    `INSERT INTO report_attachments (coalition_id, spend_report_id, file_id, name, added_by, added_at)
     SELECT coalition_id, $2, file_id, name, added_by, added_at FROM report_attachments WHERE spend_report_id = $1`,
    [fromReportId, toReportId],
  );
