import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, notFound } from '../../platform/errors/domain-error.js';
import { callOff, planOccurrences } from '../../platform/queue/occurrences.js';
import type { ComposedPool } from '../documents/compose-report.js';
import {
  findScopeOf,
  type FoundScope,
  periodOf,
  type ReportScope,
  type ReportTerms,
  requireTerms,
} from './run-order.js';
import { type ReportRun, readRun } from './runs.read.js';

/** What somebody asks for. */
export interface AskedReport extends ReportTerms {
  scope: ReportScope;
  /** No last day means up to the instant's. */
  period: { from?: string | null; to?: string | null };
  asOf: Date;
}

/** An order as it is kept with its run. */
export interface OrderedRun extends ReportTerms {
  scope: Pick<FoundScope, 'kind' | 'poolId' | 'coalitionIds'>;
  /** With the policies that it was made under, when it is made again; none where its scope is found when it is made. */
  pools: readonly ComposedPool[];
  period: { from: string | null; to: string };
  asOf: Date;
  ownerId: string;
  isPreview?: boolean;
  againOf?: string;
  /** The subscription and period that asked for it. */
  subscription?: { id: string; periodKey: string | null; late: boolean };
}

@Injectable()
export class RunsService {
  /**
   * Asks for a report: it is queued, and made by the worker.
   * @throws notFound, forbidden, ruleBroken naming the field
   */
  async ask(tx: Tx, asked: AskedReport): Promise<ReportRun> {
    const found = await findScopeOf(tx, asked.scope);
    await requireTerms(tx, asked, found);
    const home = found.pools.find(({ coalitionId }) => coalitionId === found.coalitionIds[0])!;
    const { kind, basis, funderId, currency, rates, formats, asOf } = asked;
    return this.order(tx, {
      ...{ kind, basis, funderId, currency, rates, formats, asOf },
      scope: found,
      pools: found.pools.map((pool) => ({ ...pool, policies: null })),
      period: periodOf(asked.period, asOf, home.timeZone),
      ownerId: askerOf(tx),
    });
  }

  /** Orders a report, and plans that it is made. Nothing is checked any more. */
  async order(tx: Tx, ordered: OrderedRun): Promise<ReportRun> {
    const { scope, pools, period, subscription } = ordered;
    const [coalitionId] = scope.coalitionIds as [string];
    const id = newId();
    await tx.run(
      `INSERT INTO report_runs (id, coalition_id, coalition_ids, scope, pool_id, pool_ids, pools, report_kind, period_from,
         period_to, as_of, basis, funder_id, currency, rates, formats, subscription_id, period_key, late, is_preview,
         again_of, owner_id, asked_by, asked_at, state)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
         $24, 'queued')`,
      [
        ...[id, coalitionId, scope.coalitionIds, scope.kind, scope.poolId],
        ...[pools.map((pool) => pool.id), JSON.stringify(pools), ordered.kind, period.from, period.to],
        ...[ordered.asOf, ordered.basis, ordered.funderId, ordered.currency, JSON.stringify(ordered.rates)],
        ...[ordered.formats, subscription?.id ?? null, subscription?.periodKey ?? null],
        ...[subscription?.late ?? false, ordered.isPreview ?? false, ordered.againOf ?? null],
        ...[ordered.ownerId, tx.actor.personId ?? null, tx.now],
      ],
    );
    await planOccurrences(tx, [
      { coalitionId, kind: 'report.make', subjectId: id, periodKey: 'run', channel: 'report', dueAt: tx.now },
    ]);
    const run = await readRun(tx, id);
    await this.write(tx, run, 'report.asked', {
      kind: run.kind,
      asOf: run.asOf,
      period,
      formats: run.formats,
    });
    return run;
  }

  /**
   * Asks for the same report for the same instant and policies: the same figures, and the same CSV to the byte.
   * @throws stateForbids when it was never made
   */
  async again(tx: Tx, runId: string): Promise<ReportRun> {
    const run = await readRun(tx, runId);
    if (run.madeAt === null && run.state !== 'failed')
      throw new DomainError('stateForbids', 'This report was not made yet, so it cannot be made again.');
    const { kind, basis, funderId, currency, rates, formats, asOf, pools, period } = run;
    return this.order(tx, {
      ...{ kind, basis, funderId, currency, rates, formats, asOf, pools, period },
      scope: { kind: run.scope, poolId: run.poolId, coalitionIds: run.coalitionIds },
      ownerId: askerOf(tx),
      againOf: run.id,
    });
  }

  /**
   * Stops a report that waits or is being made: what was written of it is gone.
   * @throws stateForbids when it has ended
   */
  async cancel(tx: Tx, runId: string): Promise<ReportRun> {
    const before = await readRun(tx, runId);
    const cancelled = await tx.run(
      `UPDATE report_runs SET state = 'cancelled', lease_until = NULL WHERE id = $1 AND state IN ('queued', 'making')`,
      [runId],
    );
    if (cancelled === 0)
      throw new DomainError('stateForbids', 'This report has ended already, so it cannot be cancelled.');
    await callOff(tx, 'report.make', [runId], 'cancelled');
    await this.write(tx, before, 'report.cancelled', { state: 'cancelled' });
    return readRun(tx, runId);
  }

  /** @throws notFound */
  private async file(tx: Tx, runId: string, format: string): Promise<RunFile> {
    const file = await tx.row<RunFile>(
      `SELECT f.file_id AS "fileId", f.file_name AS "fileName", f.sha256, s.media_type AS "mediaType",
         s.size_bytes AS "sizeBytes"
       FROM report_files f JOIN stored_files s ON s.id = f.file_id WHERE f.run_id = $1 AND f.format = $2`,
      [runId, format],
    );
    if (!file) throw notFound('file');
    return file;
  }

  /**
   * The same for somebody who downloads it, which is written down: they must see the money of all its coalitions today.
   * @param by how they came: signed in, or by a sealed link
   * @throws notFound
   */
  async download(tx: Tx, runId: string, format: string, by: 'page' | 'link'): Promise<RunFile> {
    const run = await tx.row<{ coalitionId: string; overseen: boolean }>(
      `SELECT coalition_id AS "coalitionId", coalition_ids <@ (SELECT overseen_coalitions())::uuid[] AS overseen
       FROM report_runs WHERE id = $1`,
      [runId],
    );
    if (!run?.overseen) {
      if (by === 'page') throw notFound('report');
      const sentence = 'Whom it was made for may not see this report any more. Ask its owner.';
      throw new DomainError('linkNotOurs', sentence);
    }
    const file = await this.file(tx, runId, format);
    await audit(tx, {
      coalitionId: run.coalitionId,
      action: 'report.downloaded',
      subject: { kind: 'reportRun', id: runId },
      after: { format, sha256: file.sha256, by },
    });
    return file;
  }

  private write(tx: Tx, run: ReportRun, action: string, after: object): Promise<void> {
    const { coalitionId, id } = run;
    return audit(tx, { coalitionId, action, subject: { kind: 'reportRun', id }, after });
  }
}

export interface RunFile {
  fileId: string;
  fileName: string;
  sha256: string;
  mediaType: string;
  sizeBytes: bigint;
}

function askerOf(tx: Tx): string {
  if (!tx.actor.personId) throw new Error('A report is asked for by a person.');
  return tx.actor.personId;
}
