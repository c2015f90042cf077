import { createHash } from 'node:crypto';
import type { Day } from '../maths/day.js';
import { DomainError } from '../platform/errors/domain-error.js';
import { canonical } from '../platform/http/once.js';
import { type AccountRef, accountKinds } from './chart-of-accounts.js';

/** One side of an entry, in minor units of its account's currency: a debit is positive, a credit negative. */
export interface Leg {
  account: AccountRef;
  amount: bigint;
}

/** What happened in the real world, ready to be posted. */
export interface EntryDraft {
  coalitionId: string;
  poolId: string;
  currency: string;
  /** `noun.pastTense`, as in the outbox and the audit: `contribution.received`. */
  kind: string;
  description: string;
  occurredOn: Day;
  /** The same event posted twice is posted once; with other legs it is refused. */
  idempotencyKey: string;
  document: { kind: string; id: string };
  legs: Leg[];
  reversesId?: string;
}

export const debit = (account: AccountRef, amount: bigint): Leg => ({ account, amount });
export const credit = (account: AccountRef, amount: bigint): Leg => ({ account, amount: -amount });

/** The legs that say something: a leg of nothing is left out. */
export const spoken = (legs: Leg[]): Leg[] => legs.filter((leg) => leg.amount !== 0n);

/**
 * Refuses an entry that is not double entry: fewer than two legs, a leg of nothing, or a book that does not
 * sum to zero in each currency. The database holds the same rule; this one names the entry before anything is sent.
 */
export function requireBalanced(draft: EntryDraft, index = 0): void {
  const problem = imbalance(draft);
  if (!problem) return;
  throw new DomainError('ruleBroken', `Entry “${draft.description}” ${problem}.`, [
    { pointer: `/entries/${index}/legs`, code: 'unbalanced', message: problem },
  ]);
}

function imbalance({ legs, currency: own }: EntryDraft): string | undefined {
  if (legs.length < 2) return 'has fewer than two legs';
  if (legs.some((leg) => leg.amount === 0n)) return 'has a leg of nothing';
  const totals = new Map<string, bigint>();
  for (const { account, amount } of legs) {
    const side = `${accountKinds[account.kind].book} book in ${account.currency ?? own}`;
    totals.set(side, (totals.get(side) ?? 0n) + amount);
  }
  const off = [...totals].find(([, total]) => total !== 0n);
  return off && `does not balance in the ${off[0]}: off by ${off[1]} minor units`;
}

/** A SHA-256 of all that an entry says, so that a repeated key can be told from a reused one. */
export function entryHash(draft: EntryDraft): string {
  const { coalitionId: _, ...said } = draft;
  return createHash('sha256').update(canonical(said)).digest('hex');
}

/** The legs that undo an entry. */
export const reversed = (legs: Leg[]): Leg[] =>
  legs.map(({ account, amount }) => ({ account, amount: -amount }));
