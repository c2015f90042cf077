import { allocate } from '../../maths/allocate.js';
import type { Day } from '../../maths/day.js';
import { formatMoney } from '../../maths/money.js';
import { fieldError } from '../../platform/errors/domain-error.js';

/** An instalment that is paid in part. Minor units; `uplift` is a part of `amount`. */
export interface SplitInstalment {
  amount: bigint;
  uplift: bigint;
}

/**
 * Splits an instalment into what is released now and what stays planned. The uplift is shared by largest remainder, so
 * both parts together are what it was.
 * @throws ruleBroken naming `/amount` or `/restOn`
 */
export function splitInstalment(
  whole: SplitInstalment,
  amount: bigint,
  { restOn, today, currency }: { restOn: Day; today: Day; currency: string },
): { released: SplitInstalment; rest: SplitInstalment } {
  if (amount <= 0n || amount >= whole.amount) {
    const sentence = `Release a part: more than nothing, and less than ${formatMoney(whole.amount, currency, 'en-GB')}.`;
    throw fieldError('ruleBroken', '/amount', sentence);
  }
  if (restOn <= today) throw fieldError('ruleBroken', '/restOn', 'The rest is planned for a day to come.');
  const rest = whole.amount - amount;
  const [uplift = 0n, restUplift = 0n] = allocate(whole.uplift, [amount, rest]);
  return { released: { amount, uplift }, rest: { amount: rest, uplift: restUplift } };
}
