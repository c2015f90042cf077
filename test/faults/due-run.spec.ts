import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import pg from 'pg';
import { checks } from '../../src/checks.js';
import { type RedisServer, startRedisServer } from '../../src/platform/embedded/redis-server.js';
import { type CheckResult, runChecks } from '../../src/platform/verify/check.js';
import { TestApp } from '../support/app.js';
import { award, foundCoalition, type TestCoalition } from '../support/coalition.js';
import { queuePrefix } from '../support/servers.js';
import { WorkerProcess } from '../support/worker-process.js';

/**
 * 2,000 instalments of £1.00 have come due, in a pool that has the cash for 1,500 of them. Whatever happens to the
 * queue and to the workers, each is decided over once.
 */
const GRANTS = 10;
const MONTHS = 200;
const WAIT_MS = 45_000;

let app: TestApp;
let coalition: TestCoalition;
let folder: string;
let redisServer: RedisServer;
let redis: Redis;
let lock: pg.Client;
let worker: WorkerProcess | undefined;
const prefix = queuePrefix();

beforeAll(async () => {
  // A server of its own: what is erased here is nobody else's.
  folder = mkdtempSync(join(tmpdir(), 'tributary-faults-'));
  redisServer = await startRedisServer({
    dataDir: folder,
    password: randomBytes(16).toString('hex'),
    env: process.env,
    throwAway: true,
  });
  redis = new Redis(redisServer.url);
  // So long ago that all of it is due by any clock.
  app = await TestApp.start({ now: '2003-12-01T09:00:00Z' });
  coalition = await foundCoalition(app);
  await promise('2000.00');
  await receive('1500.00');
  for (let made = 0; made < GRANTS; made += 1) {
    await award(coalition, {
      ...{ amount: `${MONTHS}.00`, equalInstalments: MONTHS, firstOn: '2004-01-01', everyMonths: 1 },
      ...{ startOn: '2004-01-01', endOn: '2020-12-31' },
    });
  }
  await app.drain();
  lock = new pg.Client({ connectionString: app.database.ownerUrl });
  await lock.connect();
}, 120_000);

afterAll(async () => {
  await worker?.kill();
  await lock?.end();
  redis?.disconnect();
  await app?.stop();
  await redisServer?.server.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const post = (path: string, body: object): Promise<unknown> =>
  coalition.finance.must(coalition.finance.post(`/api/v1/pools/${coalition.poolId}/${path}`, body));

const promise = (amount: string): Promise<unknown> =>
  post('pledges', {
    ...{ funderId: coalition.north, reference: 'N-1', amount, signedOn: '2003-12-01' },
    instalments: [{ dueOn: '2003-12-01', amount }],
  });

const receive = (amount: string): Promise<unknown> =>
  post('contributions', {
    ...{ funderId: coalition.north, amount, receivedOn: '2003-12-01', bankReference: `N-PAID-${amount}` },
  });

/** How many there are of each, by name. */
async function counts(sql: string): Promise<Record<string, number>> {
  const rows = await app.rows<{ name: string; count: number }>(
    `SELECT name, count(*)::int AS count FROM (${sql}) AS named (name) GROUP BY name ORDER BY name`,
  );
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

const occurrences = () => counts(`SELECT state FROM occurrences WHERE kind = 'instalment.due'`);
const states = () => counts(`SELECT state FROM instalments`);
/** What was written down of instalments: once for each change, in the transaction that made it. */
const changes = () => counts(`SELECT action FROM audit_events WHERE subject_kind = 'instalment'`);

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let waitedMs = 0; waitedMs < WAIT_MS; waitedMs += 50) {
    if (await holds()) return;
    await pause(50);
  }
  throw new Error(`Waited in vain until ${what}. The worker says: ${worker?.log}`);
}

/** Takes an instalment away from the worker, so that it stands still in the middle of the batch that has it. */
async function holdInstalment(number: number): Promise<void> {
  await lock.query('BEGIN');
  await lock.query(
    `SELECT id FROM instalments WHERE id = (
       SELECT subject_id FROM occurrences WHERE kind = 'instalment.due' ORDER BY due_at, id LIMIT 1 OFFSET $1)
     FOR UPDATE`,
    [number - 1],
  );
}

async function someoneWaitsForIt(): Promise<boolean> {
  const { rows } = await lock.query(
    `SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = 'transactionid' AND transactionid = pg_current_xact_id()::xid`,
  );
  return rows.length > 0;
}

/** Whoever waits for a row holds its place in the queue, which is a lock of its own. */
async function someoneWaitsForThePool(): Promise<boolean> {
  const { rows } = await lock.query(
    `SELECT 1 FROM pg_locks WHERE locktype = 'tuple' AND relation = 'pools'::regclass
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  );
  return rows.length > 0;
}

const startWorker = () => WorkerProcess.start(app.database, redisServer.url, prefix);

describe('a run over 2,000 due instalments', () => {
  it('is stopped in the middle by a killed worker and an erased queue, and nothing is half done', async () => {
    await holdInstalment(901);
    worker = startWorker();
    await until('the worker stands still', someoneWaitsForIt);

    await redis.flushall();
    await worker.kill();
    await redis.flushall(); // it may have swept once more in between

    expect(await occurrences()).toEqual({ done: 500, waiting: 1_500 });
    expect(await states()).toEqual({ due: 500, planned: 1_500 });
  });

  it('is finished by the next worker: each instalment was decided over exactly once', async () => {
    worker = startWorker();
    // What the killed worker had begun still stands in the database, and holds the pool.
    await until('the next worker waits for the pool', someoneWaitsForThePool);
    await lock.query('ROLLBACK');
    await until('all is done', async () => (await occurrences()).waiting === undefined);

    expect(await occurrences()).toEqual({ done: 2_000 });
    expect(await states()).toEqual({ due: 1_500, held: 500 });
    expect(await changes()).toEqual({ 'instalment.due': 1_500, 'instalment.held': 500 });
    const [changed] = await app.rows(
      `SELECT count(DISTINCT subject_id)::int AS instalments FROM audit_events WHERE subject_kind = 'instalment'`,
    );
    expect(changed).toEqual({ instalments: 2_000 });
  });

  it('goes on when the queue is erased under a living worker: new cash releases what is held', async () => {
    await redis.flushall();
    await receive('100.00');
    await until('the cash is handed on', async () => (await states()).held === 400);

    expect(await states()).toEqual({ due: 1_600, held: 400 });
    expect(await changes()).toEqual({ 'instalment.due': 1_600, 'instalment.held': 500 });
  });

  it('leaves nothing undone, and every invariant holds', async () => {
    await until('the worker is idle', async () => {
      const [open] = await app.rows<{ count: number }>(
        `SELECT (SELECT count(*) FROM occurrences WHERE state = 'waiting' AND due_at <= now())::int
           + (SELECT count(*) FROM outbox_messages WHERE handled_at IS NULL)::int AS count`,
      );
      return open!.count === 0;
    });
    await worker!.stop();

    expect(await counts(`SELECT state FROM occurrences WHERE state = 'failed'`)).toEqual({});
    const results = await runChecks(checks, (sql) =>
      app.rows<Omit<CheckResult, 'rule' | 'milliseconds'>>(sql),
    );
    expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
  });
});
