import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** Why no copy can be made, in a sentence for whoever asked. */
export class CopyRefused extends Error {}

const PREFIX = 'rehearsal_';
/** One copy at a time on a server: whoever holds this lock may remove what others have left. */
const COPY_LOCK = 762_003;
const DROP_WITHIN_MS = 20_000;
const EACH_MS = 100;

const inUse = '55006';
const insufficientPrivilege = '42501';
const diskFull = '53100';

/** A copy of the whole database, to be played with and dropped. The original is only read. */
export class ThrowAwayCopy {
  private constructor(
    private readonly keeper: pg.Client,
    private readonly name: string,
    /** As the owner of the schema, in the copy. */
    readonly ownerUrl: string,
    /** As the application's login, in the copy. */
    readonly applicationUrl: string,
  ) {}

  /**
   * Copies the database while nobody is connected to it: PostgreSQL copies no other.
   * @param ownerUrl the schema's owner, who may create databases
   * @throws CopyRefused
   */
  static async make(ownerUrl: string, applicationUrl: string): Promise<ThrowAwayCopy> {
    const original = decodeURIComponent(new URL(ownerUrl).pathname.slice(1));
    const keeper = new pg.Client({ connectionString: inDatabase(ownerUrl, 'postgres') });
    keeper.on('error', () => undefined); // said by the next query
    await keeper.connect();
    try {
      await requireAlone(keeper);
      await dropLeftOver(keeper);
      const name = `${PREFIX}${randomBytes(6).toString('hex')}`;
      await keeper.query(
        `CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE ${pg.escapeIdentifier(original)}`,
      );
      return new ThrowAwayCopy(keeper, name, inDatabase(ownerUrl, name), inDatabase(applicationUrl, name));
    } catch (error) {
      await keeper.end();
      throw inWords(error, original);
    }
  }

  /** Removes the copy. Close your own connections to it first; one that is still closing is waited for. */
  async drop(): Promise<void> {
    try {
      for (let waitedMs = 0; ; waitedMs += EACH_MS) {
        const gone = await drop(this.keeper, this.name);
        if (gone) return;
        if (waitedMs >= DROP_WITHIN_MS)
          throw new Error(`The copy ${this.name} is still in use: drop it by hand.`);
        await pause(EACH_MS);
      }
    } finally {
      await this.keeper.end();
    }
  }
}

async function requireAlone(keeper: pg.Client): Promise<void> {
  const { rows } = await keeper.query<{ free: boolean }>('SELECT pg_try_advisory_lock($1) AS free', [
    COPY_LOCK,
  ]);
  if (!rows[0]?.free) throw new CopyRefused('Another rehearsal is under way. Wait until it has ended.');
}

/** Copies of rehearsals that were killed. */
async function dropLeftOver(keeper: pg.Client): Promise<void> {
  const { rows } = await keeper.query<{ name: string }>(
    'SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)',
    [PREFIX],
  );
  for (const { name } of rows) await drop(keeper, name);
}

/** Whether it is gone: not while somebody is connected to it. */
async function drop(keeper: pg.Client, name: string): Promise<boolean> {
  try {
    await keeper.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)}`);
    return true;
  } catch (error) {
    if ((error as pg.DatabaseError).code !== inUse) throw error;
    return false;
  }
}

function inDatabase(address: string, name: string): string {
  const url = new URL(address);
  url.pathname = `/${encodeURIComponent(name)}`;
  return url.href;
}

function inWords(error: unknown, original: string): unknown {
  const { code } = (error ?? {}) as pg.DatabaseError;
  if (code === inUse) {
    return new CopyRefused(
      `Somebody is connected to the database “${original}”, and PostgreSQL copies none that is in use. ` +
        'Stop Tributary (Ctrl-C where `npm start` runs), then run this again: it starts the database by itself.',
    );
  }
  if (code === insufficientPrivilege) {
    return new CopyRefused(
      'The owner of the schema, in MIGRATION_DATABASE_URL, may not create databases. Give it that right: ' +
        'ALTER ROLE … CREATEDB.',
    );
  }
  if (code === diskFull) return new CopyRefused('The disk has no room for a copy of the database.');
  return error;
}
