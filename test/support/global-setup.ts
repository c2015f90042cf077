import { mkdirSync, mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** What `servers.ts` needs to know in every Jest worker; handed over as JSON in `TEST_SERVERS`. */
export interface TestServers {
  readonly superuserUrl: string;
  readonly ownerUrl: string;
  readonly applicationUrl: string;
  readonly redisUrl: string;
}

export const TEMPLATE = 'tributary_template';
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Starts one throw-away PostgreSQL and one Redis-compatible server for the whole run, and makes the migrated
 * database that every test's own is copied from. `TEST_DATA_DIR` names a folder to keep; without it everything is
 * removed at the end, also when Jest is interrupted.
 *
 * Jest loads this file by itself, without the module mapping that tests enjoy: hence the built programs.
 */
export default async function globalSetup(): Promise<void> {
  const { setUp } = await load<{ setUp: (say: (line: string) => void) => Promise<void> }>(
    'scripts/setup.mjs',
  );
  await setUp((line) => process.stderr.write(`${line}\n`));

  const dataDir = testDataDir();
  const kept = process.env.TEST_DATA_DIR !== undefined;
  const { readOrMakeSecrets } = await load<Secrets>('dist/platform/embedded/secrets.js');
  const { startEmbeddedPostgres } = await load<Postgres>('dist/platform/embedded/embedded-postgres.js');
  const { startRedisServer } = await load<Redis>('dist/platform/embedded/redis-server.js');
  const { holdDataDir } = await load<Lock>('dist/platform/embedded/data-lock.js');

  const letGo = holdDataDir(dataDir, 'the tests');
  const secrets = readOrMakeSecrets(dataDir);
  const removeAfterwards = !kept;
  const quiet = (): void => undefined;
  const postgres = await startEmbeddedPostgres({
    ...{ dataDir, secrets, removeAfterwards },
    throwAway: true,
    onProgress: quiet,
  });
  const stops = [() => postgres.server.stop()];
  globalThis.stopTestServers = async () => {
    for (const stop of stops) await stop();
    letGo();
    if (!kept) rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const redis = process.env.TEST_REDIS_URL
      ? null
      : await startRedisServer({
          dataDir,
          password: secrets.redisPassword,
          env: process.env,
          throwAway: true,
        });
    if (redis) stops.unshift(() => redis.server.stop());
    await makeTemplate(postgres);
    const { superuserUrl, ownerUrl, applicationUrl } = postgres;
    const redisUrl = process.env.TEST_REDIS_URL ?? redis?.url ?? '';
    const servers: TestServers = { superuserUrl, ownerUrl, applicationUrl, redisUrl };
    process.env.TEST_SERVERS = JSON.stringify(servers);
  } catch (error) {
    await globalThis.stopTestServers();
    throw error;
  }
}

type Secrets = typeof import('../../src/platform/embedded/secrets.js');
type Postgres = typeof import('../../src/platform/embedded/embedded-postgres.js');
type Redis = typeof import('../../src/platform/embedded/redis-server.js');
type Lock = typeof import('../../src/platform/embedded/data-lock.js');
type Migrate = typeof import('../../src/migrations/run-migrations.js');

declare global {
  var stopTestServers: (() => Promise<void>) | undefined;
}

async function load<Module>(file: string): Promise<Module> {
  return (await import(join(ROOT, file))) as Module;
}

function testDataDir(): string {
  const { TEST_DATA_DIR } = process.env;
  if (TEST_DATA_DIR !== undefined) {
    const folder = resolve(ROOT, TEST_DATA_DIR);
    mkdirSync(folder, { recursive: true });
    return folder;
  }
  const folder = mkdtempSync(join(tmpdir(), 'tributary-test-'));
  chmodSync(folder, 0o755); // PostgreSQL's own user must get through
  return folder;
}

/** An empty migrated database that nobody can enter, so that copying it never has to wait. */
async function makeTemplate(
  servers: Pick<TestServers, 'superuserUrl' | 'ownerUrl' | 'applicationUrl'>,
): Promise<void> {
  const client = new pg.Client({ connectionString: servers.superuserUrl });
  await client.connect();
  try {
    await dropLeftovers(client);
    await client.query(`CREATE DATABASE ${TEMPLATE} OWNER tributary_owner`);
    const { runMigrations } = await load<Migrate>('dist/migrations/run-migrations.js');
    await runMigrations(inDatabase(servers.ownerUrl, TEMPLATE), inDatabase(servers.applicationUrl, TEMPLATE));
    await client.query(`ALTER DATABASE ${TEMPLATE} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false`);
  } finally {
    await client.end();
  }
}

/** What an earlier run on the same kept folder has left. */
async function dropLeftovers(client: pg.Client): Promise<void> {
  await client.query(`UPDATE pg_database SET datistemplate = false WHERE datname = '${TEMPLATE}'`);
  const { rows } = await client.query<{ datname: string }>(
    String.raw`SELECT datname FROM pg_database WHERE datname = $1 OR datname LIKE 'test\_%' OR datname LIKE 'story\_%'`,
    [TEMPLATE],
  );
  for (const { datname } of rows) {
    await client.query(`DROP DATABASE ${client.escapeIdentifier(datname)} WITH (FORCE)`);
  }
}

function inDatabase(address: string, name: string): string {
  const url = new URL(address);
  url.pathname = `/${name}`;
  return url.href;
}
