import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { audit } from '../platform/audit/audit.js';
import type { Tx } from '../platform/database/tx.js';
import { notFound } from '../platform/errors/domain-error.js';
import { storeFile } from '../platform/files/files.js';
import { lockPool } from '../pools/pool-position.js';
import { carriedBalances, type ControlTotal, tie } from './control-totals.js';
import type { PoolPositionFigures, ReportParameters } from './pool-position.report.js';
import { reportDefinitions, type ReportKind } from './report-definitions.js';
import { type ReportRun, readRun } from './runs.read.js';

export interface RunOrder {
  poolId: string;
  kind: ReportKind;
  asOf: Date;
  /** The policies that it was made under, when it is made again. */
  parameters?: ReportParameters;
  /** The subscription and period that asked for it. */
  subscription?: { id: string; periodKey: string; late: boolean };
}

@Injectable()
export class RunsService {
  /**
   * Makes a report from the ledger as of an instant, holds it to the ledger, and keeps figures, control totals and
   * files with their SHA-256. A report that does not tie is kept too, marked so, and must not be sent.
   */
  async make(tx: Tx, order: RunOrder): Promise<ReportRun> {
    const { poolId, kind, asOf, subscription } = order;
    // Whoever posts holds this lock: none of its entries is half in the report.
    const pool = await lockPool(tx, poolId);
    const definition = reportDefinitions[kind];
    const parameters = order.parameters ?? (await definition.parameters(tx, poolId));
    const figures = await definition.figures(tx, parameters, asOf);
    const controlTotals = await definition.controlTotals(tx, parameters, figures, asOf);
    const carried = await carriedBalances(tx, poolId, figures.currency, asOf);
    const allTotals = [...controlTotals, ...carried];
    const id = newId();
    await tx.run(
      `INSERT INTO report_runs (id, coalition_id, subscription_id, pool_id, report_kind, period_key, as_of, parameters,
         figures, control_totals, state, late, asked_by, made_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        ...[
          id,
          pool.coalitionId,
          subscription?.id ?? null,
          poolId,
          kind,
          subscription?.periodKey ?? null,
          asOf,
        ],
        ...[JSON.stringify(parameters), JSON.stringify(figures), JSON.stringify(allTotals)],
        ...[
          tie(allTotals) ? 'made' : 'doesNotTie',
          subscription?.late ?? false,
          tx.actor.personId ?? null,
          tx.now,
        ],
      ],
    );
    // The file holds only what stays true of that instant, so that it can be made again byte for byte.
    await this.keepCsv(tx, id, pool.coalitionId, kind, { figures, controlTotals, asOf });
    const run = await readRun(tx, id);
    await audit(tx, {
      coalitionId: pool.coalitionId,
      action: run.state === 'made' ? 'report.made' : 'report.didNotTie',
      subject: { kind: 'reportRun', id },
      after: { kind, asOf, state: run.state, files: run.files },
    });
    return run;
  }

  /** Makes a report again for the same instant and policies: the same figures, the same file. */
  async again(tx: Tx, runId: string): Promise<ReportRun> {
    const run = await readRun(tx, runId);
    return this.make(tx, { poolId: run.poolId, kind: run.kind, asOf: run.asOf, parameters: run.parameters });
  }

  /** The file of a run in a format. @throws notFound */
  async file(
    tx: Tx,
    runId: string,
    format: string,
  ): Promise<{ fileId: string; fileName: string; sha256: string }> {
    const file = await tx.row<{ fileId: string; fileName: string; sha256: string }>(
      `SELECT file_id AS "fileId", file_name AS "fileName", sha256 FROM report_files WHERE run_id = $1 AND format = $2`,
      [runId, format],
    );
    if (!file) throw notFound('file');
    return file;
  }

  private async keepCsv(
    tx: Tx,
    runId: string,
    coalitionId: string,
    kind: ReportKind,
    made: { figures: PoolPositionFigures; controlTotals: ControlTotal[]; asOf: Date },
  ): Promise<void> {
    const { title, csv } = reportDefinitions[kind];
    const content = Buffer.from(
      csv(made.figures, { title, asOf: made.asOf, controlTotals: made.controlTotals }),
    );
    const file = await storeFile(tx, { coalitionId, mediaType: 'text/csv', content });
    await tx.run(
      `INSERT INTO report_files (coalition_id, run_id, format, file_id, file_name, sha256) VALUES ($1, $2, 'csv', $3, $4, $5)`,
      [coalitionId, runId, file.id, fileName(title, made.figures.pool, made.asOf), file.sha256],
    );
  }
}

/** "pool-position-river-towns-fund-2026-11-24.csv" */
function fileName(title: string, pool: string, asOf: Date): string {
  const words = `${title} ${pool}`
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return `${words.replace(/^-|-$/g, '').slice(0, 80)}-${asOf.toISOString().slice(0, 10)}.csv`;
}
