import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes, randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { SMTPServer } from 'smtp-server';
import { checks } from '../../src/checks.js';
import { addDays, type Day } from '../../src/maths/day.js';
import { type RedisServer, startRedisServer } from '../../src/platform/embedded/redis-server.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { TestApp } from '../support/app.js';
import { award, foundCoalition, fund, type TestCoalition } from '../support/coalition.js';
import { queuePrefix } from '../support/servers.js';
import { type Surroundings, WorkerProcess } from '../support/worker-process.js';

/**
 * A year in which 200 reports come due, with two workers and a mail server that catches what it gets. The queue is
 * erased, workers are killed in the middle of what they do, and the mail server refuses some for now or hangs up on
 * what it has taken; all at random moments. Each reminder still comes once, or is known to be uncertain; and none
 * after a report was handed in.
 */
const REQUIREMENTS = Number(process.env.REQUIREMENTS ?? 200);
/** The first days of their grants: their reports, of half a year, fall due on as many days. */
const starts = ['2027-01-01', '2027-01-11', '2027-03-01'] as const;
const ladder = [-21, -7, -1, 0, 3, 7];
const escalateAfter = 14;
const seed = Number(process.env.SEED ?? randomInt(2 ** 31));

let app: TestApp;
let coalition: TestCoalition;
let folder: string;
let redisServer: RedisServer;
let redis: Redis;
let post: SMTPServer;
let surroundings: Surroundings & { smtpUrl: string };
let workers: WorkerProcess[] = [];
let now = '2026-12-01T09:00:00Z';
/** What the mail server took, by the id of the mail; one entry for each time. */
const caught: { mailId: string; at: string; isTold: boolean }[] = [];
/** When each report was handed in. */
const handedIn = new Map<string, string>();
const happened = { erased: 0, killed: 0, refused: 0, hungUp: 0 };
/** Whether what is marked as on its way may be a killed worker's, and stay so until its lease is over. */
let mayBeLeft = false;

/** Random, but the same again for the same seed. */
const chance = (() => {
  let state = seed;
  return (share: number): boolean => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 < share;
  };
})();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-faults-'));
  redisServer = await startRedisServer({
    ...{ dataDir: folder, password: randomBytes(16).toString('hex'), env: process.env, throwAway: true },
  });
  redis = new Redis(redisServer.url);
  post = catchingServer();
  await new Promise<void>((done) => post.listen(0, '127.0.0.1', done));
  app = await TestApp.start({ now });
  coalition = await foundCoalition(app, 'Reminded Towns');
  await fund(coalition, `${REQUIREMENTS}.00`);
  for (let made = 0; made < REQUIREMENTS; made += 1) {
    const startOn = starts[made % starts.length]!;
    await award(coalition, {
      ...{ amount: '1.00', startOn, endOn: addDays(startOn, 180), firstOn: startOn },
      ...{ everyMonths: 1, equalInstalments: 1, reportingFrequency: 'halfYearly' },
    });
  }
  await app.drain();
  // What the awards themselves have brought is not what is looked at here.
  await app.rows(`UPDATE mail_messages SET state = 'kept'`);
  const { port } = post.server.address() as AddressInfo;
  surroundings = {
    ...{ database: app.database, redisUrl: redisServer.url, queuePrefix: queuePrefix() },
    smtpUrl: `smtp://127.0.0.1:${port}`,
  };
}, 180_000);

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.kill()));
  await new Promise<void>((done) => post.close(done));
  redis?.disconnect();
  await app?.stop();
  await redisServer?.server.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** Takes mails; refuses one in twenty for now, and hangs up on one in fifty that it has taken. */
