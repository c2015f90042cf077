import { addDecimals, compareDecimals, divideDecimals } from '../../maths/decimals.js';
import type { Formula, InputPart } from '../series/series.js';

/** What a calculation finds of one of its inputs in a period. */
export interface InputValue {
  name: string;
  part: InputPart;
  /** Null where it has not been read. */
  value: string | null;
}

/** A calculated value, or why there is none. */
export interface Calculated {
  value: string | null;
  /** The inputs that have not been read. */
  missing: string[];
  problem: string | null;
}

/**
 * A sum, a ratio or a percentage of what was read, to six places, half-even. Where an input is missing there is no
 * value, never a guess; null where none of the inputs was read.
 */
export function calculate(formula: Formula, inputs: readonly InputValue[]): Calculated | null {
  const missing = inputs.filter(({ value }) => value === null).map(({ name }) => name);
  if (missing.length === inputs.length) return null;
  if (missing.length > 0) return { value: null, missing, problem: null };
  const total = (part: InputPart) =>
    addDecimals(inputs.filter((input) => input.part === part).map(({ value }) => value!));
  if (formula === 'sum') return { value: total('addend'), missing, problem: null };
  const denominator = total('denominator');
  if (compareDecimals(denominator, '0') === 0)
    return { value: null, missing, problem: 'What it is divided by is nothing.' };
  const times = formula === 'percentage' ? 100n : 1n;
  return { value: divideDecimals(total('numerator'), denominator, times), missing, problem: null };
}
