import type { MovableClock } from '../../platform/clock.js';
import { doorActor } from '../../platform/database/actor.js';
import { type Database, inTransaction } from '../../platform/database/database.js';
import type { DueWork } from '../../platform/queue/due-work.js';

export interface MovedClock {
  db: Database;
  work: DueWork;
  clock: MovableClock;
  /** The last instant whose work is done. */
  until: Date;
  /** Told before the work of each instant. */
  onMove: (to: Date) => void;
  /** Asked between pieces of work. */
  isStopped: () => boolean;
}

/**
 * Does everything that is due, moves the clock to the next instant at which something is, and so on: nothing is done
 * early, and no day without work costs anything. Returns how many pieces of work were done.
 */
export async function workUntil({ db, work, clock, until, onMove, isStopped }: MovedClock): Promise<number> {
  let done = 0;
  while (!isStopped()) {
    onMove(clock.now());
    done += await doAllDue(work, isStopped);
    const next = await nextInstant(db, clock.now());
    if (next === null || next > until) break;
    clock.moveTo(next);
  }
  if (clock.now() < until) clock.moveTo(until);
  return done;
}

/** What `DueWork.drain` does, stoppable. */
async function doAllDue(work: DueWork, isStopped: () => boolean): Promise<number> {
  let done = 0;
  for (;;) {
    let round = 0;
    for (const id of await work.openMessages()) {
      if (isStopped()) return done;
      round += (await work.runMessage(id)) ? 1 : 0;
    }
    for (const group of await work.dueGroups()) {
      if (isStopped()) return done;
      round += await work.runGroup(group);
    }
    if (round === 0) return done;
    done += round;
  }
}

/** When something comes due after this instant, or is to be tried again. */
async function nextInstant(db: Database, after: Date): Promise<Date | null> {
  const row = await inTransaction(db, doorActor('scheduler', 'run-until'), (tx) =>
    tx.row<{ next: Date | null }>(
      `SELECT min(at) AS next FROM (
         SELECT greatest(due_at, retry_at) AS at FROM occurrences WHERE state = 'waiting'
         UNION ALL SELECT retry_at FROM outbox_messages WHERE handled_at IS NULL) AS waiting
       WHERE at > $1`,
      [after],
    ),
  );
  return row?.next ?? null;
}
