import { type Algorithm, hash, type Options, verify } from '@node-rs/argon2';
import type { Tx } from '../database/tx.js';
import { newSecret } from './secrets.js';

/** Argon2id with 19 MiB, two passes, one lane: OWASP's least. */
const parameters = {
  // A constant enumeration, which a file compiled by itself cannot read: 2 is Argon2id.
  algorithm: 2 as Algorithm.Argon2id,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
} satisfies Options;
const CURRENT = '$argon2id$v=19$m=19456,t=2,p=1$';

export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 200;

/** The hash that `passwords` keeps. */
export const hashPassword = (password: string): Promise<string> => hash(plain(password), parameters);

/** As everybody's keyboard would send it; blanks around it were never meant. */
const plain = (password: string): string => password.trim().normalize('NFKC');

/** Whether a hash was made with other parameters than today's, and should be made anew. */
export const needsRehash = (kept: string): boolean => !kept.startsWith(CURRENT);

let nobodys: Promise<string> | undefined;

/**
 * Whether a password is the one of a hash. Without a hash (nobody has that address, or they never chose a password)
 * it takes as long and says no.
 */
export async function verifyPassword(kept: string | null, password: string): Promise<boolean> {
  nobodys ??= hashPassword(newSecret());
  const matches = await verify(kept ?? (await nobodys), plain(password));
  return matches && kept !== null;
}

/** Sets a person's password, whatever it was before. Needs the `identity` door. */
export async function savePassword(tx: Tx, personId: string, password: string): Promise<void> {
  await tx.run(
    `INSERT INTO passwords (person_id, hash, changed_at) VALUES ($1, $2, $3)
     ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at`,
    [personId, await hashPassword(password), tx.now],
  );
}
