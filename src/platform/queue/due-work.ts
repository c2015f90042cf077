import { Injectable } from '@nestjs/common';
import { doorActor, jobActor } from '../database/actor.js';
import { Database, inTransaction } from '../database/database.js';
import type { Tx } from '../database/tx.js';
import type { OutboxMessage } from '../outbox/outbox.js';
import { Handlers, type LongWorkHandler, type OccurrenceHandler } from './handlers.js';
import type { OccurrenceKind } from './job-kinds.js';
import { claimDue, type DueOccurrence, endOccurrences, putOff } from './occurrences.js';

/** The most occurrences that one transaction does, unless their handler says otherwise. */
const BATCH = 200;
const MOST_ATTEMPTS = 12;

/** A wake-up: there is work of this kind in this coalition. */
export interface DueGroup {
  kind: OccurrenceKind;
  coalitionId: string;
}

/**
 * Does what is due. PostgreSQL says what that is: these methods read it again, locked, in the transaction
 * that does the work, so a wake-up may come twice, late or not at all.
 */
@Injectable()
export class DueWork {
  private readonly stopping = new AbortController();

  constructor(
    private readonly db: Database,
    private readonly handlers: Handlers,
  ) {}

  /** Which kinds of work are due, and where. */
  async dueGroups(): Promise<DueGroup[]> {
    return inTransaction(this.db, doorActor('scheduler', 'sweep'), (tx) =>
      tx.rows<DueGroup>(
        `SELECT kind, coalition_id AS "coalitionId" FROM occurrences
         WHERE state = 'waiting' AND due_at <= $1 AND (retry_at IS NULL OR retry_at <= $1)
         GROUP BY kind, coalition_id ORDER BY min(due_at), kind, coalition_id`,
        [tx.now],
      ),
    );
  }

  /** Whether work of this kind takes long, and has a lane of its own. */
  isLong(kind: OccurrenceKind): boolean {
    return this.handlers.isLong(kind);
  }

  /** Ids of messages that nobody has handled yet, oldest first. */
  async openMessages(most = 500): Promise<string[]> {
    const rows = await inTransaction(this.db, doorActor('scheduler', 'relay'), (tx) =>
      tx.rows<{ id: string }>(
        `SELECT id FROM outbox_messages WHERE handled_at IS NULL AND (retry_at IS NULL OR retry_at <= $1)
         ORDER BY id LIMIT $2`,
        [tx.now, most],
      ),
    );
    return rows.map(({ id }) => id);
  }

  /** Does all due work of one kind in one coalition, in bounded batches. Returns how much was ended or put off. */
  async runGroup({ kind, coalitionId }: DueGroup): Promise<number> {
    const handler = this.handlers.occurrence(kind);
    if ('isLong' in handler) return this.runLong(handler, kind, coalitionId);
    const { most = BATCH } = handler;
    let handled = 0;
    for (;;) {
      const batch = await this.runBatch(kind, coalitionId, most).catch(() => undefined);
      // One that fails must not hold back the rest of its batch: then each of the batch goes alone.
      const count = batch ?? (await this.runOneByOne(kind, coalitionId, most));
      handled += count;
      if (count === 0) return handled;
    }
  }

  /** Handles one message, unless somebody else did. */
  async runMessage(id: string): Promise<boolean> {
    const message = await this.messageOf(id);
    if (!message) return false;
    try {
      return await inTransaction(this.db, jobActor(message.topic, message.coalitionId), async (tx) => {
        const open = await tx.row(
          `SELECT id FROM outbox_messages WHERE id = $1 AND handled_at IS NULL FOR UPDATE SKIP LOCKED`,
          [id],
        );
        if (!open) return false;
        await this.handlers.topic(message.topic).receive(tx, message);
        await tx.run(`UPDATE outbox_messages SET handled_at = $2 WHERE id = $1`, [id, tx.now]);
        return true;
      });
    } catch (error) {
      await this.postpone('outbox_messages', id, error);
      throw error;
    }
  }

  /**
   * Does everything that is due now, in this process, until nothing is: for the stories and rehearsals, and
   * wherever a moved clock takes the queue's place. Returns how many pieces of work were ended or put off.
   */
  async drain(): Promise<number> {
    let ended = 0;
    for (;;) {
      let round = 0;
      for (const id of await this.openMessages()) round += (await this.runMessage(id)) ? 1 : 0;
      for (const group of await this.dueGroups()) round += await this.runGroup(group);
      if (round === 0) return ended;
      ended += round;
    }
  }

