import { formatAmount, parseAmount } from '../../../maths/money.js';
import type { DistributionInputs, WorkedOut } from './distribution.rules.js';

/** The same, with every amount in major units: as JSON keeps it and people read it. */
export type Kept<T> = T extends bigint
  ? string
  : T extends (infer Item)[]
    ? Kept<Item>[]
    : T extends object
      ? { [Key in keyof T]: Kept<T[Key]> }
      : T;

/** A distribution as it was worked out: all inputs, and tier by tier what they came to. */
export interface KeptWorking {
  /** SHA-256 of the terms. */
  termsHash: string;
  inputs: Kept<DistributionInputs>;
  result: Kept<WorkedOut>;
}

/** Plain data with its amounts in major units. */
export function kept<T>(value: T, currency: string): Kept<T> {
  const keep = (part: unknown): unknown => {
    if (typeof part === 'bigint') return formatAmount(part, currency);
    if (Array.isArray(part)) return part.map(keep);
    if (part === null || typeof part !== 'object') return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, keep(inner)]));
  };
  return keep(value) as Kept<T>;
}

/** The inputs that were kept, to be worked out again. */
export function inputsOf({ inputs }: Pick<KeptWorking, 'inputs'>): DistributionInputs {
  const { currency } = inputs;
  const minor = (text: string) => parseAmount(text, currency);
  return {
    ...inputs,
    available: minor(inputs.available),
    feesPaid: minor(inputs.feesPaid),
    // A term is text already, and stays so.
    returns: inputs.returns,
    outcomes: inputs.outcomes && {
      reached: minor(inputs.outcomes.reached),
      expected: minor(inputs.outcomes.expected),
    },
    investors: inputs.investors.map((investor) => ({
      ...investor,
      drawdowns: investor.drawdowns.map(({ on, amount }) => ({ on, amount: minor(amount) })),
      distributions: investor.distributions.map(({ on, capital, income }) => ({
        ...{ on, capital: minor(capital), income: minor(income) },
      })),
    })),
  };
}
