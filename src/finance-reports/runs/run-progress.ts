import { jobActor } from '../../platform/database/actor.js';
import { type Database, inTransaction } from '../../platform/database/database.js';
import { HEARTBEAT_MS, LEASE_MS } from './run.rules.js';

/** The run is not ours any more: it was cancelled, or taken up by another. */
export class Ended extends Error {
  override readonly name = 'Ended';
}

/** The process is about to end. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/**
 * How far a report is made, said every other second in a small transaction beside the long one; that also holds the
 * lease, and finds out when the report was cancelled.
 */
export class Progress {
  private readonly timer: NodeJS.Timeout;
  private rows = 0;
  private expected: number | null = null;
  private ended = false;

  constructor(
    private readonly db: Database,
    readonly run: { runId: string; coalitionId: string; attempt: number },
    private readonly stop: AbortSignal,
  ) {
    this.timer = setInterval(() => void this.say().catch(() => undefined), HEARTBEAT_MS);
  }

  /** @throws Ended, Stopped */
  at(rows: number, expected: number | null = this.expected): void {
    this.rows = rows;
    this.expected = expected;
    this.check();
  }

  /** @throws Ended, Stopped */
  check(): void {
    if (this.stop.aborted) throw new Stopped('The worker was stopped.');
    if (this.ended) throw new Ended('The report was cancelled.');
  }

  end(): void {
    clearInterval(this.timer);
  }

  private async say(): Promise<void> {
    const { runId, coalitionId, attempt } = this.run;
    await inTransaction(this.db, jobActor('report.make', coalitionId), async (tx) => {
      const held = await tx.run(
        `UPDATE report_runs SET rows_written = $3, rows_expected = $4, lease_until = $5
         WHERE id = $1 AND state = 'making' AND attempts = $2`,
        [runId, attempt, this.rows, this.expected, new Date(tx.now.getTime() + LEASE_MS)],
      );
      if (held === 0) this.ended = true;
    });
  }
}
