import { parseArgs } from 'node:util';
import { NestFactory } from '@nestjs/core';
import type { DataSource } from 'typeorm';
import { AppModule } from './app.module.js';
import {
  describeDue,
  describeHeld,
  type HeldInstalment,
  type PoolDue,
  readDueBy,
  readHeldBy,
} from './exchange/rehearsal/due-by.js';
import { workUntil } from './exchange/rehearsal/moved-clock.js';
import { Progress } from './exchange/progress.js';
import { addDays, type Day, dayInZone, daysBetween, isDay, startOfDayInstant } from './maths/day.js';
import { MovableClock, SystemClock } from './platform/clock.js';
import { type Config, processEnvironment, readConfig } from './platform/config/config.js';
import { createDataSource } from './platform/database/data-source.js';
import { Database } from './platform/database/database.js';
import { CopyRefused, ThrowAwayCopy } from './platform/database/throw-away-copy.js';
import { createLogger } from './platform/logging.js';
import { DueWork } from './platform/queue/due-work.js';

const usage = `npm run cli -- run-until YYYY-MM-DD

Rehearses the time until the end of a day: copies the database, moves the copy's clock from one due instant to the
next, brings every instalment due as the job will, and shows which could be paid and which are held for lack of cash.
The copy is dropped at the end, also on Ctrl-C; the database itself is only read. Nobody approves and no money comes
in meanwhile: what could be paid has its money set aside, and mails are kept and not sent.

Stop Tributary first: PostgreSQL copies no database that is in use.`;

/** The place where a day ends last. */
const LAST_ZONE = 'Etc/GMT+12';
const MOST_HELD_SHOWN = 100;

/** `npm run cli -- run-until 2026-12-31`: exit code 0, 1 when no copy can be made, 2 when the day is none. */
export async function run(args: string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    console.log(usage);
    return 0;
  }
  const now = new SystemClock().now();
  const until = readDay(args, now);
  if (until === null) {
    console.error(`Give a day from ${dayInZone(now, 'UTC')} on, such as 2026-12-31.\n\n${usage}`);
    return 2;
  }
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  try {
    return await show(now, until, stop.signal);
  } catch (error) {
    if (!(error instanceof CopyRefused)) throw error;
    console.error(error.message);
    return 1;
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, onSignal);
  }
}

function readDay(args: string[], now: Date): Day | null {
  try {
    const [day = '', ...more] = parseArgs({ args, allowPositionals: true, options: {} }).positionals;
    return more.length === 0 && isDay(day) && day >= dayInZone(now, 'UTC') ? day : null;
  } catch {
    return null;
  }
}

async function show(now: Date, until: Day, stop: AbortSignal): Promise<number> {
  const startedAt = performance.now();
  const from = dayInZone(now, 'UTC');
  const progress = new Progress(process.stderr, daysBetween(from, until) + 1);
  process.stderr.write('Copying the database\n');
  const outcome = await rehearse(readConfig(processEnvironment()), { now, until, stop }, (to) => {
    const day = dayInZone(to, 'UTC');
    progress.show(daysBetween(from, day), day);
  });
  progress.end();
  if (outcome === null) {
    console.error('Stopped; the copy is dropped.');
    return 130;
  }
  console.log(describe(outcome, from, until));
  console.log(`Took ${((performance.now() - startedAt) / 1000).toFixed(1)} s. The copy is dropped.`);
  return 0;
}

export interface Rehearsed {
  pools: PoolDue[];
  held: HeldInstalment[];
  /** Pieces of work of every kind. */
  done: number;
}

/**
 * Lives the time until the end of a day in a throw-away copy of the database. Null when it was stopped.
 * @throws CopyRefused
 */
export async function rehearse(
  config: Config,
  { now, until, stop }: { now: Date; until: Day; stop: AbortSignal },
  onMove: (to: Date) => void = () => undefined,
): Promise<Rehearsed | null> {
  const { migrationUrl, url } = config.database;
  if (migrationUrl === null) {
    throw new CopyRefused('MIGRATION_DATABASE_URL is not set: only the owner of the schema may copy it.');
  }
  const copy = await ThrowAwayCopy.make(migrationUrl, url);
  try {
    const done = await liveOn(copy, config, { now, until, stop }, onMove);
    if (stop.aborted) return null;
    const owner = createDataSource({
      url: copy.ownerUrl,
      applicationName: 'tributary run-until',
      poolSize: 1,
    });
    await owner.initialize();
    try {
      return { done, ...(await readOutcome(owner, until)) };
    } finally {
      await owner.destroy();
    }
  } catch (error) {
    // What a stop has torn fails in many ways: none of them says more than that it was stopped.
    if (stop.aborted) return null;
    throw error;
  } finally {
    await copy.drop();
  }
}

async function liveOn(
  copy: ThrowAwayCopy,
  config: Config,
  { now, until, stop }: { now: Date; until: Day; stop: AbortSignal },
  onMove: (to: Date) => void,
): Promise<number> {
  const clock = new MovableClock(now);
  const inCopy: Config = {
    ...config,
    smtpUrl: null,
    database: { ...config.database, url: copy.applicationUrl, migrationUrl: null },
  };
  const logger = createLogger('run-until', 'silent');
  const app = await NestFactory.createApplicationContext(AppModule.with(inCopy, clock, logger), {
    logger: false,
    abortOnError: false,
  });
  try {
    return await workUntil({
      ...{ db: app.get(Database), work: app.get(DueWork), clock, onMove },
      until: new Date(startOfDayInstant(addDays(until, 1), LAST_ZONE).getTime() - 1),
      isStopped: () => stop.aborted,
    });
  } finally {
    await app.close();
  }
}

async function readOutcome(owner: DataSource, until: Day): Promise<Pick<Rehearsed, 'pools' | 'held'>> {
  const query = <Row>(sql: string, parameters: unknown[]) => owner.query<Row[]>(sql, parameters);
  return {
    pools: await readDueBy(query, until),
    held: await readHeldBy(query, until, MOST_HELD_SHOWN),
  };
}

function describe({ pools, held, done }: Rehearsed, from: Day, until: Day): string {
  const count = (key: 'due' | 'payable' | 'held' | 'heldOtherwise') =>
    pools.reduce((so, pool) => so + pool[key], 0);
  const otherwise = count('heldOtherwise');
  return [
    `From ${from} to ${until}: ${done} pieces of work done. Instalments due by then and not paid:`,
    '',
    describeDue(pools),
    '',
    `${count('due')} due; ${count('payable')} could be paid, ${count('held')} held for lack of cash` +
      `${otherwise > 0 ? `, ${otherwise} held for another reason` : ''}.`,
    ...(held.length > 0 ? ['', 'Held:', '', describeHeld(held)] : []),
    ...(count('held') + otherwise > held.length
      ? [`… and ${count('held') + otherwise - held.length} more.`]
      : []),
  ].join('\n');
}