function catchingServer(): SMTPServer {
  return new SMTPServer({
    ...{ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], closeTimeout: 100 },
    onData: (stream, session, done) => {
      let text = '';
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
      stream.on('end', () => {
        if (chance(0.05)) {
          happened.refused += 1;
          return done(Object.assign(new Error('Come back later'), { responseCode: 451 }));
        }
        const isTold = !chance(0.02);
        caught.push({ mailId: /^Message-ID: <([0-9a-f-]{36})@/m.exec(text)![1]!, at: now, isTold });
        if (isTold) return done();
        happened.hungUp += 1;
        const { connections } = post as unknown as { connections: Set<{ id: string; close(): void }> };
        for (const connection of connections) if (connection.id === session.id) connection.close();
      });
    },
  });
}

const startWorker = (): WorkerProcess => WorkerProcess.startAt(now, surroundings);

function moveTo(instant: string): void {
  now = instant;
  mayBeLeft = false;
  app.clock.moveTo(new Date(instant));
  for (const worker of workers) worker.moveTo(instant);
}

/** What is under way: due and not done, or queued and not sent. */
async function underWay(): Promise<{ due: number; sending: number }> {
  const [row] = await app.rows<{ due: number; sending: number }>(
    `SELECT (SELECT count(*) FROM occurrences WHERE state = 'waiting' AND due_at <= $1 AND kind = 'report.remind')::int
       + (SELECT count(*) FROM mail_messages WHERE state = 'queued' AND (retry_at IS NULL OR retry_at <= $1))::int AS due,
       (SELECT count(*) FROM mail_messages WHERE state = 'sending')::int AS sending`,
    [now],
  );
  return row!;
}

/**
 * Waits until nothing is left to do or on its way: no mail may arrive after the clock was moved on. What a killed
 * worker was sending stays so until its lease is over, which it is whenever the clock moves.
 */
async function untilDone(): Promise<void> {
  let still = 0;
  for (let waitedMs = 0; waitedMs < 60_000; waitedMs += 25) {
    const { due, sending } = await underWay();
    still = due > 0 ? 0 : still + 1;
    if (due === 0 && (sending === 0 || (mayBeLeft && still > 40))) return;
    await pause(25);
  }
  throw new Error(
    `Waited in vain at ${now}, seed ${seed}. The workers say: ${workers.map(({ log }) => log).join('\n')}`,
  );
}

/** Something goes wrong while the workers are at it. */
async function disturb(): Promise<void> {
  await pause(chance(0.5) ? 20 : 150);
  if (chance(0.5)) {
    await redis.flushall();
    happened.erased += 1;
  }
  if (chance(0.2)) {
    const [victim, ...others] = workers;
    mayBeLeft = true;
    await victim!.kill();
    workers = [...others, startWorker()];
    happened.killed += 1;
  }
}

interface Report {
  id: string;
  dueOn: Day;
}

const reports = (): Promise<Report[]> =>
  app.rows<Report>(
    `SELECT id, due_on::text AS "dueOn" FROM spend_reports WHERE coalition_id = $1 ORDER BY id`,
    [coalition.id],
  );

/** A partner hands in a report, and from then on hears nothing of it. */
async function handIn(id: string): Promise<void> {
  const { partner } = coalition;
  const path = `/api/v1/spend-reports/${id}`;
  const { version } = await partner.must(partner.get<{ version: number }>(path));
  await partner.must(partner.patch(path, { story: 'It went well.' }, version));
  await partner.must(partner.post(`${path}/submit`));
  handedIn.set(id, now);
}

/** 08:00 where the coalition is, which has summer time on all of these days. */
const morningOf = (day: Day): string => `${day}T07:00:00Z`;
const inTheAfternoonOf = (day: Day): string => `${day}T14:00:00Z`;

/** Each reminder that must have been written: report, step and address. */
function expected(all: Report[]): string[] {
  const { partner, backbone, funder } = coalition;
  return all.flatMap(({ id, dueOn }) => {
    const isOpenAt = (instant: string) => !handedIn.has(id) || handedIn.get(id)! > instant;
    const steps = ladder
      .filter((days) => isOpenAt(morningOf(addDays(dueOn, days))))
      .map((days) => `${id} d${days > 0 ? '+' : ''}${days} ${partner.email}`);
    const escalations = isOpenAt(morningOf(addDays(dueOn, escalateAfter)))
      ? [backbone, funder].map(({ email }) => `${id} escalate ${email}`)
      : [];
    return [...steps, ...escalations];
  });
}

