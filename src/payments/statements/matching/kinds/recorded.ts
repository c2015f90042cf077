import { formatMoney } from '../../../../maths/money.js';
import { fieldError } from '../../../../platform/errors/domain-error.js';
import type { PartOfLine } from '../bank-line-kinds.js';

/**
 * Refuses a document that cannot be this part of a line: one that is not there, or of another amount.
 * @param what as after "Choose a": "contribution"
 * @throws ruleBroken naming `/id`
 */
export function requireRecorded<Row extends { amount: bigint }>(
  row: Row | undefined,
  { amount, line: { currency } }: PartOfLine,
  what: string,
): Row {
  if (!row) throw fieldError('ruleBroken', '/id', `Choose a ${what} of this pool.`);
  const whole = amount < 0n ? -amount : amount;
  if (row.amount === whole) return row;
  const money = (minor: bigint) => formatMoney(minor, currency, 'en-GB');
  const sentence = `The ${what} is of ${money(row.amount)}, and this is ${money(whole)}: only the whole of it can be matched.`;
  throw fieldError('ruleBroken', '/id', sentence);
}
