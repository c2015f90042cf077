import type { Day } from '../../maths/day.js';

/** A line of the bank that waits. Minor units: what came is positive. */
export interface WaitingLine {
  amount: bigint;
  bookedOn: Day;
  isReturn: boolean;
}

/** The payment that a line names by its EndToEndId. */
export interface NamedPayment {
  state: string;
  amount: bigint;
  /** Nothing is posted on or before it. */
  lockedThrough: Day | null;
  paidOn: Day | null;
}

export type Match = { do: 'settle' | 'return' } | { wait: string };

/**
 * What a line does to the payment it names. Only what is certain is done by itself: the whole amount, on a day that is
 * open; all else waits for a person, and says why.
 */
export function matchOf({ amount, bookedOn }: WaitingLine, payment: NamedPayment): Match {
  const whole = amount < 0n ? -amount : amount;
  if (whole !== payment.amount) return { wait: 'names a payment of another amount' };
  if (payment.lockedThrough !== null && bookedOn <= payment.lockedThrough)
    return { wait: `lies in a locked period (through ${payment.lockedThrough})` };
  if (amount < 0n) {
    if (payment.state === 'approved') return { do: 'settle' };
    return { wait: `names a payment that is ${payment.state}` };
  }
  if (payment.state !== 'settled') return { wait: `gives back a payment that is ${payment.state}` };
  if (payment.paidOn !== null && bookedOn < payment.paidOn)
    return { wait: 'gives back a payment before it was made' };
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
