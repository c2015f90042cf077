import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrations } from '../../src/migrations/index.js';
import { runMigrations } from '../../src/migrations/run-migrations.js';
import { createDataSource } from '../../src/platform/database/data-source.js';
import { createDatabase, type TestDatabase } from '../support/servers.js';

const name = `test_${randomBytes(8).toString('hex')}`;
let migrated: TestDatabase;
let older: { owner: string; app: string };

/** An empty database beside the migrated one, to be brought up step by step. */
beforeAll(async () => {
  migrated = await createDatabase();
  await onServer(`CREATE DATABASE ${name} OWNER tributary_owner`);
  older = { owner: inDatabase(migrated.ownerUrl), app: inDatabase(migrated.appUrl) };
});

afterAll(async () => {
  await onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await migrated.drop();
});

describe('migrations', () => {
  it('run again, change nothing', async () => {
    expect(await runMigrations(migrated.ownerUrl, migrated.appUrl)).toEqual([]);
  });

  it('bring an older, populated database up to date, and keep what is in it', async () => {
    const some = migrations.slice(0, 4);
    const source = createDataSource({ url: older.owner, applicationName: 'older', migrations: some });
    await source.initialize();
    await source.runMigrations();
    await source.query(`
      WITH coalition AS (
        INSERT INTO coalitions (name, kind, time_zone, business_day, created_at)
        VALUES ('River Towns', 'coordinating', 'Europe/London', 'following', '2025-01-01') RETURNING id)
      INSERT INTO pools (coalition_id, name, currency, attribution_rule, refund_policy, created_at)
      SELECT id, 'River Fund', 'GBP', 'pro_rata', 'none', '2025-01-01' FROM coalition`);
    await source.destroy();

    const applied = await runMigrations(older.owner, older.app);

    expect(applied).toEqual(migrations.slice(4).map((migration) => migration.name));
    expect(await rowsOf(older.owner, `SELECT name, currency FROM pools`)).toEqual([
      { name: 'River Fund', currency: 'GBP' },
    ]);
    expect(await rowsOf(older.owner, schemaOf)).toEqual(await rowsOf(migrated.ownerUrl, schemaOf));
  });

  it('two that start at once do not trip over each other', async () => {
    const both = await Promise.all([
      runMigrations(migrated.ownerUrl, migrated.appUrl),
      runMigrations(migrated.ownerUrl, migrated.appUrl),
    ]);
    expect(both).toEqual([[], []]);
  });
});

const schemaOf = `SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
  WHERE table_schema = 'public' ORDER BY 1, 2`;

async function rowsOf(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}

const onServer = (sql: string): Promise<unknown[]> => rowsOf(migrated.superuserUrl, sql);

function inDatabase(address: string): string {
  const url = new URL(address);
  url.pathname = `/${name}`;
  return url.href;
}
