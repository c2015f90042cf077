import { isIPv6 } from 'node:net';
import type { Tx } from '../database/tx.js';
import { DomainError } from '../errors/domain-error.js';

const MINUTE_MS = 60_000;
const WINDOW_MS = 15 * MINUTE_MS;
/** Failures within the window after which the next try has to wait. */
const MOST_FAILURES = { email: 5, address: 30 } as const;
/** Tries are of no interest after this; each new one clears away some old ones. */
const KEEP_MS = 24 * 60 * MINUTE_MS;
const CLEARED_AT_ONCE = 100;

/** A try at a password: for which e-mail address, and from where. */
export interface Try {
  email: string;
  address: string;
}

/** Too many tries. Carries what `Retry-After` says. */
export class TooManyTries extends DomainError {
  constructor(readonly retryAfterSeconds: number) {
    const minutes = Math.ceil(retryAfterSeconds / 60);
    super(
      'tooManyRequests',
      `Too many tries that failed. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, then try again.`,
    );
  }
}

/**
 * Counts a try before the password is looked at, as a failure until `forgiveTries` says otherwise: many at once
 * cannot slip past. Commit it on its own. Needs the `identity` door.
 * @throws TooManyTries
 */
export async function countTry(tx: Tx, attempt: Try): Promise<void> {
  const email = attempt.email.slice(0, 320);
  const address = networkOf(attempt.address);
  // In one order for all, so that two tries never wait for each other.
  await tx.rows(
    `SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) FROM (
       SELECT key FROM unnest($1::text[]) AS key ORDER BY key) AS keys`,
    [[`try by ${email}`, `try from ${address}`]],
  );
  await refuseAfterFailures(tx, 'email', email);
  await refuseAfterFailures(tx, 'address', address);
  await tx.run(`INSERT INTO sign_in_attempts (email, address, at, succeeded) VALUES ($1, $2, $3, false)`, [
    email,
    address,
    tx.now,
  ]);
  await tx.run(
    `DELETE FROM sign_in_attempts WHERE at < $1
       AND id IN (SELECT id FROM sign_in_attempts ORDER BY id LIMIT $2)`,
    [new Date(tx.now.getTime() - KEEP_MS), CLEARED_AT_ONCE],
  );
}

/** The password was right: what failed before, for this e-mail address, counts no more. */
export async function forgiveTries(tx: Tx, { email, address }: Try): Promise<void> {
  await tx.run(`DELETE FROM sign_in_attempts WHERE email = $1 AND NOT succeeded`, [email]);
  await tx.run(`INSERT INTO sign_in_attempts (email, address, at, succeeded) VALUES ($1, $2, $3, true)`, [
    email,
    networkOf(address),
    tx.now,
  ]);
}

async function refuseAfterFailures(tx: Tx, by: 'email' | 'address', value: string): Promise<void> {
  const lastOfTooMany = await tx.row<{ at: Date }>(
    `SELECT at FROM sign_in_attempts WHERE ${by} = $1 AND NOT succeeded AND at > $2 ORDER BY at DESC OFFSET $3 LIMIT 1`,
    [value, new Date(tx.now.getTime() - WINDOW_MS), MOST_FAILURES[by] - 1],
  );
  if (!lastOfTooMany) return;
  const waitMs = lastOfTooMany.at.getTime() + WINDOW_MS - tx.now.getTime();
  throw new TooManyTries(Math.max(1, Math.ceil(waitMs / 1_000)));
}

/** The address, or for IPv6 the network of it that one household has: its first 64 bits. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail = ''] = plain.split('%')[0]!.toLowerCase().split('::');
  const [before, after] = [head, tail].map((part) => (part ? part.split(':') : []));
  const gap = Array.from({ length: Math.max(0, 8 - before!.length - after!.length) }, () => '0');
  const groups = plain.includes('::') ? [...before!, ...gap, ...after!] : before!;
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
