import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from './start-error.js';

/** What this installation made up for itself on its first start. */
export interface Secrets {
  /** The embedded PostgreSQL's superuser. */
  readonly postgresPassword: string;
  /** The owner of the schema, in the embedded PostgreSQL. */
  readonly ownerPassword: string;
  /** The application's login, in the embedded PostgreSQL or derived from the owner's DATABASE_URL. */
  readonly appPassword: string;
  readonly redisPassword: string;
  readonly sessionSecret: string;
}

const NAMES = ['postgresPassword', 'ownerPassword', 'appPassword', 'redisPassword', 'sessionSecret'] as const;

/**
 * The secrets kept in the data folder, made on the first call. Only the owner of the folder can read the file.
 * @throws StartError when the file is there and cannot be understood
 */
export function readOrMakeSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json');
  const kept = readSecrets(file);
  const missing = NAMES.filter((name) => kept[name] === undefined);
  if (missing.length === 0) return kept as Secrets;
  const made = missing.map((name) => [name, randomBytes(32).toString('base64url')] as const);
  const secrets = { ...kept, ...Object.fromEntries(made) } as Secrets;
  writePrivately(file, `${JSON.stringify(secrets, null, 2)}\n`);
  return secrets;
}

/** Writes a file that nobody but its owner can read; a reader sees the old text or the new, never a half. */
export function writePrivately(file: string, text: string): void {
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, file);
}

function readSecrets(file: string): Partial<Secrets> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
  try {
    return JSON.parse(text) as Partial<Secrets>;
  } catch {
    throw new StartError(
      `${file} is damaged: it is not JSON. Restore it, or start with another DATA_DIR; without it nobody knows the password of the database beside it.`,
    );
  }
}
