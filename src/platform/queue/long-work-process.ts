import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { DueGroup } from './due-work.js';

/** Streams need little; what needs more is broken, and had better end its own process than the worker's. */
const HEAP_MEGABYTES = 160;
const YOUNG_MEGABYTES = 8;

/**
 * Does work that takes long in a process of its own, which ends with it: it blocks nothing, and its memory is bounded
 * and given back. It ends at once when the worker is gone, and in good order when the worker is asked to end.
 */
export class LongWorkProcess {
  private readonly running = new Set<ChildProcess>();

  /** @param program the file that does one group of due work, named by its arguments */
  constructor(private readonly program: string) {}

  /** Does all that is due of a group. @throws when the process did not end well: what it did not do is still due */
  async run({ kind, coalitionId }: DueGroup): Promise<void> {
    const child = fork(this.program, [kind, coalitionId], {
      execArgv: [
        ...process.execArgv,
        `--max-old-space-size=${HEAP_MEGABYTES}`,
        `--max-semi-space-size=${YOUNG_MEGABYTES}`,
      ],
    });
    this.running.add(child);
    try {
      const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
      if (code !== 0) throw new Error(`The process of ${kind} ended with ${signal ?? `exit code ${code}`}.`);
    } finally {
      this.running.delete(child);
    }
  }

  /** Asks what runs to put its work off, and waits for it. */
  async stop(): Promise<void> {
    await Promise.allSettled(
      [...this.running].map(async (child) => {
        const gone = once(child, 'exit');
        child.kill('SIGTERM');
        await gone;
      }),
    );
  }
}
