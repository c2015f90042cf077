import type { Day } from '../../../maths/day.js';

/** A part of a line of the bank. Minor units: what came is positive. */
export interface Movement {
  amount: bigint;
  bookedOn: Day;
}

/** The payment that it may be. */
export interface PaymentOfLine {
  state: string;
  amount: bigint;
  /** What left the account, where the bank paid in another currency; null otherwise, and before it is paid. */
  charged: bigint | null;
  /** Nothing is posted on or before it. */
  lockedThrough: Day | null;
  paidOn: Day | null;
}

/** What the line does: pays it, gives it back, or shows what was recorded by hand already. */
export type Match = { do: 'settle' | 'return' | 'find' } | { wait: string };

/**
 * What a line does to a payment. Only the whole amount is it, and what is posted lies on a day that is open; all else
 * waits for a person, and says why.
 */
export function matchOf({ amount, bookedOn }: Movement, payment: PaymentOfLine): Match {
  const { state, charged, lockedThrough, paidOn } = payment;
  const whole = amount < 0n ? -amount : amount;
  if (whole !== (charged ?? payment.amount)) return { wait: 'names a payment of another amount' };
  const isRecorded = state === 'returned' || (state === 'settled' && amount < 0n);
  if (isRecorded) return { do: 'find' };
  if (lockedThrough !== null && bookedOn <= lockedThrough)
    return { wait: `lies in a locked period (through ${lockedThrough})` };
  if (amount < 0n)
    return state === 'approved' ? { do: 'settle' } : { wait: `names a payment that is ${state}` };
  if (state !== 'settled') return { wait: `gives back a payment that is ${state}` };
  if (paidOn !== null && bookedOn < paidOn) return { wait: 'gives back a payment before it was made' };
  return { do: 'return' };
}

/** Whether a statement adds up: by how much its closing balance is off, null where the bank states no balances. */
export function offBy(statement: {
  opening: bigint | null;
  closing: bigint | null;
  movement: bigint;
}): bigint | null {
  const { opening, closing, movement } = statement;
  return opening === null || closing === null ? null : closing - opening - movement;
}
