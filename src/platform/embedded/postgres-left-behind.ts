import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Clears the way to a cluster whose last start was killed outright: a server that still runs on it is stopped, a
 * pid file that names a dead process, or by now somebody else's, is removed. To be called while holding the data
 * folder, when nobody else can rightly be running it.
 */
export async function stopLeftBehind(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  let pid: number;
  try {
    pid = parseInt(readFileSync(file, 'utf8'), 10);
  } catch {
    return; // it was stopped in good order
  }
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!isServerOf(cluster, pid)) break;
    process.kill(pid, signal);
    for (let tenths = 0; tenths < 100 && isServerOf(cluster, pid); tenths += 1) await pause(100);
  }
  rmSync(file, { force: true });
}

function isServerOf(cluster: string, pid: number): boolean {
  return Number.isInteger(pid) && pid > 1 && commandLine(pid).includes(cluster);
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    // no such process, or a system without /proc
  }
  try {
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return '';
  }
}
