import { createHash } from 'node:crypto';
import { type Database, inTransaction } from '../database/database.js';
import type { PersonActor } from '../database/actor.js';
import type { Tx } from '../database/tx.js';
import { DomainError } from '../errors/domain-error.js';
import type { Claim } from './request.js';

/**
 * Runs a money-moving request at most once. The key is claimed in the business transaction itself: the same
 * key with the same input is given the first answer; with another input it is refused; while the first is
 * still under way it is told to wait.
 */
export function once<T>(
  db: Database,
  actor: PersonActor,
  claim: Claim,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const inputHash = createHash('sha256').update(canonical(claim.input)).digest('hex');
  return inTransaction(db, actor, async (tx) => {
    await refuseWhileInFlight(tx, actor, claim);
    const earlier = await tx.row<{ inputHash: string; answer: T }>(
      `SELECT input_hash AS "inputHash", answer FROM request_claims WHERE person_id = $1 AND route = $2 AND key = $3`,
      [actor.personId, claim.route, claim.key],
    );
    if (earlier) return replay(claim, earlier, inputHash);
    const answer = await work(tx);
    await tx.run(
      `INSERT INTO request_claims (person_id, route, key, input_hash, answer, at) VALUES ($1, $2, $3, $4, $5, $6)`,
      [actor.personId, claim.route, claim.key, inputHash, JSON.stringify(answer ?? null), tx.now],
    );
    return answer;
  });
}

function replay<T>(claim: Claim, earlier: { inputHash: string; answer: T }, inputHash: string): T {
  if (earlier.inputHash !== inputHash) {
    throw new DomainError(
      'idempotencyKeyReused',
      'This Idempotency-Key was used with another input. Use a new key for a new request.',
    );
  }
  claim.onReplay();
  return earlier.answer;
}

async function refuseWhileInFlight(tx: Tx, actor: PersonActor, claim: Claim): Promise<void> {
  const lock = `${actor.personId} ${claim.route} ${claim.key}`;
  const taken = await tx.row<{ free: boolean }>(
    `SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS free`,
    [lock],
  );
  if (!taken?.free) {
    throw new DomainError(
      'requestInFlight',
      'The same request is still being handled. Try again in a moment.',
    );
  }
}

/** JSON with its keys in order, so that equal inputs hash alike. bigint is written as its digits. */
export function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, inner: unknown) => {
    if (typeof inner === 'bigint') return inner.toString();
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
