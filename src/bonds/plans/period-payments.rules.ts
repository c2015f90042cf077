import type { Day } from '../../maths/day.js';
import { sum } from '../../maths/money.js';
import { claimPeriods } from '../claims/claim.rules.js';
import type { BondTerms } from '../contracts/bond-terms.js';
import { expectedPayments, type PlanLine } from './plan.rules.js';

/** What payers were invoiced: for a claim of a period, or for an instalment of a suspension on its day. Minor units. */
export interface InvoicedFor {
  period: number | null;
  on: Day | null;
  amount: bigint;
}

/** A period of the term: the outcome payments that were planned for it, and what came of it. Minor units. */
export interface PeriodPayments {
  period: number;
  from: Day;
  to: Day;
  /** Null where there is no plan. */
  planned: bigint | null;
  /** Invoiced for claims of the period, and for instalments of a suspension that fell into it. */
  actual: bigint;
  ofSubstitutes: bigint;
}

/** A plan beside what came of it, period by period. Actuals are what they are, whatever the plan. */
export function paymentsByPeriod(
  terms: BondTerms,
  currency: string,
  plan: readonly PlanLine[] | null,
  invoiced: readonly InvoicedFor[],
): PeriodPayments[] {
  const expected = new Map(
    (plan === null ? [] : expectedPayments(terms, currency, plan)).map(({ period, net }) => [period, net]),
  );
  const total = (holds: (one: InvoicedFor) => boolean) =>
    sum(invoiced.filter(holds).map(({ amount }) => amount));
  return claimPeriods(terms).map(({ number, from, to }) => {
    const ofSubstitutes = total(({ on }) => on !== null && on >= from && on <= to);
    return {
      ...{ period: number, from, to, ofSubstitutes },
      planned: plan === null ? null : (expected.get(number) ?? 0n),
      actual: ofSubstitutes + total(({ period }) => period === number),
    };
  });
}
