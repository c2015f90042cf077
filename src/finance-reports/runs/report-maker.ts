import { Injectable } from '@nestjs/common';
import { audit } from '../../platform/audit/audit.js';
import { type Actor, jobActor, personActor } from '../../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { FileSink } from '../../platform/files/file-parts.js';
import { closePast } from '../../pools/pool-position.js';
import { definitionOf } from '../definitions/report-definitions.js';
import { carriedBalances } from '../documents/carried-balances.js';
import { type ComposedPool, composeReport } from '../documents/compose-report.js';
import { keepSection, type KeptSection } from '../documents/kept-section.js';
import { type ReportDocument, ties } from '../documents/report-document.js';
import { ReportDelivery } from '../subscriptions/report-delivery.js';
import { reportWriters } from '../writers/report-writers.js';
import { findScope, scopeOf } from './run-order.js';
import { Ended, type Progress } from './run-progress.js';
import { type ReportRun, readRun } from './runs.read.js';

interface Made {
  document: ReportDocument;
  pools: ComposedPool[];
  sections: KeptSection[];
}

/**
 * Makes a report from one snapshot of the ledger, holds it to the ledger, and writes its files. The pools are not held
 * meanwhile: their past is closed first. Files, figures and letters come to be in one transaction, or not at all.
 */
@Injectable()
export class ReportMaker {
  constructor(
    private readonly db: Database,
    private readonly delivery: ReportDelivery,
  ) {}

  /** @throws Ended, Stopped; DomainError where it may not be made; whatever the database and the writers throw */
  async make(runId: string, coalitionId: string, progress: Progress): Promise<void> {
    const { run, actor } = await inTransaction(this.db, jobActor('report.make', coalitionId), async (tx) => {
      const found = await readRun(tx, runId);
      return { run: found, actor: actorFor(found) };
    });
    const pools = await this.findPools(actor, run);
    for (const { id } of [...pools].sort((one, other) => (one.id < other.id ? -1 : 1)))
      await inTransaction(this.db, actor, (tx) => closePast(tx, id, run.asOf));
    await inSnapshot(this.db, actor, async (reading) => {
      const made = await this.compose(reading, run, pools);
      progress.check();
      await inTransaction(this.db, actor, async (writing) => {
        const rows = await this.writeFiles(writing, run, made, progress);
        await this.finish(writing, run, { ...made, rows }, progress);
      });
    });
  }

  /** As it was asked for; or what its scope is now, bounded by what its owner may see. */
  private async findPools(actor: Actor, run: ReportRun): Promise<ComposedPool[]> {
    if (run.pools.length > 0 && actor.kind === 'job') return run.pools;
    const scope = scopeOf(run);
    const found = await inTransaction(this.db, actor, (tx) => findScope(tx, scope));
    const isSeen = (id: string) => found.pools.some((pool) => pool.id === id);
    if (!run.pools.every(({ id }) => isSeen(id)) || !found.coalitionIds.includes(run.coalitionId))
      throw new DomainError('ruleBroken', 'Its owner does not see all of its coalitions any more.');
    return run.pools.length > 0 ? run.pools : found.pools.map((pool) => ({ ...pool, policies: null }));
  }

  private async compose(reading: Tx, run: ReportRun, pools: ComposedPool[]): Promise<Made> {
    const { kind, period, asOf, basis, funderId, currency, rates } = run;
    const order = { kind, pools, period, asOf, basis, funderId, currency, rates };
    const composed = await composeReport(reading, definitionOf(kind), order);
    const sections: KeptSection[] = [];
    for (const [index, section] of composed.document.sections.entries()) {
      const carried = await carriedBalances(reading, { pool: pools[index]!, period, asOf, basis });
      sections.push(await keepSection(section, carried));
    }
    return { ...composed, sections };
  }

  private async writeFiles(writing: Tx, run: ReportRun, made: Made, progress: Progress): Promise<number> {
    const { document, pools } = made;
    const coalitionIds = coalitionsOf(run, pools);
    let before = 0;
    for (const [index, format] of run.formats.entries()) {
      const writer = reportWriters[format];
      if (!writer) throw new DomainError('ruleBroken', `Nothing writes reports as ${format}.`);
      const sink = new FileSink(writing, run.coalitionId);
      let rows = 0;
      await writer.write(document, sink, (written) => {
        rows = written;
        progress.at(before + rows);
      });
      // Each format has the same rows: after the first it is known how many there will be.
      before += rows;
      progress.at(before, Math.ceil((before / (index + 1)) * run.formats.length));
      const file = await sink.keep(writer.mediaType, coalitionIds);
      await writing.run(
        `INSERT INTO report_files (coalition_id, run_id, format, file_id, file_name, sha256) VALUES ($1, $2, $3, $4, $5, $6)`,
        [
          ...[run.coalitionId, run.id, format, file.id],
          ...[fileName(document, writer.extension, run.asOf), file.sha256],
        ],
      );
    }
    // From here on the run's row is ours: nobody else says how far it is.
    progress.end();
    return before;
  }

  private async finish(
    writing: Tx,
    run: ReportRun,
    { document, pools, sections, rows }: Made & { rows: number },
    progress: Progress,
  ): Promise<void> {
    const isTied = ties(document) && sections.every(carriedTie);
    const state = isTied ? 'made' : 'doesNotTie';
    const ended = await writing.run(
      `UPDATE report_runs SET state = $3, pools = $4, sections = $5, pool_ids = $6, coalition_ids = $7, made_at = $8,
         rows_written = $9, rows_expected = $9, lease_until = NULL, failure = NULL,
         late = late OR (subscription_id IS NOT NULL AND NOT is_preview AND $8 - as_of > interval '1 hour')
       WHERE id = $1 AND state = 'making' AND attempts = $2`,
      [
        ...[run.id, progress.run.attempt, state, JSON.stringify(pools), JSON.stringify(sections)],
        ...[pools.map(({ id }) => id), coalitionsOf(run, pools), writing.now, rows],
      ],
    );
    if (ended === 0) throw new Ended('The report was cancelled, or taken up by another.');
    const after = await readRun(writing, run.id);
    await audit(writing, {
      coalitionId: run.coalitionId,
      action: state === 'made' ? 'report.made' : 'report.didNotTie',
      subject: { kind: 'reportRun', id: run.id },
      after: { kind: run.kind, asOf: run.asOf, state, files: after.files },
    });
    await this.delivery.deliver(writing, after);
  }
}

/** The balances that accounts carry are held to as well. */
const carriedTie = ({ controlTotals }: KeptSection): boolean =>
  controlTotals.every(({ report, ledger }) => report === ledger);

/** One coalition's report is the work of a job there; one of several is made with its owner's rights, and no more. */
const actorFor = ({ scope, coalitionId, ownerId, owner }: ReportRun): Actor =>
  scope === 'pool' || scope === 'coalition'
    ? jobActor('report.make', coalitionId)
    : personActor(ownerId, owner ?? '');

/** The one that it lies with first. */
const coalitionsOf = ({ coalitionId }: ReportRun, pools: readonly ComposedPool[]): string[] => [
  ...new Set([coalitionId, ...pools.map((pool) => pool.coalitionId)]),
];

/** "pool-position-river-towns-fund-2026-11-24.csv" */
function fileName({ title, scope }: ReportDocument, extension: string, asOf: Date): string {
  const words = `${title} ${scope}`
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return `${words.replace(/^-|-$/g, '').slice(0, 80)}-${asOf.toISOString().slice(0, 10)}.${extension}`;
}
