import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { TestServers } from './global-setup.js';

const TEMPLATE = 'tributary_template';
/** "source database is being accessed by other users": another copy of the template is being made. */
const OBJECT_IN_USE = '55006';

/** A migrated, empty database of a test's own. */
export interface TestDatabase {
  readonly name: string;
  /** As the owner of the schema. */
  readonly ownerUrl: string;
  /** As the application: owns nothing, bypasses nothing. What a test uses unless it says why not. */
  readonly appUrl: string;
  /** As PostgreSQL's superuser, to look behind row-level security or to do damage. */
  readonly superuserUrl: string;
  /** Ends every session on it and removes it; a story's database stays, to be verified after the run. */
  drop(): Promise<void>;
}

/**
 * Copies the migrated template, in tens of milliseconds.
 * @param name of a story, whose database `story_<name>` is kept until the end of the run; leave it out in all
 *   other tests
 */
export async function createDatabase(name?: string): Promise<TestDatabase> {
  const database = name === undefined ? `test_${randomBytes(8).toString('hex')}` : storyDatabase(name);
  const servers = testServers();
  await asSuperuser(async (client) => {
    if (name !== undefined) await client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    await copyTemplate(client, database);
  });
  return {
    name: database,
    ownerUrl: inDatabase(servers.ownerUrl, database),
    appUrl: inDatabase(servers.applicationUrl, database),
    superuserUrl: inDatabase(servers.superuserUrl, database),
    drop: async () => {
      if (name !== undefined) return;
      await asSuperuser((client) => client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`));
    },
  };
}

/** The run's Redis-compatible server, shared by all tests: keep to a prefix of your own. */
export function testRedisUrl(): string {
  return testServers().redisUrl;
}

/** A prefix for queues that no other test file, and no earlier call, has. */
export function queuePrefix(): string {
  return `test-${process.pid}-${randomBytes(6).toString('hex')}`;
}

function testServers(): TestServers {
  const text = process.env.TEST_SERVERS;
  if (!text)
    throw new Error('The test servers are not running: only projects with a global setup have them.');
  return JSON.parse(text) as TestServers;
}

function storyDatabase(name: string): string {
  const database = `story_${name.toLowerCase().replace(/[^a-z0-9]+/g, '_')}`;
  if (database.length > 63) throw new Error(`The story's name "${name}" is too long for a database.`);
  return database;
}

async function copyTemplate(client: pg.Client, database: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query(`CREATE DATABASE ${database} TEMPLATE ${TEMPLATE} OWNER tributary_owner`);
      return;
    } catch (error) {
      if ((error as pg.DatabaseError).code !== OBJECT_IN_USE || attempt === 20) throw error;
      await pause(50 * attempt);
    }
  }
}

async function asSuperuser<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: testServers().superuserUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function inDatabase(address: string, name: string): string {
  const url = new URL(address);
  url.pathname = `/${name}`;
  return url.href;
}