describe(`a year of reminders (SEED=${seed})`, () => {
  it('comes to its end, whatever fails on the way', async () => {
    const all = await reports();
    expect(all).toHaveLength(REQUIREMENTS);
    const days = new Set(
      all.flatMap(({ dueOn }) => [...ladder, escalateAfter].map((offset) => addDays(dueOn, offset))),
    );
    workers = [startWorker(), startWorker()];
    // Half of them are handed in at all.
    const willHandIn = all.filter(() => chance(0.5));
    for (const day of [...days].sort()) {
      moveTo(morningOf(day));
      await Promise.all([disturb(), untilDone()]);
      await untilDone();
      moveTo(inTheAfternoonOf(day));
      for (const { id, dueOn } of willHandIn)
        if (!handedIn.has(id) && day >= addDays(dueOn, -21) && chance(0.25)) await handIn(id);
      await untilDone();
    }
    // What was refused for now is tried again, and what a killed worker was sending is known to be uncertain.
    for (const day of ['2027-12-29', '2027-12-30', '2027-12-31']) {
      moveTo(inTheAfternoonOf(day));
      await untilDone();
    }
    await Promise.all(workers.map((worker) => worker.stop()));
    expect(Object.values(happened).every((times) => times > 0)).toBe(true);
    process.stdout.write(`\nSeed ${seed}: ${JSON.stringify(happened)}, ${handedIn.size} handed in\n`);
  }, 300_000);

  it('has written each reminder once, and none that was not due', async () => {
    const written = await app.rows<{ reminder: string }>(
      `SELECT cause_id || ' ' || cause_key || ' ' || to_address AS reminder FROM mail_messages WHERE cause_kind = 'report.remind'`,
    );
    expect(written.map(({ reminder }) => reminder).sort()).toEqual(expected(await reports()).sort());
  });

  it('has sent each of them once, or lists it as uncertain', async () => {
    const mails = await app.rows<{ id: string; state: string; report: string }>(
      `SELECT id, state, cause_id AS report FROM mail_messages WHERE cause_kind = 'report.remind'`,
    );
    const timesOf = (id: string) => caught.filter(({ mailId }) => mailId === id).length;
    const wrong = mails.filter(({ id, state, report }) => {
      const times = timesOf(id);
      if (state === 'sent') return times !== 1;
      if (state === 'uncertain') return times > 1;
      // Refused for now, and the report handed in before it was tried again.
      return state !== 'withdrawn' || times > 0 || !handedIn.has(report);
    });
    expect(wrong).toEqual([]);
    expect(mails.filter(({ state }) => state === 'sent').length).toBeGreaterThan(0.9 * mails.length);
    // The server took it and could not say so: nobody may take that for sent.
    const untold = caught.filter(({ isTold }) => !isTold).map(({ mailId }) => mailId);
    const stateOf = new Map(mails.map(({ id, state }) => [id, state]));
    expect(untold.filter((id) => stateOf.get(id) === 'sent')).toEqual([]);
  });

  it('has sent nothing about a report after it was handed in', async () => {
    const mails = await app.rows<{ id: string; report: string }>(
      `SELECT id, cause_id AS report FROM mail_messages WHERE cause_kind = 'report.remind'`,
    );
    const reportOf = new Map(mails.map(({ id, report }) => [id, report]));
    const after = caught.filter(({ mailId, at }) => {
      const since = handedIn.get(reportOf.get(mailId) ?? '');
      return since !== undefined && at > since;
    });
    expect(after).toEqual([]);
    expect(handedIn.size).toBeGreaterThan(0);
  });

  it('leaves every invariant whole', async () => {
    const results = await runChecks(checks, (sql) => app.rows(sql));
    expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
  });
});
