import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { doorActor } from '../database/actor.js';
import { Database, inTransaction } from '../database/database.js';
import type { Tx } from '../database/tx.js';
import { mailStates } from '../mail/mail-message.entity.js';
import { OCCURRENCE_KINDS } from '../queue/job-kinds.js';

/** Work that is due for longer than this is late. */
const LATE_MS = 60_000;

/** What Prometheus is told: the process, its requests, and the work that lies in the database. No money, no names. */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'tributary_http_request_seconds',
    help: 'Time to answer a request, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });
  private readonly waiting = this.gauge('tributary_occurrences_waiting', 'Dated work not done yet', ['kind']);
  private readonly late = this.gauge('tributary_occurrences_late', 'Dated work due for over a minute', [
    'kind',
  ]);
  private readonly outbox = this.gauge('tributary_outbox_open', 'Messages that nobody has handled yet', []);
  private readonly mails = this.gauge('tributary_mails', 'Mails, by state', ['state']);
  private readonly database = this.gauge('tributary_database_up', 'Whether the database answers', []);

  constructor(private readonly db: Database) {
    collectDefaultMetrics({ register: this.registry });
  }

  readonly contentType = this.registry.contentType;

  /** Counts a request that was answered. `route` is a template, never an address with ids in it. */
  observe(request: { method: string; route: string; status: number; seconds: number }): void {
    const { method, route, status, seconds } = request;
    this.requests.observe({ method, route, status }, seconds);
  }

  /** Everything as Prometheus reads it. A database that does not answer is a figure of its own. */
  async text(): Promise<string> {
    try {
      await inTransaction(this.db, doorActor('scheduler', 'metrics'), (tx) => this.readWork(tx));
      await inTransaction(this.db, doorActor('post', 'metrics'), (tx) => this.readMails(tx));
      this.database.set(1);
    } catch {
      this.database.set(0);
    }
    return this.registry.metrics();
  }

  private async readWork(tx: Tx): Promise<void> {
    const rows = await tx.rows<{ kind: string; waiting: number; late: number }>(
      `SELECT kind, count(*)::int AS waiting, (count(*) FILTER (WHERE due_at <= $1))::int AS late
       FROM occurrences WHERE state = 'waiting' GROUP BY kind`,
      [new Date(tx.now.getTime() - LATE_MS)],
    );
    for (const kind of OCCURRENCE_KINDS) {
      const found = rows.find((row) => row.kind === kind);
      this.waiting.set({ kind }, found?.waiting ?? 0);
      this.late.set({ kind }, found?.late ?? 0);
    }
    const outbox = await tx.row<{ open: number }>(
      `SELECT count(*)::int AS open FROM outbox_messages WHERE handled_at IS NULL`,
    );
    this.outbox.set(outbox?.open ?? 0);
  }

  private async readMails(tx: Tx): Promise<void> {
    const rows = await tx.rows<{ state: string; count: number }>(
      `SELECT state, count(*)::int AS count FROM mail_messages GROUP BY state`,
    );
    for (const state of mailStates) {
      this.mails.set({ state }, rows.find((row) => row.state === state)?.count ?? 0);
    }
  }

  private gauge<Label extends string>(name: string, help: string, labelNames: Label[]): Gauge<Label> {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }
}
