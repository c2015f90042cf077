import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ConfigError, readConfig } from '../config/config.js';
import type { Config } from '../config/config.js';
import { AppProcess, TETHERED, builtFile } from './app-process.js';
import type { Connections } from './connections.js';
import { announce, isLoopback, openConnections, runningFile } from './connections.js';
import { holdDataDir } from './data-lock.js';
import { checkAddressIsFree } from './ports.js';
import { whyItDidNotStart } from './postgres-failures.js';
import { StartError, explain } from './start-error.js';

const READY_WITHIN_MS = 120_000;
/** A process that keeps dying is not started a sixth time within this long. */
const RESTARTS = { atMost: 5, withinMs: 5 * 60_000 };

/** What `npm start` runs once everything is installed and built: all of Tributary, until it is told to stop. */
export class Supervisor {
  private readonly apps: AppProcess[] = [];
  private opening: Promise<Connections> | null = null;
  private connections: Connections | null = null;
  private command: ReturnType<typeof spawn> | null = null;
  private letGo: () => void = () => undefined;
  private stopping = false;
  private isReady = false;
  private restartsAt: number[] = [];
  private fail: (error: unknown) => void = () => undefined;
  private readonly failure = new Promise<never>((_resolve, reject) => (this.fail = reject));

  constructor(
    private readonly env: NodeJS.ProcessEnv,
    private readonly say: (line: string) => void,
  ) {
    this.failure.catch(() => undefined); // seen by whoever races with it
  }

  /**
   * Starts everything, and returns when something that cannot be restarted has failed.
   * @throws StartError, ConfigError
   */
  async run(): Promise<never> {
    const dataDir = resolve(this.env.DATA_DIR || '.data');
    try {
      return await Promise.race([this.startAll(dataDir), this.failure]);
    } catch (error) {
      throw explain(error, dataDir);
    }
  }

  /** Web and worker first, so that nothing is in flight; then the queue; the truth last. */
  async stop(): Promise<void> {
    if (this.stopping) return;
    this.stopping = true;
    this.command?.kill('SIGTERM');
    await Promise.all(this.apps.map((app) => app.stop()));
    const opened = await this.opening?.catch(() => null);
    await opened?.stop();
    if (this.connections) rmSync(runningFile(this.connections.dataDir), { force: true });
    this.letGo();
  }

  /** For a second Ctrl-C: ends everything now. PostgreSQL recovers from its log at the next start. */
  async kill(): Promise<void> {
    this.stopping = true;
    this.command?.kill('SIGKILL');
    for (const app of this.apps) app.kill();
    await Promise.all(this.connections?.servers.map(({ process: server }) => server.kill()) ?? []);
    if (this.connections) rmSync(runningFile(this.connections.dataDir), { force: true });
    this.letGo();
  }

  private async startAll(dataDir: string): Promise<never> {
    checkSettings(this.env);
    this.letGo = holdDataDir(dataDir, 'npm start');
    const { host, port } = checkSettings(this.env);
    await checkAddressIsFree(host, port);
    this.opening = openConnections(this.env, this.say);
    const connections = await this.opening;
    if (this.stopping) return this.failure; // `stop` sees to the rest
    this.connections = connections;
    this.watchServers(connections);
    announce(connections);
    const config = readConfig(connections.env);
    this.say('Bringing the database up to date');
    await this.runCommand('migrate');
    await this.loadExample(config, connections);
    this.say('Starting pages, API and jobs');
    this.startApp('web', 'main.js', connections);
    this.startApp('worker', 'worker.js', connections);
    await this.untilReady(config);
    this.sayHowToSignIn(config, connections);
    return this.failure;
  }

  private watchServers(connections: Connections): void {
    for (const { name, process: server } of connections.servers) {
      void server.gone.then(() => {
        if (this.stopping) return;
        const log = server.logSinceStart();
        this.fail(
          name === 'PostgreSQL' && /No space left|PANIC/.test(log)
            ? whyItDidNotStart(log, connections.dataDir)
            : new StartError(
                `${name} has stopped unexpectedly; its log is in ${connections.dataDir}/logs. Start again.`,
              ),
        );
      });
    }
  }

