import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { closeSync, fstatSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openLog } from './server-process.js';

/** Options of Node for each process of ours: the tether ends it when this one is gone, however that came about. */
export const TETHERED = ['--enable-source-maps', '--import', new URL('./tether.js', import.meta.url).href];

/** A program in the folder that holds everything built. */
export function builtFile(name: string): string {
  return fileURLToPath(new URL(`../../${name}`, import.meta.url));
}

const STOP_WITHIN_MS = 20_000;

/** One of Tributary's own processes, web or worker, with its output in a log file. */
export class AppProcess {
  private child: ChildProcess | null = null;
  private logStart = 0;
  private stopping = false;

  constructor(
    readonly name: string,
    private readonly program: string,
    private readonly env: NodeJS.ProcessEnv,
    readonly logFile: string,
  ) {}

  /** Starts it, and tells when it ends without having been asked to. */
  start(onUnexpectedEnd: (how: string) => void): void {
    const log = openLog(this.logFile);
    this.logStart = fstatSync(log).size;
    const child = spawn(process.execPath, [...TETHERED, this.program], {
      detached: true, // Ctrl-C in the terminal is for us; we pass it on in the right order
      env: this.env,
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    this.child = child;
    child.once('error', (error) => this.ended(child, error.message, onUnexpectedEnd));
    child.once('exit', (code, signal) => this.ended(child, signal ?? `exit code ${code}`, onUnexpectedEnd));
  }

  get isRunning(): boolean {
    return this.child !== null;
  }

  /** The last lines it has written since it was started. */
  lastWords(lines = 12): string {
    const text = readFileSync(this.logFile).subarray(this.logStart).toString('utf8');
    const said = text.split('\n').filter((line) => line.trim() !== '' && !/^\s+at /.test(line)); // no stacks
    return said.slice(-lines).join('\n');
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.child?.kill('SIGTERM');
    for (let waitedMs = 0; this.child && waitedMs < STOP_WITHIN_MS; waitedMs += 50) await pause(50);
    this.kill();
  }

  kill(): void {
    this.stopping = true;
    this.child?.kill('SIGKILL');
  }

  private ended(child: ChildProcess, how: string, onUnexpectedEnd: (how: string) => void): void {
    if (this.child !== child) return;
    this.child = null;
    if (!this.stopping) onUnexpectedEnd(how);
  }
}
