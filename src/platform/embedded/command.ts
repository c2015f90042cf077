import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import pg from 'pg';
import { TETHERED, builtFile } from './app-process.js';
import { openConnections, runningEnvironment } from './connections.js';
import { holdDataDir } from './data-lock.js';
import { StartError, explain } from './start-error.js';

/** Commands on plain data: they need no database. */
const WITHOUT_DATABASE = new Set(['calculate', 'help', '--help', '-h', 'version', '--version']);

/**
 * Runs a command of `cli.ts` against the Tributary that runs on the data folder or, when none does, against
 * servers started for as long as the command takes. Adds two options to every command: `--data-dir DIR`, and
 * `--all-databases`, which runs it on each database that a test run has kept.
 */
export class CommandRun {
  private child: ChildProcess | null = null;
  private interrupted = false;

  constructor(
    private readonly env: NodeJS.ProcessEnv,
    private readonly say: (line: string) => void,
  ) {}

  /**
   * @returns the command's exit code
   * @throws StartError
   */
  async run(args: readonly string[]): Promise<number> {
    const [name = 'help'] = args;
    if (WITHOUT_DATABASE.has(name)) return this.runProgram(args, this.env);
    const options = readOptions(args);
    const env = { ...this.env, DATA_DIR: resolve(options.dataDir ?? (this.env.DATA_DIR || '.data')) };
    try {
      const running = runningEnvironment(env);
      return running ? await this.runOn(running, options) : await this.runWithServers(env, options);
    } catch (error) {
      throw explain(error, env.DATA_DIR);
    }
  }

  /** Passes a signal on, if there is one; the servers stop when the command has ended. */
  interrupt(signal: NodeJS.Signals | null): void {
    this.interrupted = true;
    if (signal) this.child?.kill(signal);
  }

  private async runWithServers(
    env: NodeJS.ProcessEnv & { DATA_DIR: string },
    options: Options,
  ): Promise<number> {
    const letGo = holdDataDir(env.DATA_DIR, `the command ${options.args[0]}`);
    try {
      const connections = await openConnections(env, this.say);
      try {
        const isFresh = !options.allDatabases && options.args[0] !== 'migrate';
        const migrated = isFresh ? await this.runProgram(['migrate'], connections.env, 'quietly') : 0;
        return migrated === 0 ? await this.runOn(connections.env, options) : migrated;
      } finally {
        await connections.stop();
      }
    } finally {
      letGo();
    }
  }

  private async runOn(env: NodeJS.ProcessEnv, { args, allDatabases }: Options): Promise<number> {
    if (!allDatabases) return this.runProgram(args, env);
    const names = await keptDatabases(env);
    if (names.length === 0) throw new StartError(`No test run has kept a database in ${env.DATA_DIR}.`);
    let worst = 0;
    for (const name of names) {
      process.stdout.write(`\n${name}\n`);
      const [DATABASE_URL, MIGRATION_DATABASE_URL] = [env.DATABASE_URL, env.MIGRATION_DATABASE_URL].map(
        (url) => withDatabase(url ?? '', name),
      );
      worst = Math.max(worst, await this.runProgram(args, { ...env, DATABASE_URL, MIGRATION_DATABASE_URL }));
    }
    return worst;
  }

  private runProgram(args: readonly string[], env: NodeJS.ProcessEnv, manner?: 'quietly'): Promise<number> {
    if (this.interrupted) return Promise.resolve(130);
    return new Promise((done, failed) => {
      // What our own preparations say is no part of the command's answer.
      const output = manner === 'quietly' ? 'ignore' : 'inherit';
      const child = spawn(process.execPath, [...TETHERED, builtFile('cli.js'), ...args], {
        env,
        stdio: ['inherit', output, 'inherit', 'ipc'],
      });
      this.child = child;
      child.once('error', failed);
      child.once('exit', (code, signal) => done(code ?? (signal === 'SIGINT' ? 130 : 143)));
    });
  }
}

interface Options {
  readonly args: readonly string[];
  readonly dataDir: string | null;
  readonly allDatabases: boolean;
}

/** Takes out the options that are ours and leaves the command's own. */
function readOptions(args: readonly string[]): Options {
  const rest: string[] = [];
  let dataDir: string | null = null;
  let allDatabases = false;
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    if (arg === '--all-databases') allDatabases = true;
    else if (arg.startsWith('--data-dir=')) dataDir = arg.slice('--data-dir='.length);
    else if (arg === '--data-dir') {
      dataDir = args[index + 1] ?? null;
      index += 1;
      if (dataDir === null) throw new StartError('--data-dir needs a folder after it.');
    } else rest.push(arg);
  }
  return { args: rest, dataDir, allDatabases };
}

async function keptDatabases(env: NodeJS.ProcessEnv): Promise<string[]> {
  const client = new pg.Client({ connectionString: env.MIGRATION_DATABASE_URL });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>(
      String.raw`SELECT datname FROM pg_database WHERE datname LIKE 'story\_%' ORDER BY datname`,
    );
    return rows.map(({ datname }) => datname);
  } finally {
    await client.end();
  }
}

function withDatabase(address: string, name: string): string {
  const url = new URL(address);
  url.pathname = `/${name}`;
  return url.href;
}
