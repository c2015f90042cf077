import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { jobActor } from '../../platform/database/actor.js';
import { Database, inTransaction } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { HandlesOccurrence, type LongOutcome, type LongWorkHandler } from '../../platform/queue/handlers.js';
import type { DueOccurrence } from '../../platform/queue/occurrences.js';
import { LOGGER } from '../../platform/tokens.js';
import { ReportDelivery } from '../subscriptions/report-delivery.js';
import { ReportMaker } from './report-maker.js';
import { afterFailure, LEASE_MS, nextStep } from './run.rules.js';
import { Ended, Progress, Stopped } from './run-progress.js';
import { readRun } from './runs.read.js';

/**
 * A report that was asked for is due: claims it under a lease, makes it, and tells its owner when that fails for good.
 * Whoever is killed over it leaves nothing but the lease: the next one begins anew.
 */
@Injectable()
@HandlesOccurrence('report.make')
export class ReportMaking implements LongWorkHandler {
  readonly isLong = true;

  constructor(
    private readonly db: Database,
    private readonly maker: ReportMaker,
    private readonly delivery: ReportDelivery,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async do({ subjectId: runId, coalitionId }: DueOccurrence, stop: AbortSignal): Promise<LongOutcome> {
    const asJob = <T>(work: (tx: Tx) => Promise<T>) =>
      inTransaction(this.db, jobActor('report.make', coalitionId), work);
    const claimed = await asJob((tx) => this.claim(tx, runId));
    if (typeof claimed !== 'number') return claimed;
    const progress = new Progress(this.db, { runId, coalitionId, attempt: claimed }, stop);
    try {
      await this.maker.make(runId, coalitionId, progress);
      return { state: 'done', note: 'made' };
    } catch (error) {
      if (error instanceof Ended) return { state: 'done', note: 'it had ended meanwhile' };
      if (error instanceof Stopped) return asJob((tx) => putBack(tx, runId, claimed));
      this.log.warn({ run: runId, err: error }, 'a report could not be made');
      return asJob((tx) => this.failed(tx, runId, claimed, error));
    } finally {
      progress.end();
    }
  }

  /** Takes the run, unless somebody else has it. Returns the number of this attempt, or what is to be done instead. */
  private async claim(tx: Tx, runId: string): Promise<number | LongOutcome> {
    await tx.row(`SELECT id FROM report_runs WHERE id = $1 FOR UPDATE`, [runId]);
    const run = await readRun(tx, runId);
    const step = nextStep(run, tx.now);
    if (step.do === 'nothing') return { state: 'done', note: `it is ${run.state}` };
    if (step.do === 'wait') return { state: 'waiting', retryAt: step.until, reason: null };
    if (step.do === 'giveUp') return this.giveUp(tx, runId, step.reason);
    await tx.run(
      `UPDATE report_runs SET state = 'making', attempts = attempts + 1, rows_written = 0, lease_until = $2 WHERE id = $1`,
      [runId, new Date(tx.now.getTime() + LEASE_MS)],
    );
    return run.attempts + 1;
  }

  private async failed(tx: Tx, runId: string, attempt: number, error: unknown): Promise<LongOutcome> {
    const reason = reasonOf(error);
    const step = afterFailure(attempt, { isRefusal: error instanceof DomainError });
    if (step.do === 'giveUp') return this.giveUp(tx, runId, reason);
    await tx.run(
      `UPDATE report_runs SET state = 'queued', lease_until = NULL, failure = $3
       WHERE id = $1 AND state = 'making' AND attempts = $2`,
      [runId, attempt, reason],
    );
    return { state: 'waiting', retryAt: new Date(tx.now.getTime() + step.afterMs), reason };
  }

  private async giveUp(tx: Tx, runId: string, reason: string): Promise<LongOutcome> {
    await tx.run(
      `UPDATE report_runs SET state = 'failed', lease_until = NULL, failure = $2
       WHERE id = $1 AND state IN ('queued', 'making')`,
      [runId, reason],
    );
    await this.delivery.tellOfFailure(tx, await readRun(tx, runId));
    return { state: 'done', note: `failed: ${reason}` };
  }
}

/** As if it had not been begun: this process ends, and another makes it. */
async function putBack(tx: Tx, runId: string, attempt: number): Promise<LongOutcome> {
  await tx.run(
    `UPDATE report_runs SET state = 'queued', attempts = attempts - 1, lease_until = NULL
     WHERE id = $1 AND state = 'making' AND attempts = $2`,
    [runId, attempt],
  );
  return { state: 'waiting', retryAt: tx.now, reason: 'the worker that made it was stopped' };
}

const reasonOf = (error: unknown): string => {
  if (error instanceof DomainError) return error.detail;
  return error instanceof Error ? error.message.slice(0, 500) : 'It could not be made.';
};
