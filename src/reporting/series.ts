import type { Tx } from '../platform/database/tx.js';
import { notFound } from '../platform/errors/domain-error.js';
import { readSpendReport, type SpendReport } from './spend-reports.read.js';

/** Locks all reports of a grant until the transaction ends: each one's opening hangs on the one before. */
export async function lockSeries(tx: Tx, reportId: string): Promise<SpendReport> {
  await tx.rows(
    `SELECT 1 FROM requirements WHERE id = (SELECT requirement_id FROM spend_reports WHERE id = $1) FOR UPDATE`,
    [reportId],
  );
  await lockReport(tx, reportId);
  return readSpendReport(tx, reportId);
}

/** @throws notFound */
export async function lockReport(tx: Tx, reportId: string): Promise<void> {
  const locked = await tx.row(`SELECT 1 FROM spend_reports WHERE id = $1 FOR UPDATE`, [reportId]);
  if (!locked) throw notFound('spend report');
}
