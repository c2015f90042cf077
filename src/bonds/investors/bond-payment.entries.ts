import { cash, investorCapital, investorReturn, programmeCost } from '../../ledger/chart-of-accounts.js';
import { credit, debit, type EntryDraft, spoken } from '../../ledger/entry.rules.js';
import type { Day } from '../../maths/day.js';
import type { PoolOfEntry } from '../../pools/pool.entries.js';

export interface PaidOutOfBond {
  id: string;
  bondId: string;
  /** The bond's. */
  reference: string;
  amount: bigint;
  bankReference: string;
  paidOn: Day;
}

/** Working capital goes to the provider: programme cost ‖ cash. Minor units. */
export const advancePaid = (pool: PoolOfEntry, advance: PaidOutOfBond): EntryDraft => ({
  ...headOf(pool, advance),
  kind: 'providerAdvance.paid',
  description: `Working capital ${advance.bankReference} for ${advance.reference}`,
  idempotencyKey: `providerAdvance:${advance.id}`,
  document: { kind: 'providerAdvance', id: advance.id },
  legs: [debit(programmeCost(advance.bondId), advance.amount), credit(cash(pool.id), advance.amount)],
});

export interface PaidDistribution extends PaidOutOfBond {
  /** The fee and the provider's share: neither is an investor's. */
  toOthers: bigint;
  shares: readonly { partyId: string; capital: bigint; income: bigint }[];
}

/**
 * Investors get their capital, then what is beyond it; the fee and the provider's share are cost of the programme: all ‖
 * cash. The pool's share stays in the bond. Minor units.
 */
export const distributionPaid = (pool: PoolOfEntry, distribution: PaidDistribution): EntryDraft => ({
  ...headOf(pool, distribution),
  kind: 'distribution.paid',
  description: `Distribution ${distribution.bankReference} of ${distribution.reference}`,
  idempotencyKey: `distribution:${distribution.id}`,
  document: { kind: 'distribution', id: distribution.id },
  legs: spoken([
    ...distribution.shares.map(({ partyId, capital }) => debit(investorCapital(partyId), capital)),
    ...distribution.shares.map(({ partyId, income }) => debit(investorReturn(partyId), income)),
    debit(programmeCost(distribution.bondId), distribution.toOthers),
    credit(cash(pool.id), distribution.amount),
  ]),
});

const headOf = (pool: PoolOfEntry, { paidOn }: PaidOutOfBond) => ({
  coalitionId: pool.coalitionId,
  poolId: pool.id,
  currency: pool.currency,
  occurredOn: paidOn,
});
