import { StartError, diskFull } from './start-error.js';

/** One sentence for what PostgreSQL wrote before it gave up. */
export function whyItDidNotStart(log: string, dataDir: string): StartError {
  if (/No space left on device|Disk quota exceeded/.test(log)) return diskFull(dataDir);
  const reason = firstComplaint(log);
  if (/could not bind|Address already in use/.test(log)) {
    return new StartError('Another program took the port of the embedded PostgreSQL just now. Start again.');
  }
  if (/shared memory|semaphores|Cannot allocate memory|Permission denied|Operation not permitted/.test(log)) {
    return new StartError(
      `The embedded PostgreSQL could not start: ${reason}. Its log is in ${dataDir}/logs.`,
    );
  }
  return damaged(dataDir, reason);
}

export function damaged(folder: string, reason: string): StartError {
  return new StartError(
    `The database files in ${folder} are damaged (${reason}). Restore them from a backup, or set DATA_DIR to another folder to start afresh.`,
  );
}

/** The message of the gravest line: PANIC before FATAL before anything else. */
function firstComplaint(log: string): string {
  for (const gravity of [/PANIC: +(.*)/, /FATAL: +(.*)/, /(?:error|ERROR): +(.*)/]) {
    const found = gravity.exec(log)?.[1];
    if (found) return found.trim();
  }
  return log.trim().split('\n').at(-1) || 'it stopped without a word';
}
