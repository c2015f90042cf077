import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TestDatabase } from './servers.js';

const built = (file: string): string => fileURLToPath(new URL(`../../dist/${file}`, import.meta.url));

const beside = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

export interface Surroundings {
  database: TestDatabase;
  redisUrl: string;
  queuePrefix: string;
}

const environmentOf = (database: TestDatabase, redisUrl: string, queuePrefix: string) => ({
  PATH: process.env.PATH,
  NODE_ENV: 'test',
  DATABASE_URL: database.appUrl,
  REDIS_URL: redisUrl,
  QUEUE_PREFIX: queuePrefix,
  SESSION_SECRET: randomBytes(32).toString('hex'),
  SWEEP_INTERVAL_MS: '200',
  LOG_LEVEL: 'warn',
});

const run = (program: string[], env: NodeJS.ProcessEnv): ChildProcess =>
  spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env });

/** The job process as it is built and run in production, with the machine's clock. */
export class WorkerProcess {
  private said = '';

  private constructor(private readonly child: ChildProcess) {
    child.stdout!.on('data', (text) => (this.said += String(text)));
    child.stderr!.on('data', (text) => (this.said += String(text)));
  }

  static start(database: TestDatabase, redisUrl: string, queuePrefix: string): WorkerProcess {
    // The tether ends it should the test be killed.
    const program = ['--import', built('platform/embedded/tether.js'), built('worker.js')];
    return new WorkerProcess(run(program, environmentOf(database, redisUrl, queuePrefix)));
  }

  /** The same with a clock of its own, that stands at an instant until it is moved. */
  static startAt(
    instant: string,
    { database, redisUrl, queuePrefix, smtpUrl }: Surroundings & { smtpUrl: string },
  ): WorkerProcess {
    const environment = { ...environmentOf(database, redisUrl, queuePrefix), SMTP_URL: smtpUrl };
    return new WorkerProcess(run([beside('worker-at.mjs'), instant], environment));
  }

  /** Moves the clock of a worker that was started at an instant. */
  moveTo(instant: string): void {
    if (this.child.connected) this.child.send(instant);
  }

  /** What it has written so far, to be shown when a test waits in vain. */
  get log(): string {
    return this.said;
  }

  /** The most memory, in MB, that it or one of the processes that it has started holds or has held; only Linux tells. */
  peakMb(): number {
    const { pid } = this.child;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    return Math.max(...[String(pid), ...children].map(peakOf));
  }

  /** SIGKILL: it can finish nothing, and tell nobody. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  /** SIGTERM: it finishes what it is doing. */
  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill(signal);
    await gone;
  }
}

/** In MB; nothing of a process that has just ended. */
function peakOf(pid: string): number {
  try {
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(peak?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