  /** The example is for trying things out: only in our own database, where only this machine can reach it. */
  private async loadExample({ host }: Config, { databaseIsEmbedded, dataDir }: Connections): Promise<void> {
    if (!databaseIsEmbedded || existsSync(join(dataDir, 'sign-in.json'))) return;
    if (!isLoopback(host)) {
      this.say(`No example coalition is loaded, as HOST ${host} can be reached from other machines`);
      return;
    }
    this.say('Loading the example coalition (the first start only)');
    await this.runCommand('demo');
  }

  private runCommand(name: string): Promise<void> {
    return new Promise((done, failed) => {
      const child = spawn(process.execPath, [...TETHERED, builtFile('cli.js'), name], {
        env: this.connections?.env,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      this.command = child;
      let said = '';
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (text: Buffer) => (said += text.toString()));
      child.once('error', failed);
      child.once('close', (code, signal) => {
        this.command = null;
        if (code === 0) return done();
        const words = said.trim().split('\n').slice(-12).join('\n');
        failed(new StartError(`"${name}" failed (${signal ?? `exit code ${code}`}):\n${words}`));
      });
    });
  }

  private startApp(name: string, program: string, connections: Connections): void {
    const log = join(connections.dataDir, 'logs', `${name}.log`);
    const app = new AppProcess(name, builtFile(program), connections.env, log);
    this.apps.push(app);
    this.startOrRestart(app, 0);
  }

  private startOrRestart(app: AppProcess, delayMs: number): void {
    const start = (): void => {
      if (!this.stopping) app.start((how) => this.appEnded(app, how));
    };
    if (delayMs === 0) start();
    else setTimeout(start, delayMs);
  }

  private appEnded(app: AppProcess, how: string): void {
    if (this.stopping) return;
    const now = performance.now();
    this.restartsAt = [...this.restartsAt.filter((at) => now - at < RESTARTS.withinMs), now];
    const count = this.restartsAt.length;
    if (!this.isReady || count > RESTARTS.atMost) {
      this.fail(
        new StartError(`The ${app.name} process has ended (${how}). Its last words:\n${app.lastWords()}`),
      );
      return;
    }
    this.say(
      `The ${app.name} process has ended (${how}) and is started again; its log is ${shown(app.logFile)}`,
    );
    this.startOrRestart(app, 500 * 2 ** (count - 1));
  }

  private async untilReady({ host, port }: Config): Promise<void> {
    const address = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
    const url = `http://${address.includes(':') ? `[${address}]` : address}:${port}/health/ready`;
    for (let waitedMs = 0; waitedMs < READY_WITHIN_MS; waitedMs += 100) {
      const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
      await answer?.body?.cancel();
      if (answer?.ok && this.apps.every((app) => app.isRunning)) {
        this.isReady = true;
        return;
      }
      await pause(100);
    }
    const words = this.apps.map((app) => `${app.name}: ${app.lastWords(4)}`).join('\n');
    throw new StartError(`Tributary was not ready within two minutes. Its last words:\n${words}`);
  }

  private sayHowToSignIn({ publicUrl }: Config, { dataDir }: Connections): void {
    this.say('');
    this.say(`Tributary is ready at ${publicUrl}`);
    const people = readSignIns(join(dataDir, 'sign-in.json'));
    if (people.length > 0) {
      this.say('');
      this.say('Sign in to the example coalition as');
      for (const { role, email, password } of people) {
        this.say(`  ${role.padEnd(16)} ${email.padEnd(34)} password ${password}`);
      }
    }
    this.say('');
    this.say(`Data and logs are in ${shown(dataDir)}. Ctrl-C stops everything.`);
  }
}

interface SignIn {
  readonly role: string;
  readonly email: string;
  readonly password: string;
}

function readSignIns(file: string): SignIn[] {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as SignIn[]) : [];
}

/** Checks the settings before anything is started, with stand-ins for what the embedded servers will provide. */
function checkSettings(env: NodeJS.ProcessEnv): Config {
  try {
    return readConfig({
      ...env,
      DATABASE_URL: env.DATABASE_URL || 'postgres://embedded',
      REDIS_URL: env.REDIS_URL || 'redis://embedded',
      SESSION_SECRET: env.SESSION_SECRET || 'x'.repeat(32),
    });
  } catch (error) {
    throw error instanceof ConfigError ? new StartError(error.message) : error;
  }
}

function shown(path: string): string {
  const short = relative('', path);
  return short.startsWith('..') ? path : short || path;
}
