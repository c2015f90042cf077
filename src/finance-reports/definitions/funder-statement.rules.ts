import { sum } from '../../maths/money.js';
import type { MovementSum } from '../../pools/funder-statement/movements.read.js';
import {
  type PartTotals,
  partOf,
  partTotals,
  type StatementPart,
  statementParts,
} from '../../pools/funder-statement/statement.rules.js';
import { grouped } from './grouped.js';

/** What became of one funder's money: opening and all parts are the closing balance. Minor units. */
export interface FunderLine {
  funderId: string;
  funder: string;
  opening: bigint;
  parts: PartTotals;
  closing: bigint;
  /** What belongs to a grant, and which part of the statement it is. */
  movements: { grantId: string | null; part: StatementPart; amount: bigint }[];
}

/** One line a funder, in the order in which they come. */
export function funderLines(sums: readonly MovementSum[]): FunderLine[] {
  const byFunder = grouped(sums, ({ funderId }) => funderId);
  return [...byFunder].map(([funderId, own]) => {
    const movements = own.map(({ kind, grantId, amount }) => ({ grantId, part: partOf(kind), amount }));
    const opening = sum(own.map((each) => each.opening));
    const parts = partTotals(movements);
    return {
      ...{ funderId, funder: own[0]!.funder, opening, parts },
      closing: opening + sum(Object.values(parts)),
      movements: movements.filter(({ amount }) => amount !== 0n),
    };
  });
}

/** What all funders come to together. */
export const allFunders = (
  lines: readonly FunderLine[],
): { opening: bigint; parts: PartTotals; closing: bigint } => ({
  opening: sum(lines.map(({ opening }) => opening)),
  parts: Object.fromEntries(
    statementParts.map((part) => [part, sum(lines.map(({ parts }) => parts[part]))]),
  ) as PartTotals,
  closing: sum(lines.map(({ closing }) => closing)),
});
