import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { spawn } from 'node:child_process';
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const LARGEST_LOG_BYTES = 10 * 1024 * 1024;

export interface ServerProcessOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly logFile: string;
  readonly env: NodeJS.ProcessEnv;
  /** Sent when it should stop, and when this process dies without being able to say so. */
  readonly stopSignal: NodeJS.Signals;
  readonly stopWithinMs: number;
  /** Ends it without good manners; SIGKILL when not given. */
  readonly killSignal?: NodeJS.Signals;
  /** Written to its standard input. */
  readonly input?: string;
  /** The user to run as, where that is not the one who starts it. */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** Throw-away folders, removed once it has stopped, also when this process was killed. */
  readonly removeAfterwards?: readonly string[];
}

/**
 * A server that this process runs and never leaves behind.
 *
 * It gets a session of its own, so that Ctrl-C in the terminal reaches us alone and we choose the order in which
 * things stop. A guard, a shell that waits on a pipe from us, ends it should we be killed outright.
 */
export class ServerProcess {
  private readonly child: ChildProcess;
  private readonly guard: ChildProcess;
  private readonly logStart: number;
  /** Fulfilled when it is gone, for whatever reason. */
  readonly gone: Promise<void>;
  private isGone = false;

  constructor(private readonly options: ServerProcessOptions) {
    const log = openLog(options.logFile);
    this.logStart = fstatSync(log).size;
    const settings: SpawnOptions = { detached: true, env: options.env, cwd: '/', ...options.user };
    settings.stdio = [options.input === undefined ? 'ignore' : 'pipe', log, log];
    this.child = spawn(options.command, options.args, settings);
    this.child.stdin?.on('error', () => undefined); // it died before it read: `gone` tells
    this.child.stdin?.end(options.input);
    closeSync(log);
    this.gone = new Promise((resolve) => {
      const end = (): void => {
        this.isGone = true;
        resolve();
      };
      this.child.once('exit', end);
      this.child.once('error', end);
    });
    this.guard = startGuard(this.child.pid ?? 0, options);
    void this.gone.then(() => this.guard.stdin?.end(options.removeAfterwards ? undefined : 'over\n'));
  }

  get hasExited(): boolean {
    return this.isGone;
  }

  /** What it has logged since this start. */
  logSinceStart(): string {
    return readFileSync(this.options.logFile).subarray(this.logStart).toString('utf8');
  }

  /** Asks it to stop, waits, and insists when it does not. */
  async stop(): Promise<void> {
    if (this.isGone) return;
    this.child.kill(this.options.stopSignal);
    if (await this.goneWithin(this.options.stopWithinMs)) return;
    await this.kill();
  }

  /** Ends it at once, without waiting for what it is doing. */
  async kill(): Promise<void> {
    if (this.isGone) return;
    this.child.kill(this.options.killSignal ?? 'SIGKILL');
    if (await this.goneWithin(5_000)) return;
    this.child.kill('SIGKILL');
    await this.gone;
  }

  private async goneWithin(ms: number): Promise<boolean> {
    const timer = new AbortController();
    await Promise.race([
      this.gone.finally(() => timer.abort()),
      pause(ms, undefined, { signal: timer.signal }).catch(() => undefined),
    ]);
    return this.isGone;
  }
}

/** Opens a log to append to, setting the previous one aside when it has grown large. */
export function openLog(file: string): number {
  mkdirSync(dirname(file), { recursive: true });
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_LOG_BYTES)
    renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

/** A line on its standard input releases it; the end of the input without one means that we were killed. */
function startGuard(
  pid: number,
  { stopSignal, stopWithinMs, removeAfterwards }: ServerProcessOptions,
): ChildProcess {
  const script = `
    trap '' INT TERM HUP QUIT
    read -r _ && exit
    kill -s "$1" "$2" 2>/dev/null
    left=$3
    while kill -0 "$2" 2>/dev/null && [ "$left" -gt -50 ]; do
      [ "$left" -gt 0 ] || kill -s KILL "$2" 2>/dev/null
      left=$((left - 1)); sleep 0.1
    done
    shift 3
    [ $# -eq 0 ] || rm -rf "$@"`;
  const tenths = String(Math.ceil(stopWithinMs / 100));
  const signal = stopSignal.replace('SIG', '');
  const guard = spawn(
    '/bin/sh',
    ['-c', script, 'guard', signal, String(pid), tenths, ...(removeAfterwards ?? [])],
    {
      detached: true,
      cwd: '/',
      stdio: ['pipe', 'ignore', 'ignore'],
    },
  );
  guard.stdin.on('error', () => undefined);
  guard.unref();
  return guard;
}
