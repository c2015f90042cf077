import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartError } from './start-error.js';

export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The user PostgreSQL runs as. It refuses to be root: started by root it becomes the system's `postgres`, which
 * is made if there is none; `null` when we are an ordinary user, whom it runs as.
 */
export function postgresUser(): ServerUser | null {
  if (process.getuid?.() !== 0) return null;
  const found = findUser('postgres');
  if (found) return found;
  try {
    execFileSync(
      'useradd',
      ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', 'postgres'],
      {
        stdio: 'ignore',
      },
    );
  } catch {
    // The next look tells.
  }
  const made = findUser('postgres');
  if (made) return made;
  throw new StartError(
    'PostgreSQL refuses to run as root and the user "postgres" could not be made. Start Tributary as an ordinary user, or set DATABASE_URL.',
  );
}

/** Whether this user can get to a path: every folder above it must let it through. */
export function canReach(user: ServerUser, path: string): boolean {
  for (let folder = realpathSync(path); ; folder = dirname(folder)) {
    if (!letsThrough(user, folder)) return false;
    if (folder === dirname(folder)) return true;
  }
}

function letsThrough(user: ServerUser, folder: string): boolean {
  const { uid, gid, mode } = statSync(folder);
  if (uid === user.uid) return (mode & 0o100) !== 0;
  if (gid === user.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}

function findUser(name: string): ServerUser | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`${name}:`));
  if (!line) return null;
  const [, , uid = '', gid = ''] = line.split(':');
  return { uid: parseInt(uid, 10), gid: parseInt(gid, 10) };
}
