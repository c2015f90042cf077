import { formatMoney, sum } from '../../../maths/money.js';
import { DomainError, fieldError } from '../../../platform/errors/domain-error.js';

/** A part of a line as a person typed it; the amount without a sign, in minor units. */
export interface TypedPart {
  kind: string;
  id?: string;
  amount: bigint;
}

/** The sign of a part: its kind’s own, or the line’s. */
export function signed(amount: bigint, direction: 'in' | 'out' | 'both', line: { amount: bigint }): bigint {
  const comes = direction === 'both' ? line.amount > 0n : direction === 'in';
  return comes ? amount : -amount;
}

/**
 * Refuses parts that are not the line: together they must be its amount, none may be nothing, and no document may stand
 * among them twice. Amounts are signed, in minor units.
 * @throws ruleBroken naming `/parts`, or the part
 */
export function requireParts(line: { amount: bigint; currency: string }, parts: readonly TypedPart[]): void {
  parts.forEach(({ kind, id, amount }, index) => {
    if (amount === 0n)
      throw fieldError('ruleBroken', `/parts/${index}/amount`, 'A part is more than nothing.');
    const first = parts.findIndex((part) => part.kind === kind && part.id === id);
    if (id !== undefined && first < index)
      throw fieldError('ruleBroken', `/parts/${index}/id`, `This is part ${first + 1} already.`);
  });
  const left = line.amount - sum(parts.map(({ amount }) => amount));
  if (left === 0n) return;
  const money = (minor: bigint) => formatMoney(minor, line.currency, 'en-GB');
  const sentence = `The parts come to ${money(line.amount - left)}, and the line is ${money(line.amount)}: ${money(left)} is missing.`;
  throw fieldError('ruleBroken', '/parts', sentence);
}

/** What was wrong with one part, named as that part's. */
export function asOfPart(error: unknown, index: number): unknown {
  if (!(error instanceof DomainError)) return error;
  const own = new Set(['/kind', '/id', '/newFor', '/amount', '/note']);
  const [wrong] = error.fields;
  const place = wrong && own.has(wrong.pointer) ? wrong.pointer : '';
  return fieldError(error.code, `/parts/${index}${place}`, wrong?.message ?? error.detail);
}
