import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { financeReportsChecks } from '../../src/finance-reports/finance-reports.checks.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { TestApp } from '../support/app.js';
import { foundCoalition, fund, type TestCoalition } from '../support/coalition.js';
import type { ReportRunBody } from '../support/finance-report.js';
import { queuePrefix, testRedisUrl } from '../support/servers.js';
import { WorkerProcess } from '../support/worker-process.js';

/** Enough for a file of several pieces. */
const ENTRIES = 12_000;
const WAIT_MS = 60_000;
/** Held by the test, and wanted by whoever writes the second piece of a file. */
const GATE = 4_711;

let app: TestApp;
let coalition: TestCoalition;
let gate: pg.Client;
let worker: WorkerProcess | undefined;
let runId: string;
const prefix = queuePrefix();

beforeAll(async () => {
  // So long ago that all of it is due by any clock.
  app = await TestApp.start({ now: '2003-12-01T09:00:00Z' });
  coalition = await foundCoalition(app);
  await fund(coalition, '100.00', { on: '2003-12-01' });
  await app.drain();
  gate = new pg.Client({ connectionString: app.database.ownerUrl });
  await gate.connect();
  await gate.query(
    `WITH entry AS (
       INSERT INTO journal_entries (coalition_id, pool_id, kind, description, occurred_on, recorded_at, idempotency_key,
         input_hash, job, document_kind, document_id)
       SELECT $1, $2, 'test.moved', 'Moved, number ' || n, '2003-12-01', '2003-12-01T08:00:00Z', 'moved ' || n, 'x', 'test',
         'test', $2 FROM generate_series(1, ${ENTRIES}) AS n RETURNING id)
     INSERT INTO postings (coalition_id, entry_id, account_id, amount)
     SELECT $1, entry.id, a.id, CASE a.kind WHEN 'cash' THEN 1 ELSE -1 END
     FROM entry JOIN accounts a ON a.pool_id = $2 AND a.kind IN ('cash', 'fundBalance')`,
    [coalition.id, coalition.poolId],
  );
  await gate.query('ANALYZE');
  await app.asSuperuser(`
    CREATE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_advisory_xact_lock(${GATE}); RETURN NEW; END $$;
    CREATE TRIGGER wait_at_gate BEFORE INSERT ON stored_file_parts FOR EACH ROW WHEN (NEW.number = 2)
      EXECUTE FUNCTION wait_at_gate()`);
}, 120_000);

afterAll(async () => {
  await worker?.kill();
  await gate?.end();
  await app?.stop();
});

const read = (): Promise<ReportRunBody & { attempts: number; rowsWritten: number }> =>
  coalition.finance.must(coalition.finance.get(`/api/v1/report-runs/${runId}`));

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let waitedMs = 0; waitedMs < WAIT_MS; waitedMs += 100) {
    if (await holds()) return;
    await pause(100);
  }
  throw new Error(`Waited in vain until ${what}. The worker says: ${worker?.log}`);
}

async function someoneIsAtTheGate(): Promise<boolean> {
  const { rows } = await gate.query(
    `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = ${GATE} AND NOT granted`,
  );
  return rows.length > 0;
}

const openMessages = async (): Promise<number> => {
  const [open] = await app.rows<{ count: number }>(
    `SELECT count(*)::int AS count FROM outbox_messages WHERE handled_at IS NULL`,
  );
  return open!.count;
};

const startWorker = () => WorkerProcess.start(app.database, testRedisUrl(), prefix);

describe('a worker that is killed in the middle of a large report', () => {
  it('has said how far it was, and held up neither payments nor other work', async () => {
    await gate.query(`SELECT pg_advisory_lock(${GATE})`);
    const { finance, poolId } = coalition;
    const asked = await finance.must(
      finance.post<ReportRunBody>(`/api/v1/pools/${poolId}/finance-reports`, { kind: 'generalLedger' }),
    );
    runId = asked.id;
    worker = startWorker();
    await until('the worker writes the second piece', someoneIsAtTheGate);
    await until('it says how far it is', async () => (await read()).rowsWritten > 0);
    await fund(coalition, '1.00', { on: '2003-12-01' });
    await until('the other work is done', async () => (await openMessages()) === 0);
    expect(await read()).toMatchObject({ state: 'making', attempts: 1, files: [] });
  });

  it('leaves nothing of it', async () => {
    await worker!.kill();
    expect(await read()).toMatchObject({ state: 'making', files: [] });
    expect(await app.rows(`SELECT id FROM stored_file_parts`)).toEqual([]);
  });

  it('is followed by the next when its lease is over: one report, one file, and what its hash says', async () => {
    // A minute later, in less.
    await app.rows(`UPDATE report_runs SET lease_until = now()`);
    await app.rows(`UPDATE occurrences SET retry_at = NULL`);
    await gate.query(`SELECT pg_advisory_unlock(${GATE})`);
    worker = startWorker();
    await until('the report is made', async () => (await read()).state === 'made');
    await worker.stop();

    const run = await read();
    expect([run.attempts, run.files.length]).toEqual([2, 1]);
    const { finance } = coalition;
    const { body } = await finance.get<string>(`/api/v1/report-runs/${runId}/files/csv`);
    expect(createHash('sha256').update(body).digest('hex')).toBe(run.files[0]!.sha256);
    expect(body.split('Moved, number ').length - 1).toBe(2 * ENTRIES);
    const [kept] = await app.rows(
      `SELECT count(DISTINCT file_id)::int AS files, count(*) > 1 AS "inPieces" FROM stored_file_parts`,
    );
    expect(kept).toEqual({ files: 1, inPieces: true });
    const results = await runChecks(financeReportsChecks, (sql) => app.rows(sql));
    expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
  });
});
