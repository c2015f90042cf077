import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError, diskFull } from './start-error.js';

/** Enough for a new cluster, its write-ahead log and some work. */
const LEAST_FREE_BYTES = 200 * 1024 * 1024;

interface Holder {
  readonly pid: number;
  /** Tells a process from a later one that was given the same number; `null` where the system does not say. */
  readonly startedAt: string | null;
  readonly purpose: string;
}

/**
 * Makes the data folder and holds it for this process, so that two never run on one cluster.
 * @returns what lets go of it
 * @throws StartError that names the process which holds it
 */
export function holdDataDir(dataDir: string, purpose: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  const { bavail, bsize } = statfsSync(dataDir);
  if (bavail * bsize < LEAST_FREE_BYTES) throw diskFull(dataDir);
  const file = join(dataDir, 'lock');
  const self: Holder = { pid: process.pid, startedAt: startOf(process.pid), purpose };
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (writeNew(file, JSON.stringify(self))) return () => rmSync(file, { force: true });
    const holder = readHolder(file);
    if (holder && isAlive(holder)) {
      throw new StartError(
        `Another Tributary (process ${holder.pid}, ${holder.purpose}) is using ${dataDir}. Stop it first, or set DATA_DIR to another folder.`,
      );
    }
    removeLeftBehind(file, holder);
  }
  throw new StartError(`Several Tributaries are starting on ${dataDir} at once. Start one.`);
}

/** Whether the process that wrote this record still runs, and is not a later one with the same number. */
export function isAlive(holder: Pick<Holder, 'pid' | 'startedAt'>): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = startOf(holder.pid);
  return now === null || holder.startedAt === null || now === holder.startedAt;
}

/** When a process was started, in the kernel's ticks; `null` on systems without /proc. */
export function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may hold spaces; the start is the 22nd.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function writeNew(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes the record of a process that was killed, and puts it back if another start has been quicker than we. */
function removeLeftBehind(file: string, holder: Holder | null): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (readHolder(aside)?.pid !== holder?.pid) linkSync(aside, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error;
  }
  rmSync(aside, { force: true });
}

function readHolder(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return null;
  }
}
