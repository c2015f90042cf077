import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  rmdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { rememberedPort } from './ports.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import { SHARED_FOLDER, postgresBinaries } from './postgres-binaries.js';
import { damaged, whyItDidNotStart } from './postgres-failures.js';
import { stopLeftBehind } from './postgres-left-behind.js';
import type { Secrets } from './secrets.js';
import { ServerProcess } from './server-process.js';
import type { ServerUser } from './server-user.js';
import { canReach, postgresUser } from './server-user.js';
import { StartError, explain } from './start-error.js';

/** Crash recovery after a long day may take this long. */
const START_WITHIN_MS = 5 * 60_000;
const DATABASE = 'tributary';
const OWNER = 'tributary_owner';
export const APPLICATION_LOGIN = 'tributary_app';

export interface EmbeddedPostgres {
  readonly port: number;
  readonly server: ServerProcess;
  /** As PostgreSQL's superuser, to make databases; the application is never given it. */
  readonly superuserUrl: string;
  readonly ownerUrl: string;
  readonly applicationUrl: string;
  readonly logFile: string;
}

export interface EmbeddedPostgresOptions {
  readonly dataDir: string;
  readonly secrets: Secrets;
  readonly onProgress: (line: string) => void;
  /** A cluster for tests: quick, and worthless after a power cut. */
  readonly throwAway?: boolean;
  /** Removes the data folder when the server has stopped, also when this process was killed. */
  readonly removeAfterwards?: boolean;
}

/**
 * Starts the PostgreSQL from npm on the cluster in the data folder, made on the first start.
 * @throws StartError when the disk is full, the cluster damaged, or of another version
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const user = postgresUser();
  const binaries = postgresBinaries(user);
  const logFile = join(options.dataDir, 'logs', 'postgres.log');
  try {
    const cluster = clusterFolder(options.dataDir, user);
    if (readdirSync(cluster).length === 0) {
      options.onProgress('Making the database (the first start only)');
      makeCluster(cluster, binaries, user, options);
    }
    checkVersion(cluster, binaries);
    await stopLeftBehind(cluster);
    return await startOn(cluster, binaries, user, options, logFile);
  } catch (error) {
    throw explain(error, options.dataDir);
  }
}

async function startOn(
  cluster: string,
  binaries: PostgresBinaries,
  user: ServerUser | null,
  options: EmbeddedPostgresOptions,
  logFile: string,
): Promise<EmbeddedPostgres> {
  const port = await rememberedPort(options.dataDir, 'postgres');
  const server = new ServerProcess({
    command: binaries.postgres,
    args: ['-D', cluster, '-p', String(port), ...settings(options.throwAway ?? false)],
    env: serverEnvironment(),
    logFile,
    stopSignal: 'SIGINT', // "fast": ends the sessions, writes a checkpoint
    killSignal: 'SIGQUIT', // "immediate": its own children end too, and the next start recovers
    stopWithinMs: 30_000,
    // The cluster's parent is another folder than the data folder where PostgreSQL's user could not get in.
    ...(options.removeAfterwards ? { removeAfterwards: [options.dataDir, dirname(cluster)] } : {}),
    ...(user ? { user } : {}),
  });
  const url = (login: string, password: string, database: string): string =>
    `postgres://${login}:${password}@127.0.0.1:${port}/${database}`;
  const { postgresPassword, ownerPassword, appPassword } = options.secrets;
  const superuserUrl = url('postgres', postgresPassword, 'postgres');
  try {
    await untilReady(superuserUrl, server, cluster, options);
    await makeOwnerAndDatabase(superuserUrl, ownerPassword);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    port,
    server,
    superuserUrl,
    ownerUrl: url(OWNER, ownerPassword, DATABASE),
    applicationUrl: url(APPLICATION_LOGIN, appPassword, DATABASE),
    logFile,
  };
}

/** The folder of the cluster; a link in the data folder when PostgreSQL's user could not get into that one. */
function clusterFolder(dataDir: string, user: ServerUser | null): string {
  const place = join(dataDir, 'postgres');
  if (!existsSync(place) && user && !canReach(user, dataDir)) {
    mkdirSync(SHARED_FOLDER, { recursive: true, mode: 0o755 });
    const elsewhere = mkdtempSync(join(SHARED_FOLDER, 'data-'));
    chmodSync(elsewhere, 0o755);
    rmSync(place, { force: true }); // a link to a folder that is gone
    symlinkSync(join(elsewhere, 'postgres'), place);
    mkdirSync(join(elsewhere, 'postgres'));
  } else {
    mkdirSync(place, { recursive: true });
  }
  return realpathSync(place);
}

