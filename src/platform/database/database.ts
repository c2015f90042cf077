import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { translateDatabaseError } from '../errors/database-errors.js';
import { type Actor, actorSettings } from './actor.js';
import { Tx } from './tx.js';

/** The connection pool and the clock: what a transaction is made of. */
@Injectable()
export class Database {
  constructor(
    readonly source: DataSource,
    readonly clock: Clock,
  ) {}
}

const MOST_TRIES = 6;
const serializationFailure = '40001';
const deadlockDetected = '40P01';

/**
 * Runs `work` in one transaction as `actor`. Row-level security is told who acts before anything else
 * happens. The whole callback is run again, a bounded number of times, after a deadlock or serialization
 * failure: so it must have no side effect but the database.
 */
export async function inTransaction<T>(
  db: Database,
  actor: Actor,
  work: (tx: Tx) => Promise<T>,
  isolation: 'READ COMMITTED' | 'REPEATABLE READ' = 'READ COMMITTED',
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.source.transaction(isolation, async (manager) => {
        const now = db.clock.now();
        const tx = new Tx(manager, actor, now);
        await setActor(tx);
        return work(tx);
      });
    } catch (error) {
      if (attempt >= MOST_TRIES || !isTransient(error)) throw translateDatabaseError(error);
      await new Promise((resolve) => setTimeout(resolve, 5 * 2 ** attempt * (0.5 + Math.random())));
    }
  }
}

/** One snapshot, no writes: for reports whose figures must tie among themselves. */
export function inSnapshot<T>(db: Database, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransaction(db, actor, work, 'REPEATABLE READ');
}

async function setActor(tx: Tx): Promise<void> {
  const settings = { ...actorSettings(tx.actor), 'app.today': tx.now.toISOString().slice(0, 10) };
  await tx.rows(
    `SELECT set_config(name, value, true) FROM unnest($1::text[], $2::text[]) AS setting (name, value)`,
    [Object.keys(settings), Object.values(settings)],
  );
}

function isTransient(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === serializationFailure || code === deadlockDetected;
}
