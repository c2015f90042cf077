import type { Day } from '../../../maths/day.js';
import { formatMoney } from '../../../maths/money.js';
import { DomainError, fieldError } from '../../../platform/errors/domain-error.js';

export const callKinds = ['drawdown', 'twoSided', 'guarantee'] as const;
/** Capital that an investor committed; what investors pay where outcomes are poor; what the guarantor owes at the close. */
export type CallKind = (typeof callKinds)[number];

export const callStates = ['called', 'partlyReceived', 'received', 'cancelled'] as const;
export type CallState = (typeof callStates)[number];

/** What an investor committed, and what of it was called and not cancelled. Minor units. */
export interface Commitment {
  investor: string;
  commitment: bigint;
  called: bigint;
  currency: string;
}

/** Nobody is asked for more than it committed. @throws ruleBroken naming `/amount` */
export function requireCommitted(
  { investor, commitment, called, currency }: Commitment,
  amount: bigint,
): void {
  if (amount <= 0n) throw fieldError('ruleBroken', '/amount', 'A call is for more than nothing.');
  const open = commitment > called ? commitment - called : 0n;
  if (amount <= open) return;
  const sentence = `${formatMoney(open, currency, 'en-GB')} of what ${investor} committed is not called yet.`;
  throw fieldError('ruleBroken', '/amount', sentence);
}

/**
 * Refuses a receipt of nothing, or of more than is open, and one of a call that was cancelled.
 * @throws stateForbids; ruleBroken naming `/amount`
 */
export function requireReceivableOfCall(
  {
    state,
    amount,
    received,
    currency,
  }: { state: CallState; amount: bigint; received: bigint; currency: string },
  receipt: bigint,
): void {
  if (state === 'cancelled')
    throw new DomainError('stateForbids', 'The call is cancelled. Make another for what came.');
  if (receipt <= 0n) throw fieldError('ruleBroken', '/amount', 'A receipt is more than nothing.');
  const open = amount - received;
  if (receipt <= open) return;
  const sentence = `${formatMoney(open, currency, 'en-GB')} is open of this call. Call what is more first.`;
  throw fieldError('ruleBroken', '/amount', sentence);
}

/**
 * What investors were paid was worked out by the capital that had come by then, so capital does not come, or go away,
 * on a day before that any more.
 * @throws ruleBroken naming the day
 */
export function requireAfterDistributions(lastAsOf: Day | null, on: Day, pointer: string): void {
  if (lastAsOf === null || on > lastAsOf) return;
  const sentence = `Investors were paid by what had come until ${lastAsOf}. Choose a later day.`;
  throw fieldError('ruleBroken', pointer, sentence);
}
