import type { Day } from '../../maths/day.js';
import type { Tally } from '../../maths/outcomes/tally.js';
import type { Flow } from '../../maths/xirr.js';
import type { InvestorFlows } from '../investors/distributions/distribution.rules.js';

/** What an investor has lent and got back by the start. Minor units. */
export interface StartingInvestor extends Pick<InvestorFlows, 'drawdowns' | 'distributions'> {
  /** Of the organisation. */
  id: string;
  /** On the days of the bank: what it paid is below zero. */
  cash: readonly Flow[];
  /** Of this, for poor outcomes. */
  twoSidedPaid: bigint;
}

/** Where a bond stands at the end of a day, for a projection to go on from. Minor units. */
export interface ProjectionStart {
  on: Day;
  investors: readonly StartingInvestor[];
  held: bigint;
  /** Of this, what stays until the bond is closed: the pool's share, and what investors paid for poor outcomes. */
  kept: bigint;
  feesPaid: bigint;
  /** Outcome payments that are not awaited any more: received, or cancelled. */
  reached: bigint;
  /** What payers were invoiced and have not paid, by organisation; what is overdue is expected on the next day. */
  owed: readonly { dueOn: Day; payers: Map<string, bigint> }[];
  /** What was paid for outcomes that are verified. Their periods are over, whatever the scenario says of them. */
  tally: Tally;
}
