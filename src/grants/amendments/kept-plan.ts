import type { PlanLine } from './amendment.rules.js';

/** A line of a plan as it is kept with a version: amounts are minor units as text, exact in JSON. */
export type KeptLine = Omit<PlanLine, 'amount' | 'uplift' | 'after'> & {
  amount: string;
  uplift: string;
  /** Not there in a plan that was kept before anything could be waited for. */
  after?: PlanLine['after'];
};

export const keep = (lines: readonly PlanLine[]): KeptLine[] =>
  lines.map((line) => ({ ...line, amount: line.amount.toString(), uplift: line.uplift.toString() }));

export const recall = (lines: readonly KeptLine[]): PlanLine[] =>
  lines.map((line) => ({
    ...line,
    amount: BigInt(line.amount),
    uplift: BigInt(line.uplift),
    after: line.after ?? null,
  }));