  private runBatch(kind: OccurrenceKind, coalitionId: string, most: number): Promise<number> {
    return inTransaction(this.db, jobActor(kind, coalitionId), async (tx) => {
      const due = await claimDue(tx, kind, coalitionId, most);
      if (due.length > 0) await this.handle(tx, kind, due);
      return due.length;
    });
  }

  /** Each in a transaction of its own; what fails is put off. Returns how many were tried. */
  private async runOneByOne(kind: OccurrenceKind, coalitionId: string, most: number): Promise<number> {
    for (let tried = 0; tried < most; tried += 1) {
      let current: DueOccurrence | undefined;
      try {
        const found = await inTransaction(this.db, jobActor(kind, coalitionId), async (tx) => {
          [current] = await claimDue(tx, kind, coalitionId, 1);
          if (current) await this.handle(tx, kind, [current]);
          return current !== undefined;
        });
        if (!found) return tried;
      } catch (error) {
        if (!current) throw error;
        await this.postpone('occurrences', current.id, error);
      }
    }
    return most;
  }

  /** One piece after the other, until none is due; what fails without an answer is put off like all else. */
  private async runLong(
    handler: LongWorkHandler,
    kind: OccurrenceKind,
    coalitionId: string,
  ): Promise<number> {
    for (let handled = 0; ; handled += 1) {
      const [next] = this.stopping.signal.aborted
        ? []
        : await inTransaction(this.db, jobActor(kind, coalitionId), (tx) =>
            claimDue(tx, kind, coalitionId, 1),
          );
      if (!next) return handled;
      try {
        const outcome = await handler.do(next, this.stopping.signal);
        await inTransaction(this.db, jobActor(kind, coalitionId), (tx) =>
          outcome.state === 'waiting'
            ? putOff(tx, next, outcome)
            : endOccurrences(tx, [{ id: next.id, outcome }]),
        );
      } catch (error) {
        await this.postpone('occurrences', next.id, error);
      }
    }
  }

  /** Puts off what takes long: the process is about to end. */
  stopLong(): void {
    this.stopping.abort();
  }

  private async handle(tx: Tx, kind: OccurrenceKind, due: DueOccurrence[]): Promise<void> {
    const outcomes = await (this.handlers.occurrence(kind) as OccurrenceHandler).handle(tx, due);
    if (outcomes.length !== due.length)
      throw new Error(`The handler of ${kind} answered ${outcomes.length} of ${due.length}.`);
    await endOccurrences(
      tx,
      due.map(({ id }, index) => ({ id, outcome: outcomes[index]! })),
    );
  }

  private messageOf(id: string): Promise<OutboxMessage | undefined> {
    return inTransaction(this.db, doorActor('scheduler', 'relay'), (tx) =>
      tx.row<OutboxMessage>(
        `SELECT id, coalition_id AS "coalitionId", topic, payload FROM outbox_messages WHERE id = $1 AND handled_at IS NULL`,
        [id],
      ),
    );
  }

  /** Tries again later, each time twice as late; an occurrence that keeps failing is given up and shown. */
  private async postpone(
    table: 'occurrences' | 'outbox_messages',
    id: string,
    error: unknown,
  ): Promise<void> {
    const giveUp =
      table === 'occurrences'
        ? `, state = CASE WHEN attempts + 1 >= ${MOST_ATTEMPTS} THEN 'failed' ELSE state END,
             ended_at = CASE WHEN attempts + 1 >= ${MOST_ATTEMPTS} THEN $2::timestamptz END`
        : '';
    await inTransaction(this.db, doorActor('scheduler', 'postpone'), (tx) =>
      tx.run(
        `UPDATE ${table} SET attempts = attempts + 1, last_error = $3,
           retry_at = $2::timestamptz + least(interval '6 hours', interval '5 seconds' * power(2, attempts)) ${giveUp}
         WHERE id = $1`,
        [id, tx.now, error instanceof Error ? error.message.slice(0, 1_000) : 'unknown error'],
      ),
    );
  }
}
