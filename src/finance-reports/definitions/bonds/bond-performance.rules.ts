import { statementFigures, type StatementFlow } from '../../../bonds/investors/statement/statement.rules.js';
import type { Day } from '../../../maths/day.js';
import { parseDecimal, ratioOf } from '../../../maths/exact.js';
import { sum } from '../../../maths/money.js';
import type { BondMoney, MoneyFigure } from './bond-money.read.js';

/** What some rows come to together, figure by figure. */
export const moneyOf = (
  rows: readonly BondMoney[],
  names: readonly MoneyFigure[],
): Record<MoneyFigure, bigint> =>
  Object.fromEntries(names.map((name) => [name, sum(rows.map((row) => row[name]))])) as Record<
    MoneyFigure,
    bigint
  >;

export const moneyFigures = [
  ...(['invoiced', 'cancelled', 'receivable', 'received', 'otherReceived', 'drawn', 'repaid'] as const),
  ...(['lost', 'capital', 'returnPaid', 'advanced', 'feesAndShares', 'held'] as const),
] as const satisfies readonly MoneyFigure[];

/** How an investor has done to a day: a yearly rate in percent, and how often its money came back. */
export interface InvestorReturn {
  /** Of what was paid in and got back alone; null where there is no one such rate. */
  realised: string | null;
  /** As if the capital that is out came back on the day. */
  withCapital: string | null;
  /** Times what was paid in: what came back, and with the capital that is out. */
  cameBack: string | null;
  withCapitalTimes: string | null;
}

/** By the same reckoning as an investor's statement; what has accrued and is not paid counts for nothing here. */
export function investorReturn(
  flows: readonly StatementFlow[],
  { on, isOver }: { on: Day; isOver: boolean },
): InvestorReturn {
  const { realised, withResidual, multiples } = statementFigures(flows, { on, accrued: 0n, isOver });
  return {
    realised: inPercent(realised.rate),
    withCapital: inPercent(withResidual.rate),
    cameBack: multiples.distributed,
    withCapitalTimes: multiples.total,
  };
}

/** "0.1234567890" is "12.3457": percent to four places, rounded half-even. */
const inPercent = (rate: string | null): string | null =>
  rate === null ? null : ratioOf(parseDecimal(rate), { units: 1n, scale: 2 }, 4);
