import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { startOf, isAlive } from './data-lock.js';
import { APPLICATION_LOGIN, startEmbeddedPostgres } from './embedded-postgres.js';
import { checkRedis, startRedisServer } from './redis-server.js';
import type { Secrets } from './secrets.js';
import { readOrMakeSecrets, writePrivately } from './secrets.js';
import type { ServerProcess } from './server-process.js';
import { StartError } from './start-error.js';

/** The servers behind an installation: ours where none were given. */
export interface Connections {
  /** The settings that the web, worker and command-line processes are started with. */
  readonly env: NodeJS.ProcessEnv;
  readonly dataDir: string;
  readonly databaseIsEmbedded: boolean;
  /** Our own servers, in the order in which they are to be stopped. */
  readonly servers: readonly { readonly name: string; readonly process: ServerProcess }[];
  stop(): Promise<void>;
}

interface Running {
  readonly pid: number;
  readonly startedAt: string | null;
  readonly databaseUrl: string;
  readonly migrationDatabaseUrl: string;
  readonly redisUrl: string;
}

/**
 * Opens the way to PostgreSQL and Redis: what the environment names, and embedded servers for what it does not.
 * The caller holds the data folder.
 * @throws StartError when one of them does not answer or cannot be started
 */
export async function openConnections(
  env: NodeJS.ProcessEnv,
  onProgress: (line: string) => void,
): Promise<Connections> {
  const dataDir = resolve(env.DATA_DIR || '.data');
  const secrets = readOrMakeSecrets(dataDir);
  const servers: { name: string; process: ServerProcess }[] = [];
  const stop = async (): Promise<void> => {
    for (const { process } of servers) await process.stop();
  };
  try {
    const database = await openDatabase(env, dataDir, secrets, onProgress);
    if (database.server) servers.unshift({ name: 'PostgreSQL', process: database.server });
    const redis = await openRedis(env, dataDir, secrets, onProgress);
    if (redis.server) servers.unshift({ name: 'Redis', process: redis.server });
    return {
      dataDir,
      databaseIsEmbedded: database.server !== null,
      servers,
      stop,
      env: {
        ...env,
        DATA_DIR: dataDir,
        DATABASE_URL: database.url,
        MIGRATION_DATABASE_URL: database.migrationUrl,
        REDIS_URL: redis.url,
        SESSION_SECRET: env.SESSION_SECRET || secrets.sessionSecret,
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Tells the commands how to reach what this process has started. */
export function announce(connections: Connections): void {
  const { DATABASE_URL = '', MIGRATION_DATABASE_URL = '', REDIS_URL = '' } = connections.env;
  const running: Running = {
    pid: process.pid,
    startedAt: startOf(process.pid),
    databaseUrl: DATABASE_URL,
    migrationDatabaseUrl: MIGRATION_DATABASE_URL,
    redisUrl: REDIS_URL,
  };
  writePrivately(runningFile(connections.dataDir), `${JSON.stringify(running, null, 2)}\n`);
}

export function runningFile(dataDir: string): string {
  return join(dataDir, 'running.json');
}

/** The settings of the Tributary that runs on this data folder, if one does. */
export function runningEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv | null {
  const dataDir = resolve(env.DATA_DIR || '.data');
  const file = runningFile(dataDir);
  if (!existsSync(file)) return null;
  const running = JSON.parse(readFileSync(file, 'utf8')) as Running;
  if (!isAlive(running)) return null;
  const secrets = readOrMakeSecrets(dataDir);
  const given = givenDatabase(env, secrets);
  return {
    ...env,
    DATA_DIR: dataDir,
    DATABASE_URL: given?.url ?? running.databaseUrl,
    MIGRATION_DATABASE_URL: given?.migrationUrl ?? running.migrationDatabaseUrl,
    REDIS_URL: env.REDIS_URL || running.redisUrl,
    SESSION_SECRET: env.SESSION_SECRET || secrets.sessionSecret,
  };
}

interface Database {
  readonly url: string;
  readonly migrationUrl: string;
  readonly server: ServerProcess | null;
}

async function openDatabase(
  env: NodeJS.ProcessEnv,
  dataDir: string,
  secrets: Secrets,
  onProgress: (line: string) => void,
): Promise<Database> {
  const given = givenDatabase(env, secrets);
  if (given) {
    await checkDatabase(
      given.migrationUrl,
      env.MIGRATION_DATABASE_URL ? 'MIGRATION_DATABASE_URL' : 'DATABASE_URL',
    );
    return { ...given, server: null };
  }
  if (env.MIGRATION_DATABASE_URL) {
    throw new StartError(
      'DATABASE_URL is not set and MIGRATION_DATABASE_URL is: set both, or DATABASE_URL alone, or neither.',
    );
  }
  onProgress('Starting PostgreSQL');
  const postgres = await startEmbeddedPostgres({ dataDir, secrets, onProgress });
  return { url: postgres.applicationUrl, migrationUrl: postgres.ownerUrl, server: postgres.server };
}

/** `DATABASE_URL` given alone is the owner's, and the application gets a login of its own that owns nothing. */
function givenDatabase(env: NodeJS.ProcessEnv, secrets: Secrets): Omit<Database, 'server'> | null {
  const { DATABASE_URL: url, MIGRATION_DATABASE_URL: migrationUrl } = env;
  if (!url) return null;
  return migrationUrl
    ? { url, migrationUrl }
    : { url: applicationUrl(url, secrets.appPassword), migrationUrl: url };
}

/** The same host and database, entered by the application's own login. */
export function applicationUrl(ownerUrl: string, password: string): string {
  const url = new URL(ownerUrl);
  url.username = APPLICATION_LOGIN;
  url.password = password;
  return url.href;
}

async function openRedis(
  env: NodeJS.ProcessEnv,
  dataDir: string,
  secrets: Secrets,
  onProgress: (line: string) => void,
): Promise<{ url: string; server: ServerProcess | null }> {
  if (env.REDIS_URL) {
    await checkRedis(env.REDIS_URL);
    return { url: env.REDIS_URL, server: null };
  }
  onProgress('Starting the job queue');
  const redis = await startRedisServer({ dataDir, env, password: secrets.redisPassword });
  if (!redis.durable) {
    onProgress(
      '  no redis-server on the PATH: the queue is kept in memory (nothing is lost, work is in PostgreSQL)',
    );
  }
  return { url: redis.url, server: redis.server };
}

async function checkDatabase(url: string, setting: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    const { host, pathname } = new URL(url);
    const { code, message } = error as NodeJS.ErrnoException;
    throw new StartError(
      `The database at ${host}${pathname} cannot be reached (${message || code || 'no answer'}). Check ${setting}, or leave it out to use the embedded PostgreSQL.`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Whether only this machine can reach an address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
