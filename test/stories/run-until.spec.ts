import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { importCbpf } from '../../src/exchange/cbpf/cbpf-import.js';
import { LedgerService } from '../../src/ledger/ledger.service.js';
import { readConfig, type Config } from '../../src/platform/config/config.js';
import { Database } from '../../src/platform/database/database.js';
import { rehearse } from '../../src/run-until.command.js';
import { TestApp } from '../support/app.js';
import { CbpfFiles, gift, project } from '../support/cbpf-sample.js';

const now = new Date('2026-11-24T09:00:00Z');
const until = '2026-12-31';
const goOn = new AbortController().signal;

let app: TestApp;
let config: Config;
let isRunning = true;

beforeAll(async () => {
  app = await TestApp.start({ story: 'run until', now: now.toISOString() });
  config = readConfig({
    NODE_ENV: 'test',
    DATABASE_URL: app.database.appUrl,
    MIGRATION_DATABASE_URL: app.database.ownerUrl,
    REDIS_URL: 'redis://127.0.0.1:1',
    SESSION_SECRET: 'x'.repeat(32),
  });
  const dunes: [number, string] = [101, 'Dunes'];
  const term = { AStrDt: '12/1/2026', AEndDt: '5/31/2027', PrjDur: '6 Months' };
  const files = new CbpfFiles(
    [gift(dunes, '2026', [5, 'Northland'], '1000.00'), gift(dunes, '2027', [5, 'Northland'], '4000.00')],
    [
      // Instalments of 300.00 in February, May, August and November; of 500.00 in December and March.
      project(dunes, 'D-1', '1200.00'),
      project(dunes, 'D-2', '1000.00', term),
      project(dunes, 'D-3', '20.00', term),
    ],
  );
  await importCbpf(app.nest.get(Database), app.nest.get(LedgerService), {
    ...files,
    ...{ fund: null, dryRun: false, personId: null },
  });
  files.remove();
});
afterAll(async () => {
  if (isRunning) await app.stop();
});

/** As the owner, beside the application. */
async function rows<Row>(sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: app.database.ownerUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}
const copies = () => rows(`SELECT datname FROM pg_database WHERE starts_with(datname, 'rehearsal_')`);

describe('run-until', () => {
  it('says what to do when the database is in use', async () => {
    await expect(rehearse(config, { now, until, stop: goOn })).rejects.toThrow(
      /^Somebody is connected to the database “story_run_until”, and PostgreSQL copies none that is in use\. Stop Tributary/,
    );
    expect(await copies()).toEqual([]);
    await app.stop();
    isRunning = false;
  });

  it('brings due what comes due until the end of the day, and says what there is cash for', async () => {
    const moves: string[] = [];
    const outcome = await rehearse(config, { now, until, stop: goOn }, (to) => moves.push(to.toISOString()));
    // To what comes due; and to the first of each month, when every pool is looked at for its funding cliff.
    expect(moves).toEqual([
      '2026-11-24T09:00:00.000Z',
      '2026-12-01T00:00:00.000Z',
      '2026-12-01T07:00:00.000Z',
      '2027-01-01T07:00:00.000Z',
    ]);
    expect(outcome?.pools).toEqual([
      {
        ...{ coalition: 'Dunes', pool: 'Dunes pooled fund', currency: 'USD' },
        ...{ due: 6, dueAmount: 1_710_00n, payable: 4, payableAmount: 910_00n },
        ...{ held: 2, heldAmount: 800_00n, firstHeldOn: '2026-11-01', heldOtherwise: 0 },
      },
    ]);
    expect(outcome?.held).toEqual([
      {
        ...{ coalition: 'Dunes', grant: 'D-1', payee: 'Lantern Relief', number: 4, dueOn: '2026-11-01' },
        ...{ amount: 300_00n, currency: 'USD', reasons: ['short by US$200.00'] },
      },
      {
        ...{ coalition: 'Dunes', grant: 'D-2', payee: 'Lantern Relief', number: 1, dueOn: '2026-12-01' },
        ...{ amount: 500_00n, currency: 'USD', reasons: ['short by US$400.00'] },
      },
    ]);
  });

  it('leaves the database itself as it was, and no copy behind', async () => {
    expect(await rows(`SELECT state, count(*)::int FROM instalments GROUP BY 1`)).toEqual([
      { state: 'planned', count: 8 },
    ]);
    expect(await copies()).toEqual([]);
  });

  it('drops the copy when it is stopped in the middle', async () => {
    const stop = new AbortController();
    const outcome = await rehearse(config, { now, until, stop: stop.signal }, () => stop.abort());
    expect(outcome).toBeNull();
    expect(await copies()).toEqual([]);
  });

  it('clears away what a killed rehearsal has left', async () => {
    await rows(`CREATE DATABASE rehearsal_left_over`);
    await rehearse(config, { now, until: '2026-11-24', stop: goOn });
    expect(await copies()).toEqual([]);
  });
});