function makeCluster(
  cluster: string,
  binaries: PostgresBinaries,
  user: ServerUser | null,
  { secrets, dataDir }: EmbeddedPostgresOptions,
): void {
  // In a draft that is renamed when it is whole, so that an interrupted first start leaves nothing behind.
  const draft = `${cluster}.new`;
  const passwordFile = `${cluster}.password`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, `${secrets.postgresPassword}\n`, { mode: 0o600 });
  if (user) for (const path of [draft, passwordFile]) chownSync(path, user.uid, user.gid);
  try {
    execFileSync(
      binaries.initdb,
      [
        ...[`--pgdata=${draft}`, '--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
        ...['--encoding=UTF8', '--locale=C.UTF-8', '--data-checksums'],
      ],
      { ...user, cwd: '/', env: serverEnvironment(), stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' },
    );
    rmdirSync(cluster);
    renameSync(draft, cluster);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    const said = (error as { stderr?: string }).stderr;
    throw said ? whyItDidNotStart(said, dataDir) : error;
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function checkVersion(cluster: string, { major }: PostgresBinaries): void {
  const file = join(cluster, 'PG_VERSION');
  if (!existsSync(file)) throw damaged(cluster, 'its PG_VERSION is missing');
  const version = readFileSync(file, 'utf8').trim();
  if (version === major) return;
  if (!/^\d+$/.test(version)) throw damaged(cluster, 'its PG_VERSION is empty');
  throw new StartError(
    `The database in ${cluster} was made by PostgreSQL ${version}, and this is ${major}. Start the Tributary that made it, or set DATA_DIR to another folder.`,
  );
}

function settings(throwAway: boolean): string[] {
  const values = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // The log says what failed, never with what values.
    log_min_messages: 'warning',
    log_parameter_max_length_on_error: '0',
    ...(throwAway ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Nothing of ours but the path: PGDATA, PGPORT and their like would change what we start. */
function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', LC_MESSAGES: 'C', TZ: 'UTC' };
}

async function untilReady(
  url: string,
  server: ServerProcess,
  cluster: string,
  { dataDir, onProgress }: EmbeddedPostgresOptions,
): Promise<void> {
  const waitEachMs = 50;
  for (let waitedMs = 0; waitedMs < START_WITHIN_MS; waitedMs += waitEachMs) {
    if (server.hasExited) throw whyItDidNotStart(server.logSinceStart(), dataDir);
    const refusal = await tryToConnect(url);
    if (refusal === null) return;
    if (refusal === '28P01') {
      throw new StartError(
        `The database in ${cluster} has another password than secrets.json in ${dataDir}. Restore the two together, or set DATA_DIR to another folder.`,
      );
    }
    if (waitedMs === 10_000) onProgress('The database is recovering from a hard stop; this may take a while');
    await pause(waitEachMs);
  }
  throw new StartError(`PostgreSQL did not become ready within five minutes; its log is in ${dataDir}/logs.`);
}

/** `null` when it answers, otherwise the code of the refusal. */
async function tryToConnect(url: string): Promise<string | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return null;
  } catch (error) {
    return (error as { code?: string }).code ?? 'unknown';
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function makeOwnerAndDatabase(superuserUrl: string, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const owner = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [OWNER]);
    const verb = owner.rowCount === 0 ? 'CREATE' : 'ALTER';
    // It makes the throw-away copies for rehearsals, and the tests' databases.
    const rights = 'LOGIN NOSUPERUSER CREATEROLE CREATEDB';
    await client.query(`${verb} ROLE ${OWNER} ${rights} PASSWORD ${client.escapeLiteral(password)}`);
    const database = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (database.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER}`);
  } finally {
    await client.end();
  }
}
